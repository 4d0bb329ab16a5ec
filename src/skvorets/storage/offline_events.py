"""Rows of ``offline_events``: events that applications fetch instead of being called.

    waiting ──get, clear=1──► gone
       └─────get, clear=0──► claimed by a process ──clear──► gone
                                     └──────────────error──► failed ──clear──► gone

Source: docs ``event.offline.*``; spec ``bitrix24-transport.md`` §10.2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from skvorets.storage.conditions import Column, Condition, order_by, where
from skvorets.storage.database import Tx


class OfflineEvent(msgspec.Struct, frozen=True):
    """One event that waits to be fetched."""

    id: int
    application_id: int
    event: str  # upper case
    connector: str
    message_id: str  # digest of event and data
    data: str  # JSON
    at: int  # unix milliseconds
    process_id: str  # who has fetched it without clearing, empty = nobody
    failed: int


COLUMNS: Mapping[str, Column] = {name: Column(name) for name in OfflineEvent.__struct_fields__ if name != "data"}
_COLUMNS = ", ".join(OfflineEvent.__struct_fields__)


async def add(tx: Tx, event: OfflineEvent) -> None:
    """Store an event (``id`` and ``at`` are ignored); the same one that still waits is only made newer."""
    await tx.do(
        "INSERT INTO offline_events (application_id, event, connector, message_id, data, at)"
        " VALUES ($1, $2, $3, $4, $5, $6)"
        " ON CONFLICT (application_id, connector, message_id) WHERE process_id = '' DO UPDATE SET at = excluded.at",
        event.application_id,
        event.event,
        event.connector,
        event.message_id,
        event.data,
        tx.now,
    )


async def select(
    tx: Tx, conditions: Sequence[Condition], order: Sequence[tuple[str, bool]], limit: int, offset: int = 0
) -> list[OfflineEvent]:
    """The events that fit, in this order."""
    args: list[object] = []
    test = where(conditions, COLUMNS, args)
    args += [limit, offset]
    rows = await tx.rows(
        f"SELECT {_COLUMNS} FROM offline_events WHERE {test} ORDER BY {order_by(order, COLUMNS)}"
        f" LIMIT ${len(args) - 1} OFFSET ${len(args)}",
        *args,
    )
    return [OfflineEvent(*row) for row in rows]


async def count(tx: Tx, conditions: Sequence[Condition]) -> int:
    """How many events fit."""
    args: list[object] = []
    test = where(conditions, COLUMNS, args)
    return int(await tx.val(f"SELECT count(*) FROM offline_events WHERE {test}", *args))


async def claim(tx: Tx, ids: Sequence[int], process_id: str) -> None:
    """Give events to a process."""
    await tx.do("UPDATE offline_events SET process_id = $2 WHERE id = ANY($1)", list(ids), process_id)


async def delete(tx: Tx, conditions: Sequence[Condition]) -> int:
    """Remove the events that fit; how many there were."""
    args: list[object] = []
    test = where(conditions, COLUMNS, args)
    return await tx.do(f"DELETE FROM offline_events WHERE {test}", *args)


async def mark_failed(tx: Tx, conditions: Sequence[Condition]) -> int:
    """Note that the events that fit could not be worked off; how many there are."""
    args: list[object] = []
    test = where(conditions, COLUMNS, args)
    return await tx.do(f"UPDATE offline_events SET failed = 1 WHERE {test}", *args)


async def delete_of_application(tx: Tx, application_id: int) -> int:
    """Remove all events of an application; how many there were."""
    return await delete(tx, [Condition("application_id", "=", (application_id,))])
