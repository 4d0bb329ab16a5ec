"""Looking at deliveries in tests, and policies quick enough to wait for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import MappingProxyType
from typing import Any

import msgspec
import pytest

from skvorets.app import App
from skvorets.delivery import attempts
from skvorets.delivery.schedule import POLICIES
from skvorets.storage.database import Tx
from skvorets.storage.deliveries import Delivery
from support.world import World

# A test that waits longer has failed.
PATIENCE_S = 5.0


def quick_policies(monkeypatch: pytest.MonkeyPatch, *retry_delays_s: float) -> None:
    """Let ``safe`` and ``at-least-once`` repeat after these seconds, and ``bitrix24-cloud`` begin at once."""
    quick = {
        name: msgspec.structs.replace(
            policy,
            retry_delays_s=retry_delays_s if policy.retry_delays_s else (),
            jitter_fraction=0.0,
            first_delay_s=0.0,
        )
        for name, policy in POLICIES.items()
    }
    monkeypatch.setattr(attempts, "POLICIES", MappingProxyType(quick))


async def every_delivery(world: World) -> list[Delivery]:
    """Give all deliveries, oldest first."""
    found: list[Delivery] = await world.app.store.read(_read_all)
    return found


async def until(world: World, condition: Callable[[list[Delivery]], bool]) -> list[Delivery]:
    """Wait until the deliveries are as wished; gives them."""
    async with asyncio.timeout(PATIENCE_S):
        while not condition(found := await every_delivery(world)):  # noqa: ASYNC110 — a row changes without a sign
            await asyncio.sleep(0.01)
    return found


async def set_columns(world: World, delivery_id: int, **values: Any) -> None:
    """Change a row behind everybody's back."""
    await world.unit(_set, delivery_id, values)


async def restart(world: World, *, before: Callable[[], Any] | None = None) -> None:
    """Stop the server and start another one on the same database; ``before`` runs between."""
    await world.app.stop()
    if before is not None:
        before()
    world.app = App(world.config)
    await world.app.start()
    world.url = f"http://127.0.0.1:{world.app.port}"


async def _read_all(tx: Tx) -> list[Delivery]:
    columns = ", ".join(Delivery.__struct_fields__)
    return [Delivery(*row) for row in await tx.rows(f"SELECT {columns} FROM deliveries ORDER BY id")]  # noqa: S608


async def _set(tx: Tx, delivery_id: int, values: dict[str, Any]) -> None:
    assignments = ", ".join(f"{name} = ${number}" for number, name in enumerate(values, 2))
    await tx.do(f"UPDATE deliveries SET {assignments} WHERE id = $1", delivery_id, *values.values())  # noqa: S608
