"""The index of message texts: which words stand in which message.

An entry is a set of words: the stems of the text (``core/stems.py``) with a token for the chat and one for the author,
``@c12`` and ``@a5``, and marks of what else is in it, ``@link`` and ``@file``. So "in this chat" is an intersection
inside the index and not a look at all messages that have the word; a text cannot hold such a token, for its words are
letters and digits only.

The index can be made anew from ``messages`` and is left out of backups. It may lag behind them, so whatever it finds is
looked up there before it is shown. The two engines' own full-text indexes speak different SQL: ``message_search_*.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType
from typing import NamedTuple

import msgspec

from skvorets.storage import message_search_postgres, message_search_sqlite
from skvorets.storage.database import Tx
from skvorets.storage.messages import COLUMNS, NO_UPPER_ID, Message

# Names of the index's tables begin so; on SQLite it is several.
TABLES = "message_search"
# Marks of messages: with the address of a page in the text, with a file.
HAS_LINK, HAS_FILE = "@link", "@file"
# Later than any message, unix milliseconds.
NEVER = 2**62


class Entry(NamedTuple):
    """A message as the index knows it."""

    message_id: int
    chat_id: int
    author_id: int
    stems: Sequence[str]
    marks: Sequence[str] = ()  # HAS_LINK, HAS_FILE


class HistoricMessage(NamedTuple):
    """What the index needs of a message of the past."""

    id: int
    chat_id: int
    author_id: int
    text: str
    params: str | None  # JSON object
    deleted_at: int


class State(NamedTuple):
    """How far the index is."""

    below_id: int  # messages with smaller ids are still to be indexed, 0 = none
    version: int  # of the rules by which words are made


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """Which of the messages that have the words are wanted."""

    limit: int
    above_id: int = 0
    below_id: int = NO_UPPER_ID
    since: int = 0  # written at this time or later, unix milliseconds
    until: int = NEVER  # written before this time
    is_newest_first: bool = True


_HISTORY = (
    "SELECT id, chat_id, author_id, text, params, deleted_at FROM messages WHERE id < $1 ORDER BY id DESC LIMIT $2"
)
_IS_WANTED = "m.deleted_at = 0 AND m.created_at >= $2 AND m.created_at < $3"
_OF_MESSAGE = ", ".join(f"m.{name}" for name in Message.__struct_fields__)
_IN_CHAT = f"SELECT {_OF_MESSAGE} FROM messages m WHERE m.id = ANY($1) AND {_IS_WANTED} AND m.chat_id = $4"
# CROSS JOIN keeps SQLite from beginning with all that was ever said in the person's chats.
_OF_PERSON = (
    f"SELECT {_OF_MESSAGE} FROM messages m CROSS JOIN members p WHERE m.id = ANY($1) AND {_IS_WANTED}"
    " AND p.chat_id = m.chat_id AND p.person_id = $4 AND m.id >= p.first_id"
)
_ANY_TEXT = (
    f"SELECT {COLUMNS} FROM messages WHERE chat_id = $1 AND id > $2 AND id < $3 AND deleted_at = 0"
    " AND created_at >= $4 AND created_at < $5 AND (author_id = ANY($6) OR CAST($7 AS BIGINT) = 0)"
    " ORDER BY id {} LIMIT $8"
)
_NEWEST, _OLDEST = _ANY_TEXT.format("DESC"), _ANY_TEXT.format("ASC")
_SET_STATE = "INSERT INTO message_search_state (below_id, version) VALUES ($1, $2)"


def chat_token(chat_id: int) -> str:
    """Give the word that all messages of a chat have."""
    return f"@c{chat_id}"


def author_token(author_id: int) -> str:
    """Give the word that all messages of an author have."""
    return f"@a{author_id}"


async def put(tx: Tx, entries: Sequence[Entry]) -> None:
    """Add messages to the index, or replace what it knows of them."""
    if entries:
        words = [
            " ".join((chat_token(one.chat_id), author_token(one.author_id), *one.marks, *one.stems)) for one in entries
        ]
        await _engine(tx).put(tx, [one.message_id for one in entries], words)


async def remove(tx: Tx, message_ids: Sequence[int]) -> None:
    """Take messages out of the index; unknown ids do no harm."""
    if message_ids:
        await _engine(tx).remove(tx, list(message_ids))


async def hits(tx: Tx, words: Sequence[str], window: Window, *any_of: Sequence[str]) -> list[int]:
    """Ids of messages that have all the words, and one of each group of ``any_of``; times are not looked at.

    Empty groups do not count. At least one word is to be given.
    """
    engine = _engine(tx)
    condition = engine.all_of(words) if words else ""
    for group in filter(None, any_of):
        others = engine.any_of(group)
        condition = engine.both(condition, others) if condition else others
    found: list[int] = await engine.hits(
        tx,
        condition,
        (window.above_id, window.below_id),
        is_newest_first=window.is_newest_first,
        limit=window.limit,
    )
    return found


async def in_chat(tx: Tx, message_ids: Sequence[int], chat_id: int, window: Window) -> list[Message]:
    """Those of the messages that are there, of the chat and of the window's time, in its order."""
    return await _look_up(tx, _IN_CHAT, message_ids, chat_id, window)


async def of_person(tx: Tx, message_ids: Sequence[int], person_id: int, window: Window) -> list[Message]:
    """Those of the messages that are there, in chats of the person, not hidden from him, of the window's time."""
    return await _look_up(tx, _OF_PERSON, message_ids, person_id, window)


async def with_any_text(tx: Tx, chat_id: int, author_ids: Sequence[int], window: Window) -> list[Message]:
    """All messages of a chat and a window by some authors, none = by anybody; without the index."""
    rows = await tx.rows(
        _NEWEST if window.is_newest_first else _OLDEST,
        chat_id,
        window.above_id,
        window.below_id,
        window.since,
        window.until,
        list(author_ids),
        len(author_ids),
        window.limit,
    )
    return [Message(*row) for row in rows]


async def history(tx: Tx, below_id: int, limit: int) -> list[HistoricMessage]:
    """Messages with smaller ids, the newest first."""
    return [HistoricMessage(*row) for row in await tx.rows(_HISTORY, below_id, limit)]


async def newest_id(tx: Tx) -> int:
    """The greatest id of a message, 0 when there is none."""
    found: int = await tx.val("SELECT coalesce(max(id), 0) FROM messages")
    return found


async def state(tx: Tx) -> State | None:
    """How far the index is; None when it was never begun."""
    row = await tx.row("SELECT below_id, version FROM message_search_state")
    return None if row is None else State(row[0], row[1])


async def set_state(tx: Tx, new: State) -> None:
    """Write down how far the index is."""
    await tx.do("DELETE FROM message_search_state")
    await tx.do(_SET_STATE, new.below_id, new.version)


def _engine(tx: Tx) -> ModuleType:
    return message_search_postgres if tx.is_postgres else message_search_sqlite


async def _look_up(tx: Tx, statement: str, message_ids: Sequence[int], owner_id: int, window: Window) -> list[Message]:
    order = "DESC" if window.is_newest_first else "ASC"
    rows = await tx.rows(
        f"{statement} ORDER BY m.id {order} LIMIT $5",
        list(message_ids),
        window.since,
        window.until,
        owner_id,
        window.limit,
    )
    return [Message(*row) for row in rows]
