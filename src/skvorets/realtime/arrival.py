"""What a new socket begins with, read on one snapshot: the person's chats, the end of the log, what was missed.

Whoever comes again says ``since`` which position; he gets the events after it that he may see *now*:

- of chats in which he is a member, from the moment on when he last joined (that event tells a client to load the chat);
- never of messages that lie before the history shown to him;
- of chats that he left meanwhile: only that he left.
"""

from __future__ import annotations

from typing import NamedTuple

from skvorets.core.events import MembersJoined, MembersLeft, read_event
from skvorets.realtime.frames import PUSHED_KINDS, message_id_of
from skvorets.realtime.identity import Identity, void_among
from skvorets.storage import event_log, members
from skvorets.storage.database import Tx
from skvorets.storage.event_log import Missed, Position, StoredEvent

# Rows of the log that are looked through for one who comes again; some milliseconds.
MAX_ROWS = 20_000
# Events and characters of data that are given to him; he loads more than that quicker by the ordinary calls.
MAX_EVENTS = 1_000
MAX_CHARACTERS = 256 * 1024


class Arrival(NamedTuple):
    """A socket's beginning."""

    chats: dict[int, int]  # chat -> id of the first message that the person sees there
    position: Position  # everything up to here is in ``missed`` or was seen
    missed: list[StoredEvent]
    is_reset: bool  # what was missed cannot be told


async def read_arrival(
    tx: Tx,
    identity: Identity,
    since: Position | None,
    ordered_by_id: bool,  # noqa: FBT001 — by position through read
) -> Arrival | None:
    """Read it; None when the identity is good no longer."""
    if await void_among(tx, [identity]):
        return None
    seats = await members.first_ids_of(tx, identity.person_id)
    chats = {chat_id: first_id for chat_id, first_id in seats.items() if identity.hears_of(chat_id)}
    head = max(await event_log.head(tx, ordered_by_id=ordered_by_id), await event_log.log_start(tx))
    if since is None:
        return Arrival(chats, head, [], is_reset=False)
    missed = await _missed(tx, identity, chats, since, ordered_by_id=ordered_by_id)
    return Arrival(chats, head, missed or [], is_reset=missed is None)


async def _missed(
    tx: Tx, identity: Identity, chats: dict[int, int], since: Position, *, ordered_by_id: bool
) -> list[StoredEvent] | None:
    if not await event_log.is_known(tx, since):
        return None
    if await event_log.is_far_behind(tx, since, MAX_ROWS, ordered_by_id=ordered_by_id):
        return None
    wanted = Missed(since, MAX_ROWS, sorted(chats), identity.person_id, MAX_EVENTS + 1)
    found = await event_log.read_missed(tx, wanted, ordered_by_id=ordered_by_id)
    if len(found) > MAX_EVENTS:
        return None
    heard = [one for one in found if identity.hears_of(one.chat_id)]
    visible = visible_to(heard, identity.person_id, chats)
    return None if sum(len(one.data) for one in visible) > MAX_CHARACTERS else visible


def visible_to(found: list[StoredEvent], person_id: int, chats: dict[int, int]) -> list[StoredEvent]:
    """Leave out what the person may not see."""
    joined: dict[int, Position] = {}
    for stored in found:
        if stored.kind == MembersJoined.kind and _names(stored, person_id):
            joined[stored.chat_id] = stored.position
    return [stored for stored in found if _is_visible(stored, person_id, chats, joined)]


def _is_visible(stored: StoredEvent, person_id: int, chats: dict[int, int], joined: dict[int, Position]) -> bool:
    if stored.kind not in PUSHED_KINDS:
        return False
    if stored.person_id:
        return stored.person_id == person_id
    first_id = chats.get(stored.chat_id)
    if first_id is None:
        return stored.kind == MembersLeft.kind and _names(stored, person_id)
    if stored.position < joined.get(stored.chat_id, stored.position):
        return False
    message_id = message_id_of(stored)
    return not message_id or message_id >= first_id


def _names(stored: StoredEvent, person_id: int) -> bool:
    event = read_event(stored)
    return isinstance(event, MembersJoined | MembersLeft) and person_id in event.person_ids
