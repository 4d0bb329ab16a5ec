"""Rows of ``messages``, ``uncounted_messages`` and ``likes``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import msgspec

from skvorets.storage.database import ConflictError, Tx

# The param with the id of the message that is shown again.
FORWARD_ID: Final = "FORWARD_ID"


class Message(msgspec.Struct, frozen=True):
    """One message. Times are unix milliseconds, 0 = never."""

    id: int
    chat_id: int
    seq: int  # 1, 2, 3 … within the chat
    author_id: int  # 0 = system
    created_at: int
    text: str  # with BB codes
    params: str | None  # JSON object or None
    client_id: str | None
    edited_at: int
    deleted_at: int

    def read_params(self) -> dict[str, Any]:
        """Give the params as a new mapping, empty when there are none."""
        return msgspec.json.decode(self.params) if self.params else {}

    @property
    def is_forwarded(self) -> bool:
        """Does it show somebody's message of another place?"""
        # Nearly no message has the word at all: those are not decoded.
        return self.params is not None and FORWARD_ID in self.params and FORWARD_ID in self.read_params()


COLUMNS = ", ".join(Message.__struct_fields__)
_FIND = f"SELECT {COLUMNS} FROM messages WHERE id = $1"
_FIND_MANY = f"SELECT {COLUMNS} FROM messages WHERE id = ANY($1) ORDER BY id"
# Always one row, of nothing when there is no such message: see storage/postgres_side_by_side.py.
_BY_CLIENT_ID = (
    f"SELECT {', '.join(f'm.{name}' for name in Message.__struct_fields__)} FROM (SELECT 1) always"
    " LEFT JOIN messages m ON m.author_id = $1 AND m.client_id = $2"
)
_OLDER = f"SELECT {COLUMNS} FROM messages WHERE chat_id = $1 AND id >= $2 AND id < $3 ORDER BY id DESC LIMIT $4"
_NEWER = f"SELECT {COLUMNS} FROM messages WHERE chat_id = $1 AND id > $2 ORDER BY id LIMIT $3"
# To whom a message goes, for storage/letters.py: the other one of a private dialog, or oneself in one's notes.
_TO_ID = (
    "CASE WHEN CAST($2 AS BIGINT) = 0 THEN 0 WHEN kind = 'private' THEN COALESCE((SELECT m.person_id FROM members m"
    " WHERE m.chat_id = $1 AND m.person_id <> $2), $2) WHEN entity_type = 'LETTER' THEN -1 ELSE 0 END"
)
_INSERT = (
    "INSERT INTO messages (chat_id, seq, author_id, created_at, text, params, client_id, to_id)"
    f" SELECT id, last_seq + 1, $2, $3, $4, $5, $6, {_TO_ID} FROM chats WHERE id = $1 RETURNING id, seq"
)
_SET_LAST = (
    "UPDATE chats SET last_seq = $2, last_message_id = $3, last_message_at = $4 WHERE id = $1 AND last_seq = $2 - 1"
)
_SET_READ = (
    "UPDATE members SET read_seq = $3, read_id = $4, read_at = $5, own_unread = 0, marked_unread = 0"
    " WHERE chat_id = $1 AND person_id = $2"
)
# The three in one round trip: measured, they are most of what a message costs on PostgreSQL.
_INSERT_AT_ONCE = (
    "WITH place AS (UPDATE chats SET last_seq = last_seq + 1, last_message_id = nextval('messages_id_seq'),"
    " last_message_at = $3 WHERE id = $1 RETURNING id, last_seq, last_message_id, kind, entity_type), reader AS ("
    "UPDATE members SET read_seq = place.last_seq, read_id = place.last_message_id, read_at = $3, own_unread = 0,"
    " marked_unread = 0 FROM place WHERE chat_id = place.id AND person_id = $7)"
    " INSERT INTO messages (id, chat_id, seq, author_id, created_at, text, params, client_id, to_id)"
    " SELECT last_message_id, id, last_seq, $2::bigint, $3, $4::text, $5::text, $6::text,"
    f" {_TO_ID} FROM place RETURNING id, seq"
)
# Larger than any id.
NO_UPPER_ID = 2**62


async def find(tx: Tx, message_id: int) -> Message | None:
    """The message with this id. Rules ask ``core.access`` instead: it checks who may see it."""
    row = await tx.row(_FIND, message_id)
    return None if row is None else Message(*row)


async def find_many(tx: Tx, ids: Iterable[int]) -> dict[int, Message]:
    """The messages with these ids, by id."""
    return {row[0]: Message(*row) for row in await tx.rows(_FIND_MANY, sorted(set(ids)))}


async def find_by_client_id(tx: Tx, author_id: int, client_id: str) -> Message | None:
    """The message that this author's program sent under this id of its own."""
    row = await tx.one(_BY_CLIENT_ID, author_id, client_id)
    return None if row[0] is None else Message(*row)


async def older(tx: Tx, chat_id: int, *, first_id: int, below_id: int, limit: int) -> list[Message]:
    """Messages with ``first_id <= id < below_id``, newest first."""
    return [Message(*row) for row in await tx.rows(_OLDER, chat_id, first_id, below_id, limit)]


async def newer(tx: Tx, chat_id: int, *, above_id: int, limit: int) -> list[Message]:
    """Messages with ``id > above_id``, oldest first."""
    return [Message(*row) for row in await tx.rows(_NEWER, chat_id, above_id, limit)]


async def insert(tx: Tx, message: Message, reader_id: int) -> Message:
    """Store a new message as the newest of its chat; ``id`` and ``seq`` are given here.

    The chat exists: ``core.access`` gave it. ``reader_id`` has read it up to the message by writing that (0 = nobody).
    Raises ConflictError when another transaction
    took the same number; the engine then runs the unit again.
    """
    values = (
        message.chat_id,
        message.author_id,
        message.created_at,
        message.text,
        message.params,
        message.client_id,
    )
    new_id, seq = await (tx.one(_INSERT_AT_ONCE, *values, reader_id) if tx.is_postgres else tx.one(_INSERT, *values))
    if not tx.is_postgres:
        if not await tx.do(_SET_LAST, message.chat_id, seq, new_id, message.created_at):
            raise ConflictError
        if reader_id:
            await tx.do(_SET_READ, message.chat_id, reader_id, seq, new_id, message.created_at)
    return msgspec.structs.replace(message, id=new_id, seq=seq)


async def change(tx: Tx, message: Message) -> None:
    """Write text, params and times of an existing message."""
    await tx.do(
        "UPDATE messages SET text = $2, params = $3, edited_at = $4, deleted_at = $5 WHERE id = $1",
        message.id,
        message.text,
        message.params,
        message.edited_at,
        message.deleted_at,
    )


async def delete(tx: Tx, message_id: int) -> None:
    """Remove the row and its likes without trace."""
    await tx.do("DELETE FROM likes WHERE message_id = $1", message_id)
    await tx.do("DELETE FROM messages WHERE id = $1", message_id)


async def newest_of(tx: Tx, chat_id: int) -> Message | None:
    """The newest message that is left in the chat."""
    found = await older(tx, chat_id, first_id=0, below_id=NO_UPPER_ID, limit=1)
    return found[0] if found else None


async def previous_id(tx: Tx, chat_id: int, message_id: int) -> int:
    """Id of the message before this one in its chat, 0 when it is the first."""
    found: int | None = await tx.val("SELECT max(id) FROM messages WHERE chat_id = $1 AND id < $2", chat_id, message_id)
    return found or 0


async def count_own_after(tx: Tx, chat_id: int, author_id: int, message_id: int) -> int:
    """Count the author's messages after this one which would count as unread for others."""
    count: int = await tx.val(
        "SELECT count(*) FROM messages m WHERE m.chat_id = $1 AND m.id > $3 AND m.author_id = $2 AND NOT EXISTS"
        " (SELECT 1 FROM uncounted_messages u WHERE u.chat_id = m.chat_id AND u.seq = m.seq)",
        chat_id,
        author_id,
        message_id,
    )
    return count


async def insert_uncounted(tx: Tx, chat_id: int, seq: int) -> bool:
    """The message with this number never counts as unread; False when it was so already."""
    statement = "INSERT INTO uncounted_messages (chat_id, seq) VALUES ($1, $2) ON CONFLICT DO NOTHING"
    return bool(await tx.do(statement, chat_id, seq))


async def likes_of(tx: Tx, message_ids: Iterable[int]) -> dict[int, list[int]]:
    """Ids of people who like each message, in the order of liking."""
    found: dict[int, list[int]] = {}
    rows = await tx.rows(
        "SELECT message_id, person_id FROM likes WHERE message_id = ANY($1) ORDER BY created_at, person_id",
        sorted(set(message_ids)),
    )
    for message_id, person_id in rows:
        found.setdefault(message_id, []).append(person_id)
    return found


async def insert_like(tx: Tx, message_id: int, person_id: int) -> bool:
    """Add a like; False when it was there."""
    return bool(
        await tx.do(
            "INSERT INTO likes (message_id, person_id, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            message_id,
            person_id,
            tx.now,
        )
    )


async def delete_like(tx: Tx, message_id: int, person_id: int) -> bool:
    """Take a like back; False when there was none."""
    return bool(await tx.do("DELETE FROM likes WHERE message_id = $1 AND person_id = $2", message_id, person_id))


async def repair_last(tx: Tx, chat_id: int) -> None:
    """Point the chat at the newest message that is left, after one was removed without trace."""
    newest = await newest_of(tx, chat_id)
    await tx.do(
        "UPDATE chats SET last_message_id = $2, last_message_at = $3 WHERE id = $1",
        chat_id,
        newest.id if newest else 0,
        newest.created_at if newest else 0,
    )
