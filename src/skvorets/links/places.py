"""Where the follower of links stands in the log, and what comes next there: the durable reader ``link-previews``.

The stored place is never behind work that is not done, so a crash forgets none; what was done twice is seen by
``core.link_previews.show_cards``. Processes that share a database only ever move it forward.
"""

from __future__ import annotations

import logging
from typing import Final, NamedTuple

import msgspec

from skvorets.core.events import MessageAdded, MessageChanged, read_event
from skvorets.core.link_previews import links_of
from skvorets.storage import event_log
from skvorets.storage.database import Tx, lock_key
from skvorets.storage.event_log import Position, StoredEvent

CURSOR: Final = "link-previews"
KEY: Final = lock_key(CURSOR)
ROWS_AT_ONCE: Final = 500
"""Rows of the log read at a time."""
_KINDS: Final = frozenset({MessageAdded.kind, MessageChanged.kind})
# What every text with an address has; the rest needs no decoding.
_MARK: Final = "://"

_log = logging.getLogger(__name__)


class Wish(NamedTuple):
    """A message whose links may be shown as cards."""

    message_id: int
    addresses: tuple[str, ...]


async def open_place(tx: Tx) -> Position:
    """Where to go on; a reader that is new, or whose place the log does not know any more, begins at the end."""
    found = await event_log.cursor(tx, CURSOR)
    if found is not None and await event_log.is_known(tx, found):
        return found
    head = await event_log.head(tx, ordered_by_id=not tx.is_postgres)
    await event_log.move_cursor(tx, CURSOR, head)
    return head


async def advance(tx: Tx, position: Position) -> None:
    """Store how far the log is done with."""
    found = await event_log.cursor(tx, CURSOR)
    if found is None or found < position:
        await event_log.move_cursor(tx, CURSOR, position)


async def forget_place(tx: Tx) -> None:
    """Let the log be pruned without this reader, which is switched off."""
    await event_log.forget_cursor(tx, CURSOR)


async def read_log(
    tx: Tx,
    position: Position,
    is_ordered_by_id: bool,  # noqa: FBT001 — by position through read
) -> tuple[list[StoredEvent], bool]:
    """Read what comes next; when there is nothing: are there events that cannot be seen yet?"""
    found = await event_log.read_after(tx, position, ROWS_AT_ONCE, ordered_by_id=is_ordered_by_id)
    return found, not found and not is_ordered_by_id and await event_log.has_hidden(tx, position)


def wish_of(stored: StoredEvent) -> Wish | None:
    """Give what an event asks for; None = nothing."""
    if stored.kind not in _KINDS or _MARK not in stored.data:
        return None
    try:
        event = read_event(stored)
    except msgspec.MsgspecError:
        _log.exception("event %d cannot be read and gets no cards", stored.id)
        return None
    if not isinstance(event, MessageAdded | MessageChanged) or not event.previews_links:
        return None
    if event.params and event.params.get("ATTACH"):
        return None
    addresses = links_of(event.text).addresses
    return Wish(event.id, addresses) if addresses else None
