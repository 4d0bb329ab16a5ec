"""Rows of ``record_chats`` and ``record_chat_reads``: the conversations about records of catalogs.

``last_id`` and ``other_id`` are the newest message and the newest one by somebody else than its author: one of the two
is the newest that a given person has not written himself, whoever he is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import msgspec

from skvorets.storage import chats, members
from skvorets.storage.chats import Chat
from skvorets.storage.database import ConflictError, Tx
from skvorets.storage.members import Member
from skvorets.storage.messages import NO_UPPER_ID, Message

ENTITY_TYPE: Final = "RECORD"
"""Entity type of the chat of a record."""


class RecordSeat(NamedTuple):
    """The chat of a record as one person stands to it."""

    chat: Chat
    member: Member | None
    read_id: int  # how far he has read while he was no member


class RecordChat(msgspec.Struct, frozen=True):
    """What a list of records tells a person of the conversation about one of them."""

    record_id: int
    message_count: int  # without deleted ones
    has_new: bool  # has somebody else written since the person last read?
    is_subscribed: bool


# A member's mark counts once he has looked: whoever only joined has not read what he did not see before.
_READ_ID = "CASE WHEN m.read_at > 0 THEN m.read_id ELSE COALESCE(r.read_id, 0) END"
_HAS_NEW = f"CASE WHEN rc.last_author_id = $1 THEN rc.other_id ELSE rc.last_id END > {_READ_ID}"
_WITH_MARKS = (
    "FROM record_chats rc"
    " LEFT JOIN members m ON m.chat_id = rc.chat_id AND m.person_id = $1"
    " LEFT JOIN record_chat_reads r ON r.chat_id = rc.chat_id AND r.person_id = $1"
)
_STATES = (
    "SELECT rc.record_id, rc.message_count,"
    f" CASE WHEN {_HAS_NEW} THEN 1 ELSE 0 END, CASE WHEN m.person_id IS NULL THEN 0 ELSE 1 END"
    f" {_WITH_MARKS} WHERE rc.catalog_id = $2 AND rc.record_id = ANY($3)"
)
_NEW_CHATS = (
    f"SELECT rc.catalog_id, count(*) {_WITH_MARKS} WHERE rc.catalog_id = ANY($2) AND {_HAS_NEW} GROUP BY rc.catalog_id"
)
_SEAT = (
    f"SELECT {chats.COLUMNS}, COALESCE(r.read_id, 0), {members.COLUMNS} {_WITH_MARKS}"
    " JOIN chats c ON c.id = rc.chat_id WHERE rc.catalog_id = $2 AND rc.record_id = $3"
)
_CHAT_WIDTH = len(Chat.__struct_fields__)
_COUNT_ADDED = (
    "UPDATE record_chats SET message_count = message_count + 1,"
    " other_id = CASE WHEN last_author_id = $2 THEN other_id ELSE last_id END, last_id = $3, last_author_id = $2"
    " WHERE chat_id = $1"
)
# $2 = the newest message left, by $3.
_COUNT_AGAIN = (
    "UPDATE record_chats SET message_count = message_count + $4, last_id = $2, last_author_id = $3,"
    " other_id = COALESCE((SELECT x.id FROM messages x WHERE x.chat_id = $1 AND x.deleted_at = 0"
    " AND x.author_id <> $3 ORDER BY x.id DESC LIMIT 1), 0) WHERE chat_id = $1"
)
_NEWEST_LEFT = "SELECT id, author_id FROM messages WHERE chat_id = $1 AND deleted_at = 0 ORDER BY id DESC LIMIT 1"
_LISTED = ", ".join(Message.__struct_fields__)


async def seat(tx: Tx, person_id: int, catalog_id: int, record_id: int) -> RecordSeat | None:
    """The chat of a record and the person's part in it; None before the first message or subscription."""
    row = await tx.row(_SEAT, person_id, catalog_id, record_id)
    if row is None:
        return None
    chat, (read_id, *mine) = tuple(row)[:_CHAT_WIDTH], tuple(row)[_CHAT_WIDTH:]
    return RecordSeat(Chat(*chat), None if mine[0] is None else Member(*mine), read_id)


async def insert(tx: Tx, chat_id: int, catalog_id: int, record_id: int) -> None:
    """Remember the chat of a record. Raises ConflictError when another transaction made one meanwhile."""
    if not await tx.do(
        "INSERT INTO record_chats (chat_id, catalog_id, record_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        chat_id,
        catalog_id,
        record_id,
    ):
        raise ConflictError


async def chat_ids(tx: Tx, catalog_id: int, record_ids: Iterable[int]) -> list[int]:
    """Ids of the chats of some records."""
    statement = "SELECT chat_id FROM record_chats WHERE catalog_id = $1 AND record_id = ANY($2) ORDER BY chat_id"
    return [row[0] for row in await tx.rows(statement, catalog_id, sorted(set(record_ids)))]


async def forget(tx: Tx, catalog_id: int, record_ids: Iterable[int]) -> None:
    """Part chats from their records, which are gone."""
    ids = sorted(set(record_ids))
    await tx.do(
        "DELETE FROM record_chat_reads WHERE chat_id IN"
        " (SELECT chat_id FROM record_chats WHERE catalog_id = $1 AND record_id = ANY($2))",
        catalog_id,
        ids,
    )
    await tx.do("DELETE FROM record_chats WHERE catalog_id = $1 AND record_id = ANY($2)", catalog_id, ids)


async def forget_catalog(tx: Tx, catalog_id: int) -> None:
    """Part all chats of a catalog from its records."""
    await tx.do(
        "DELETE FROM record_chat_reads WHERE chat_id IN (SELECT chat_id FROM record_chats WHERE catalog_id = $1)",
        catalog_id,
    )
    await tx.do("DELETE FROM record_chats WHERE catalog_id = $1", catalog_id)


async def states(tx: Tx, person_id: int, catalog_id: int, record_ids: Iterable[int]) -> dict[int, RecordChat]:
    """What to tell a person of the conversations about records of a catalog; records without one are left out."""
    rows = await tx.rows(_STATES, person_id, catalog_id, sorted(set(record_ids)))
    return {row[0]: RecordChat(row[0], row[1], bool(row[2]), bool(row[3])) for row in rows}


async def count_new(tx: Tx, person_id: int, catalog_ids: Iterable[int]) -> dict[int, int]:
    """How many conversations of each catalog have something new for a person; catalogs without any are left out."""
    rows = await tx.rows(_NEW_CHATS, person_id, sorted(set(catalog_ids)))
    return {row[0]: row[1] for row in rows}


async def mark_read(tx: Tx, person_id: int, chat_id: int, message_id: int) -> None:
    """Somebody who is no member has read up to a message; never moves back."""
    await tx.do(
        "INSERT INTO record_chat_reads (person_id, chat_id, read_id) VALUES ($1, $2, $3)"
        " ON CONFLICT (person_id, chat_id) DO UPDATE SET read_id = CASE"
        " WHEN record_chat_reads.read_id < excluded.read_id THEN excluded.read_id ELSE record_chat_reads.read_id END",
        person_id,
        chat_id,
        message_id,
    )


async def count_added(tx: Tx, message: Message) -> None:
    """A message was added to the chat of a record."""
    await tx.do(_COUNT_ADDED, message.chat_id, message.author_id, message.id)


async def count_again(tx: Tx, chat_id: int, *, more: int) -> None:
    """A message was deleted (``more`` = -1) or came back (1): what is the newest one may have changed."""
    row = await tx.row(_NEWEST_LEFT, chat_id)
    newest_id, author_id = (0, 0) if row is None else row
    await tx.do(_COUNT_AGAIN, chat_id, newest_id, author_id, more)


async def page(tx: Tx, chat_id: int, *, above_id: int, limit: int, offset: int, is_reversed: bool) -> Sequence[Message]:
    """Messages with larger ids in the order of their ids, or the other way round."""
    statement = (
        f"SELECT {_LISTED} FROM messages WHERE chat_id = $1 AND id > $2 AND id < $5"
        f" ORDER BY id {'DESC' if is_reversed else 'ASC'} LIMIT $3 OFFSET $4"
    )
    return [Message(*row) for row in await tx.rows(statement, chat_id, above_id, limit, offset, NO_UPPER_ID)]
