"""Reads the next events of the log together with what must be known to hand them out, on one snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from skvorets.core.events import ApplicationChanged, MembersJoined, PersonChanged, WebhookChanged, read_event
from skvorets.core.events_lines import LineClientChanged
from skvorets.core.events_people import SessionsClosed
from skvorets.realtime.identity import Identity, void_among
from skvorets.storage import event_log, members
from skvorets.storage.database import Tx
from skvorets.storage.event_log import AUTHORITY_KINDS, Position, StoredEvent

if TYPE_CHECKING:
    from skvorets.realtime.session import Session

# Events read at once; between two batches other work gets its turn and the sockets are flushed.
BATCH = 128
# Kinds after which sockets may have lost their right. What is remembered of callers of REST does not rest on sessions,
# nor on what becomes of a customer, who may have been blocked.
_DOUBTFUL_KINDS = frozenset({*AUTHORITY_KINDS, SessionsClosed.kind, LineClientChanged.kind})


class Batch(NamedTuple):
    """Some events of the log with what must be known to hand them out."""

    events: list[StoredEvent]
    seats: dict[tuple[int, int], int]  # (chat, person) -> first visible message, of connected people who joined
    void: set[Identity]  # connected identities that are good no longer
    is_hidden: bool  # nothing was found, but something is there that cannot be seen yet


async def read_batch(
    tx: Tx,
    cursor: Position,
    people: Mapping[int, set[Session]],
    ordered_by_id: bool,  # noqa: FBT001 — by position through read
) -> Batch:
    """Read what comes after the cursor; ``people`` are those who are connected."""
    found = await event_log.read_after(tx, cursor, BATCH, ordered_by_id=ordered_by_id)
    if not found:
        is_hidden = not ordered_by_id and await event_log.has_hidden(tx, cursor)
        return Batch([], {}, set(), is_hidden)
    seats: dict[tuple[int, int], int] = {}
    doubtful: set[Identity] = set()
    for stored in found:
        if stored.kind == MembersJoined.kind:
            seats |= await _seats_of(tx, stored, people)
        elif stored.kind in _DOUBTFUL_KINDS:
            doubtful |= _concerned(stored, people)
    return Batch(found, seats, await void_among(tx, doubtful) if doubtful else set(), is_hidden=False)


async def _seats_of(tx: Tx, stored: StoredEvent, people: Mapping[int, set[Session]]) -> dict[tuple[int, int], int]:
    event = read_event(stored)
    here = [one for one in event.person_ids if one in people] if isinstance(event, MembersJoined) else []
    if not here:
        return {}
    found = await members.first_ids_in(tx, stored.chat_id, here)
    return {(stored.chat_id, person_id): first_id for person_id, first_id in found.items()}


def _concerned(stored: StoredEvent, people: Mapping[int, set[Session]]) -> set[Identity]:
    """Connected identities that rest on what was changed."""
    event = read_event(stored)
    if isinstance(event, LineClientChanged):
        everybody = (session.identity for sessions in list(people.values()) for session in sessions)
        return {one for one in everybody if one.client_id and one.only_chat_id == stored.chat_id}
    connected = {session.identity for sessions in list(people.values()) for session in sessions}
    if isinstance(event, PersonChanged | SessionsClosed):
        return {session.identity for session in people.get(event.subject_id, ())}
    if isinstance(event, WebhookChanged):
        return {one for one in connected if one.webhook_id == event.webhook_id}
    if isinstance(event, ApplicationChanged):
        return {one for one in connected if one.application_id == event.application_id}
    return set()
