"""Refusals go through units of work unchanged and leave the units beside them alone, on both engines."""

from __future__ import annotations

import asyncio

import pytest

from skvorets.dialects.bitrix24.errors import ERROR_ARGUMENT, ApiError
from skvorets.storage.database import Tx
from support.world import World


class RefusedError(Exception):
    """A refusal of no particular kind."""


async def test_a_refusal_before_any_write_leaves_the_batch_alone(world: World) -> None:
    runs = {"writes": 0, "refusals": 0}

    async def write(tx: Tx, number: int) -> int:
        runs["writes"] += 1
        await tx.do("INSERT INTO title_numbers (color, used) VALUES ($1, $2)", f"TEST{number}", number)
        return number

    async def refuse(tx: Tx, error: Exception) -> None:
        runs["refusals"] += 1
        await tx.val("SELECT count(*) FROM title_numbers")
        raise error

    store = world.app.store
    units = [
        store.write(1, write, number) if number % 2 else store.write(1, refuse, _error(number)) for number in range(20)
    ]
    outcomes = await asyncio.gather(*units, return_exceptions=True)
    assert [one for one in outcomes if isinstance(one, int)] == list(range(1, 20, 2))
    kinds = {type(one) for one in outcomes if isinstance(one, Exception)}
    assert kinds == {ApiError, RefusedError, RuntimeError}
    assert runs == {"writes": 10, "refusals": 10}  # nothing was rolled back and run again


def _error(number: int) -> Exception:
    return (ApiError(ERROR_ARGUMENT, argument="X"), RefusedError(), RuntimeError())[number % 3]


async def test_a_refusal_after_a_write_takes_the_write_back(world: World) -> None:
    async def write_and_refuse(tx: Tx) -> None:
        await tx.do("INSERT INTO title_numbers (color, used) VALUES ($1, $2)", "TEST", 1)
        raise ApiError(ERROR_ARGUMENT)

    with pytest.raises(ApiError):
        await world.app.store.write(1, write_and_refuse)

    async def count(tx: Tx) -> int:
        return int(await tx.val("SELECT count(*) FROM title_numbers WHERE color = $1", "TEST"))

    assert await world.app.store.read(count) == 0
