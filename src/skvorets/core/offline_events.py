"""Events that applications fetch: a queue per application and source, each object in it once.

Source: spec ``bitrix24-transport.md`` §10.2; docs ``event.offline.*``. ``store`` is called by the planner of deliveries
for handlers that were bound as offline.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from skvorets.storage import offline_events
from skvorets.storage.conditions import Condition
from skvorets.storage.database import Tx
from skvorets.storage.offline_events import OfflineEvent

# Events given at once. [docs]
PAGE_SIZE = 50
_PROCESS_ID_BYTES = 16
_encode = msgspec.json.Encoder(order="deterministic").encode


class Queue(msgspec.Struct, frozen=True):
    """Whose events: an application's, of one source (``auth_connector``)."""

    application_id: int
    connector: str = ""

    @property
    def conditions(self) -> list[Condition]:
        """What the rows of the queue have in common."""
        return [
            Condition("application_id", "=", (self.application_id,)),
            Condition("connector", "=", (self.connector,)),
        ]


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What an application wants to fetch."""

    conditions: Sequence[Condition] = ()
    order: Sequence[tuple[str, bool]] = ()
    limit: int = PAGE_SIZE
    clears: bool = True  # take them for good; otherwise they are kept for a process
    process_id: str = ""  # a process that goes on; empty = a new one
    failed: bool = False  # those that could not be worked off


async def store(tx: Tx, application_id: int, event: str, data: Mapping[str, Any], connector: str = "") -> None:
    """Keep an event for an application; an equal one that still waits is made newer instead."""
    event, text = event.upper(), _encode(data)
    digest = hashlib.md5(event.encode() + b"\n" + text, usedforsecurity=False).hexdigest()
    await offline_events.add(tx, OfflineEvent(0, application_id, event, connector, digest, text.decode(), 0, "", 0))


async def fetch(tx: Tx, queue: Queue, wish: Wish) -> tuple[str | None, list[OfflineEvent]]:
    """Fetch the next events; the id of the process that now has them, None when they were taken for good."""
    state = (
        [Condition("failed", "=", (1,))]
        if wish.failed
        else [Condition("failed", "=", (0,)), Condition("process_id", "=", ("",))]
    )
    conditions = [*queue.conditions, *state, *wish.conditions]
    order = [*wish.order, ("at", False), ("id", False)]
    events = await offline_events.select(tx, conditions, order, min(max(wish.limit, 1), PAGE_SIZE))
    ids = tuple(event.id for event in events)
    if wish.clears:
        if ids:
            await offline_events.delete(tx, [Condition("id", "=", ids)])
        return None, events
    process_id = wish.process_id or secrets.token_hex(_PROCESS_ID_BYTES)
    if ids:
        await offline_events.claim(tx, ids, process_id)
    return process_id, events


async def listed(
    tx: Tx, queue: Queue, wish: Wish, offset: int, *, is_counted: bool
) -> tuple[list[OfflineEvent], int | None]:
    """Look at the queue and leave it as it is; a page of it and how many there are."""
    conditions = [*queue.conditions, *wish.conditions]
    order = [*wish.order, ("id", False)]
    events = await offline_events.select(tx, conditions, order, PAGE_SIZE, offset)
    return events, await offline_events.count(tx, conditions) if is_counted else None


async def clear(tx: Tx, application_id: int, process_id: str, ids: Sequence[int], message_ids: Sequence[str]) -> None:
    """Remove what a process has worked off: these ids, or these messages, or all that it has."""
    await offline_events.delete(tx, _of_process(application_id, process_id, ids, message_ids))


async def fail(tx: Tx, application_id: int, process_id: str, message_ids: Sequence[str]) -> None:
    """Note what a process could not work off: these messages, or all that it has."""
    await offline_events.mark_failed(tx, _of_process(application_id, process_id, (), message_ids))


def _of_process(
    application_id: int, process_id: str, ids: Sequence[int], message_ids: Sequence[str]
) -> list[Condition]:
    conditions = [Condition("application_id", "=", (application_id,)), Condition("process_id", "=", (process_id,))]
    if ids:
        conditions.append(Condition("id", "=", tuple(ids)))
    elif message_ids:
        conditions.append(Condition("message_id", "=", tuple(message_ids)))
    return conditions
