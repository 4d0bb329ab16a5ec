"""Pages of a chat's messages as the one who sits there sees them: the newest, older or newer ones, or around one."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from skvorets.core.access import Seat
from skvorets.storage import messages
from skvorets.storage.database import Tx
from skvorets.storage.messages import NO_UPPER_ID, Message


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Which part is wanted; ids, 0 = not given. Of several the first one counts; without any: the newest messages."""

    around: int = 0  # half before it, itself, half after
    before: int = 0  # older than it
    after: int = 0  # newer than it
    limit: int


class Page(NamedTuple):
    """Messages in the order in which they were written."""

    found: list[Message]
    has_older: bool
    has_newer: bool


async def page_of(tx: Tx, seat: Seat, place: Place) -> Page:
    """Read one page: two queries at most."""
    if place.around:
        return await _around(tx, seat, place)
    if place.after and not place.before:
        found, has_newer = await _newer(tx, seat, max(place.after, seat.first_id - 1), place.limit)
        older = await messages.older(tx, seat.chat.id, first_id=seat.first_id, below_id=place.after + 1, limit=1)
        return Page(found, bool(older), has_newer)
    found, has_older = await _older(tx, seat, place.before or NO_UPPER_ID, place.limit)
    return Page(found, has_older, 0 < place.before <= seat.chat.last_message_id)


async def _around(tx: Tx, seat: Seat, place: Place) -> Page:
    before = place.limit // 2
    older, has_older = await _older(tx, seat, place.around, before)
    above = max(place.around, seat.first_id) - 1
    newer, has_newer = await _newer(tx, seat, above, place.limit - before)
    return Page([*older, *newer], has_older, has_newer)


async def _older(tx: Tx, seat: Seat, below_id: int, limit: int) -> tuple[list[Message], bool]:
    found = await messages.older(tx, seat.chat.id, first_id=seat.first_id, below_id=below_id, limit=limit + 1)
    return found[:limit][::-1], len(found) > limit


async def _newer(tx: Tx, seat: Seat, above_id: int, limit: int) -> tuple[list[Message], bool]:
    found = await messages.newer(tx, seat.chat.id, above_id=above_id, limit=limit + 1)
    return found[:limit], len(found) > limit
