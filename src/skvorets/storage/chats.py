"""Rows of ``chats`` and ``private_chats``."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from skvorets.storage import search_words
from skvorets.storage.columns import columns_of
from skvorets.storage.database import ConflictError, Tx
from skvorets.storage.search_words import Owned


class Chat(msgspec.Struct, frozen=True):
    """One chat. A private dialog of two people is a chat, too. Times are unix milliseconds."""

    id: int
    kind: str  # private, group, open, line, notifications
    title: str
    description: str
    color: str  # a colour's name
    avatar: str  # digest in the blob store or empty
    owner_id: int  # 0 = none
    extranet: int
    is_general: int  # the one open chat of all employees
    entity_type: str
    entity_id: str
    entity_data_1: str
    entity_data_2: str
    entity_data_3: str
    created_at: int
    member_count: int
    last_seq: int
    last_message_id: int
    last_message_at: int
    folder_id: int = 0  # of its files, 0 = none yet

    @property
    def is_private(self) -> bool:
        """Is this a dialog of two?"""
        return self.kind == "private"


COLUMNS = ", ".join(f"c.{name}" for name in Chat.__struct_fields__)
_FIND = f"SELECT {COLUMNS} FROM chats c WHERE c.id = $1"
_FIND_MANY = f"SELECT {COLUMNS} FROM chats c WHERE c.id = ANY($1)"
_NEWEST_OF_ENTITY = (
    f"SELECT {COLUMNS} FROM chats c"
    " WHERE c.entity_type = $1 AND c.entity_id = $2 AND c.entity_type <> '' ORDER BY c.id DESC"
)
_GENERAL = f"SELECT {COLUMNS} FROM chats c WHERE c.is_general = 1"
_INSERT = (
    "INSERT INTO chats (kind, title, description, color, avatar, owner_id, extranet, is_general, entity_type,"
    " entity_id, entity_data_1, entity_data_2, entity_data_3, created_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id"
)
_CHANGEABLE = columns_of("chats", Chat, "id", "created_at", "last_seq", "member_count")


async def find(tx: Tx, chat_id: int) -> Chat | None:
    """The chat with this id. Rules ask ``core.access`` instead: it checks who may see it."""
    row = await tx.row(_FIND, chat_id)
    return None if row is None else Chat(*row)


async def find_many(tx: Tx, ids: Iterable[int]) -> dict[int, Chat]:
    """The chats with these ids, by id."""
    return {row[0]: Chat(*row) for row in await tx.rows(_FIND_MANY, sorted(set(ids)))}


async def of_entity(tx: Tx, entity_type: str, entity_id: str) -> list[Chat]:
    """Chats made for this entity, the newest first."""
    return [Chat(*row) for row in await tx.rows(_NEWEST_OF_ENTITY, entity_type, entity_id)]


async def general(tx: Tx) -> Chat | None:
    """The open chat of all employees."""
    row = await tx.row(_GENERAL)
    return None if row is None else Chat(*row)


async def insert(tx: Tx, chat: Chat) -> int:
    """Store a new chat (only what is not counted by the server is taken) and return its id."""
    new_id: int = await tx.val(_INSERT, *msgspec.structs.astuple(chat)[1:15])
    await search_words.insert(tx, search_words.CHAT, [Owned(new_id, search_words.of_title(chat.title))])
    return new_id


async def change(tx: Tx, chat_id: int, **values: object) -> None:
    """Set columns of a chat; names are columns of ``chats``."""
    await _CHANGEABLE.change(tx, chat_id, values)
    if "title" in values:
        await search_words.replace(tx, search_words.CHAT, chat_id, search_words.of_title(str(values["title"])))


async def private_chat_id(tx: Tx, one: int, other: int) -> int | None:
    """Id of the private dialog of two people."""
    chat_id: int | None = await tx.val(
        "SELECT chat_id FROM private_chats WHERE low_id = $1 AND high_id = $2", min(one, other), max(one, other)
    )
    return chat_id


async def insert_private(tx: Tx, one: int, other: int, chat_id: int) -> None:
    """Remember the private dialog of two people. Raises ConflictError when another transaction made it meanwhile."""
    if not await tx.do(
        "INSERT INTO private_chats (low_id, high_id, chat_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        min(one, other),
        max(one, other),
        chat_id,
    ):
        raise ConflictError


async def next_title_number(tx: Tx, color: str) -> int:
    """Take the next running number of automatic titles of this colour, from 1."""
    number: int = await tx.val(
        "INSERT INTO title_numbers (color, used) VALUES ($1, 1)"
        " ON CONFLICT (color) DO UPDATE SET used = title_numbers.used + 1 RETURNING used",
        color,
    )
    return number
