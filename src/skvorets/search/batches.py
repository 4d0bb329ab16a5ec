"""What the indexer reads and writes: one batch of the log, one batch of the history, each with the place it leads to.

Words are made outside of the units of work, in small steps: neither the writer nor the event loop waits for them.
"""

from __future__ import annotations

import asyncio
import logging
from typing import NamedTuple

import msgspec

from skvorets.core.events import MessageAdded, MessageChanged, MessageDeleted, read_event
from skvorets.core.message_links import marks_of
from skvorets.core.stems import STEMS_VERSION, stems_of
from skvorets.storage import event_log, message_search
from skvorets.storage.database import Tx, lock_key
from skvorets.storage.event_log import Position, StoredEvent
from skvorets.storage.message_search import Entry, HistoricMessage, State

CURSOR = "message-search"
# Rows of the log, or messages of the past, read at a time.
ROWS_AT_ONCE = 500
# Words after which a batch ends: some 10 ms of the only writer of SQLite.
WORDS_AT_ONCE = 8_000
# Characters of text after which others get their turn on the event loop: about a millisecond.
CHARS_PER_TURN = 5_000
# What the entry itself costs, in words.
_WORDS_PER_ENTRY = 2
_KINDS = frozenset({MessageAdded.kind, MessageChanged.kind, MessageDeleted.kind})
KEY = lock_key("message-search")

_log = logging.getLogger(__name__)


class MovedError(Exception):
    """Another process has indexed something; the place must be read anew."""


class Place(NamedTuple):
    """How far the index is: in the log, and in the history from before it was begun."""

    position: Position
    below_id: int  # messages with smaller ids are still to be indexed, 0 = none


class Batch(NamedTuple):
    """What a part of the log does to the index."""

    entries: list[Entry]
    gone: list[int]
    end: Position


class Past(NamedTuple):
    """A part of the history, and where the next one begins."""

    entries: list[Entry]
    below_id: int


async def open_place(tx: Tx) -> Place:
    """Where to go on. An index that was never begun, or lost its place, or has other words, is begun anew."""
    position, state = await event_log.cursor(tx, CURSOR), await message_search.state(tx)
    if position is not None and state is not None and state.version == STEMS_VERSION:
        if await event_log.holds(tx, position):
            return Place(position, state.below_id)
        _log.warning("the event log does not know the place of the search index, which is made anew")
    head = await event_log.head(tx, ordered_by_id=not tx.is_postgres)
    place = Place(head, await message_search.newest_id(tx) + 1)
    await event_log.move_cursor(tx, CURSOR, head)
    await message_search.set_state(tx, State(place.below_id, STEMS_VERSION))
    return place


async def read_log(
    tx: Tx,
    position: Position,
    is_ordered_by_id: bool,  # noqa: FBT001 — by position through read
) -> tuple[list[StoredEvent], bool]:
    """Read what comes next; when there is nothing: are there events that cannot be seen yet?"""
    found = await event_log.read_after(tx, position, ROWS_AT_ONCE, ordered_by_id=is_ordered_by_id)
    return found, not found and not is_ordered_by_id and await event_log.has_hidden(tx, position)


async def batch_of(found: list[StoredEvent]) -> Batch:
    """Make the words of what was read, as far as one unit of work should carry. A message's last state counts."""
    states: dict[int, Entry | None] = {}
    turns, end = _Turns(), found[0].position
    for stored in found:
        event = _event_of(stored)
        if event is not None:
            states[event.id] = entry = _entry_of(event)
            await turns.spend(len(stored.data), 0 if entry is None else len(entry.stems))
        end = stored.position
        if turns.words >= WORDS_AT_ONCE:
            break
    present = [entry for entry in states.values() if entry is not None]
    return Batch(present, [message_id for message_id, entry in states.items() if entry is None], end)


async def past_of(found: list[HistoricMessage]) -> Past:
    """Make the words of messages of the past, the newest first, as far as one unit of work should carry."""
    entries = []
    turns, below_id = _Turns(), found[0].id
    for one in found:
        if one.author_id and not one.deleted_at:
            params = msgspec.json.decode(one.params) if one.params else None
            marks = marks_of(one.text, params)
            entries.append(Entry(one.id, one.chat_id, one.author_id, stems_of(one.text), marks))
            await turns.spend(len(one.text), len(entries[-1].stems))
        below_id = one.id
        if turns.words >= WORDS_AT_ONCE:
            break
    return Past(entries, below_id)


async def store_batch(tx: Tx, before: Position, batch: Batch) -> None:
    """Write a batch and the place behind it. Raises MovedError."""
    if await event_log.cursor(tx, CURSOR) != before:
        raise MovedError
    await message_search.put(tx, batch.entries)
    await message_search.remove(tx, batch.gone)
    await event_log.move_cursor(tx, CURSOR, batch.end)


async def store_past(tx: Tx, before_id: int, past: Past) -> None:
    """Write a part of the history and where the next one begins. Raises MovedError."""
    if await message_search.state(tx) != State(before_id, STEMS_VERSION):
        raise MovedError
    await message_search.put(tx, past.entries)
    await message_search.set_state(tx, State(past.below_id, STEMS_VERSION))


class _Turns:
    """Counts what a batch costs and lets others have their turn."""

    def __init__(self) -> None:
        self.words = 0
        self._chars = 0

    async def spend(self, chars: int, words: int) -> None:
        self.words += words + _WORDS_PER_ENTRY
        self._chars += chars
        if self._chars >= CHARS_PER_TURN:
            self._chars = 0
            await asyncio.sleep(0)


def _event_of(stored: StoredEvent) -> MessageAdded | MessageChanged | MessageDeleted | None:
    if stored.kind not in _KINDS:
        return None
    try:
        event = read_event(stored)
    except msgspec.MsgspecError:
        _log.exception("event %d cannot be read and is not indexed", stored.id)
        return None
    return event if isinstance(event, MessageAdded | MessageChanged | MessageDeleted) else None


def _entry_of(event: MessageAdded | MessageChanged | MessageDeleted) -> Entry | None:
    """Give what the index is to know; None = nothing. Lines of the system are read, not looked for."""
    if isinstance(event, MessageDeleted) or not event.author_id:
        return None
    marks = marks_of(event.text, event.params)
    return Entry(event.id, event.chat_id, event.author_id, stems_of(event.text), marks)
