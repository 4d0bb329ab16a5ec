"""Units of work that leave a trace, for tests of the storage kernel."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any

from skvorets.storage import event_log
from skvorets.storage.database import Tx


async def note(tx: Tx, name: str, sort: int = 0) -> int:
    """Leave a trace: a row of a plain table, and one of the log."""
    new_id: int = await tx.val("INSERT INTO departments (name, sort) VALUES ($1, $2) RETURNING id", name, sort)
    await event_log.append(tx, "test", f'"{name}"')
    return new_id


async def names(tx: Tx) -> list[str]:
    """Give the traces, oldest first."""
    return [row[0] for row in await tx.rows("SELECT name FROM departments ORDER BY id")]


async def logged(tx: Tx) -> list[str]:
    """Give the traces in the log, oldest first."""
    return [row[0].strip('"') for row in await tx.rows("SELECT data FROM events ORDER BY id")]


async def outcomes(*units: Awaitable[Any]) -> list[Any]:
    """Run units at once; what each gave or raised."""
    return await asyncio.gather(*units, return_exceptions=True)
