"""Letters: messages of private dialogs and of chats of entity LETTER, by folder and person; ``letter_marks``.

A page of a folder is one statement: each of its ranges (written to me; sent to several and me among them; written by
me; marked by me) is read in the order of an index up to the end of the page, and the heads of all are merged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal, TypeAlias

import msgspec

from skvorets.storage.database import Tx
from skvorets.storage.messages import NO_UPPER_ID, Message

ENTITY_TYPE: Final = "LETTER"
"""Of chats that were made by writing to several people."""
SEVERAL: Final = -1
"""Stands in ``to_id`` of letters to several people."""
Folder: TypeAlias = Literal["incoming", "outgoing", "deleted", "all"]
Mark: TypeAlias = Literal["deleted_at", "favorite_at", "noted_at"]


class Letter(msgspec.Struct, frozen=True):
    """A message as one person has it in his folders. Times are unix milliseconds, 0 = never."""

    message: Message
    to_id: int  # the one who gets it; -1 = several, see ``recipients_of``
    first_id: int  # messages of the chat with smaller ids are hidden from the person
    read_seq: int  # the person has read the chat up to this number …
    read_id: int  # … which is this message's
    read_at: int
    deleted_at: int
    favorite_at: int
    noted_at: int
    marked_at: int  # one of these three was changed


class Search(msgspec.Struct, frozen=True, kw_only=True):
    """Which letters are wanted."""

    folder: Folder = "incoming"
    favorites_only: bool = False
    since: int = 0  # written at this moment or later
    until: int = NO_UPPER_ID  # written before this moment
    changed_after: int | None = None
    edited_within: int = 0  # milliseconds: for so long after writing a text may change
    limit: int
    offset: int = 0
    is_newest_first: bool = False


_MESSAGE_WIDTH = len(Message.__struct_fields__)
_OWN = "s.chat_id = m.chat_id AND s.person_id = $1"
_MARKS = "LEFT JOIN letter_marks k ON k.person_id = $1 AND k.message_id = m.id"
_LETTER = (
    f"{', '.join(f'm.{name}' for name in Message.__struct_fields__)}, m.to_id, s.first_id, s.read_seq, s.read_id,"
    " s.read_at, COALESCE(k.deleted_at, 0), COALESCE(k.favorite_at, 0), COALESCE(k.noted_at, 0),"
    " COALESCE(k.changed_at, 0)"
)
# The cross joins keep SQLite from beginning with the members; the conditions on to_id are those of the indexes.
_AT = "m.created_at AS created_at, m.id AS id FROM"
_INCOMING = f"{_AT} messages m CROSS JOIN members s {_MARKS} WHERE {_OWN} AND m.to_id = $1 AND m.to_id > 0"
_OUTGOING = f"{_AT} messages m CROSS JOIN members s {_MARKS} WHERE {_OWN} AND m.author_id = $1 AND m.to_id <> 0"
_AMONG_OTHERS = (
    "r.created_at AS created_at, r.message_id AS id FROM letter_recipients r CROSS JOIN messages m CROSS JOIN members s"
    f" {_MARKS} WHERE {_OWN} AND r.person_id = $1 AND m.id = r.message_id AND r.created_at >= $2 AND r.created_at < $3"
)
_MARKED = (
    f"{_AT} letter_marks k CROSS JOIN messages m CROSS JOIN members s"
    f" WHERE {_OWN} AND k.person_id = $1 AND m.id = k.message_id"
)
_JUST_READ = (
    f"{_AT} members s CROSS JOIN messages m {_MARKS} WHERE s.person_id = $1 AND m.id = s.read_id AND m.author_id <> $1"
)
_IS_INCOMING = (
    "(m.to_id = $1 OR m.to_id = -1 AND EXISTS"
    " (SELECT 1 FROM letter_recipients r WHERE r.message_id = m.id AND r.person_id = $1))"
)
_IS_OUTGOING = "(m.author_id = $1 AND m.to_id <> 0)"
_RANGES = {
    "incoming": (_INCOMING, _AMONG_OTHERS),
    "outgoing": (_OUTGOING,),
    "all": (_INCOMING, _AMONG_OTHERS, _OUTGOING),
    "deleted": (f"{_MARKED} AND k.deleted_at > 0",),
}
_BELONGS = {
    "incoming": _IS_INCOMING,
    "outgoing": _IS_OUTGOING,
    "all": f"({_IS_INCOMING} OR {_IS_OUTGOING})",
    "deleted": f"({_IS_INCOMING} OR {_IS_OUTGOING})",
}
_FIND = (
    f"SELECT {_LETTER} FROM messages m JOIN members s ON {_OWN} {_MARKS}"
    f" WHERE m.id = $2 AND m.deleted_at = 0 AND m.id >= s.first_id AND {_BELONGS['all']}"
)
# A person has few chats with something unread; of each the newest ones after his mark are looked at.
_UNREAD = (
    f"SELECT {_LETTER} FROM members s CROSS JOIN chats c CROSS JOIN messages m {_MARKS}"
    " WHERE s.person_id = $1 AND c.id = s.chat_id AND c.last_seq > s.read_seq AND m.id IN (SELECT x.id FROM messages x"
    " WHERE x.chat_id = c.id AND x.id > s.read_id ORDER BY x.id DESC LIMIT $5)"
    " AND (c.kind = 'private' OR c.entity_type = 'LETTER') AND m.id >= s.first_id AND m.author_id NOT IN (0, $1)"
    f" AND m.deleted_at = 0 AND COALESCE(k.deleted_at, 0) = 0 AND COALESCE(k.noted_at, 0) = 0 AND {_IS_INCOMING}"
    " AND m.created_at > $2 ORDER BY m.created_at DESC, m.id DESC LIMIT $3 OFFSET $4"
)
_DEFAULT_RECIPIENTS = (
    "INSERT INTO letter_recipients (message_id, person_id, created_at, place)"
    " SELECT CAST($1 AS BIGINT), person_id, CAST($2 AS BIGINT), row_number() OVER (ORDER BY joined_at, person_id) - 1"
    " FROM members WHERE chat_id = $3 AND person_id <> $4"
)


async def find(tx: Tx, person_id: int, message_id: int) -> Letter | None:
    """The letter that the person has written or got; deleted ones of his, too. None: it is none of his."""
    row = await tx.row(_FIND, person_id, message_id)
    return None if row is None else _letter(row)


async def is_letter(tx: Tx, message_id: int) -> bool:
    """Is there a letter with this id, whosever it is?"""
    return (
        await tx.val("SELECT 1 FROM messages WHERE id = $1 AND to_id <> 0 AND deleted_at = 0", message_id) is not None
    )


async def page(tx: Tx, person_id: int, search: Search) -> list[Letter]:
    """A part of a person's folder by time of writing: one statement."""
    statement, args = page_statement(person_id, search)
    return [_letter(row) for row in await tx.rows(statement, *args)]


def page_statement(person_id: int, search: Search) -> tuple[str, list[object]]:
    """Write the statement of a page, and its arguments."""
    args: list[object] = [person_id, search.since, search.until]
    args += [search.limit + search.offset, search.limit, search.offset]
    order = "DESC" if search.is_newest_first else "ASC"
    heads = [
        f"SELECT * FROM (SELECT {one} AND {_conditions(search)} ORDER BY 1 {order}, 2 {order} LIMIT $4) part{number}"
        for number, one in enumerate(_ranges(search, args))
    ]
    found = f"{' UNION '.join(heads)} ORDER BY 1 {order}, 2 {order} LIMIT $5 OFFSET $6"
    statement = (
        f"SELECT {_LETTER} FROM ({found}) f JOIN messages m ON m.id = f.id JOIN members s ON {_OWN} {_MARKS}"
        f" ORDER BY f.created_at {order}, f.id {order}"
    )
    return statement, args


async def unread(tx: Tx, person_id: int, *, after: int, limit: int, offset: int) -> list[Letter]:
    """Letters later than ``after`` that a person has neither read nor put the notice away of; newest first."""
    # Others than letters to the person may stand between them, if few: his own cannot, since they read the chat.
    looked_at = 2 * (limit + offset)
    return [_letter(row) for row in await tx.rows(_UNREAD, person_id, after, limit, offset, looked_at)]


async def recipients_of(tx: Tx, message_ids: Iterable[int]) -> dict[int, list[int]]:
    """To whom letters to several people went, in the order in which they were named, by message."""
    found: dict[int, list[int]] = {}
    rows = await tx.rows(
        "SELECT message_id, person_id FROM letter_recipients WHERE message_id = ANY($1) ORDER BY message_id, place",
        sorted(set(message_ids)),
    )
    for message_id, person_id in rows:
        found.setdefault(message_id, []).append(person_id)
    return found


async def send_to_members(tx: Tx, message: Message) -> None:
    """Put a message of a chat of entity LETTER among the letters of all its members but the author."""
    await tx.do(_DEFAULT_RECIPIENTS, message.id, message.created_at, message.chat_id, message.author_id)


async def send_to(tx: Tx, message: Message, recipient_ids: Sequence[int]) -> None:
    """Name the recipients instead, in their order; the author may be among them."""
    await tx.do("DELETE FROM letter_recipients WHERE message_id = $1", message.id)
    for place, person_id in enumerate(recipient_ids):
        await tx.do(
            "INSERT INTO letter_recipients (message_id, person_id, created_at, place) VALUES ($1, $2, $3, $4)",
            message.id,
            person_id,
            message.created_at,
            place,
        )


async def mark(tx: Tx, person_id: int, message_id: int, name: Mark, at: int) -> None:
    """Write one of a person's marks on a letter: the time, or 0 for no mark."""
    await tx.do(
        f"INSERT INTO letter_marks (person_id, message_id, {name}, changed_at) VALUES ($1, $2, $3, $4)"
        f" ON CONFLICT (person_id, message_id) DO UPDATE SET {name} = excluded.{name},"
        " changed_at = excluded.changed_at",
        person_id,
        message_id,
        at,
        tx.now,
    )


async def note_change(tx: Tx, person_id: int, message_id: int) -> None:
    """Write that a letter looks another way to a person from now on: he has read it."""
    await tx.do(
        "INSERT INTO letter_marks (person_id, message_id, changed_at) VALUES ($1, $2, $3)"
        " ON CONFLICT (person_id, message_id) DO UPDATE SET changed_at = excluded.changed_at",
        person_id,
        message_id,
        tx.now,
    )


def _ranges(search: Search, args: list[object]) -> list[str]:
    """Give the ranges of the folder, or of what has changed in it; the moment becomes the seventh argument."""
    belongs = _BELONGS[search.folder]
    if search.changed_after is None:
        if search.favorites_only:
            return [f"{_MARKED} AND k.favorite_at > 0 AND {belongs}"]
        return list(_RANGES[search.folder])
    args += [search.changed_after, search.changed_after - search.edited_within]
    recent = "m.created_at > $8 AND (m.created_at > $7 OR m.edited_at > $7)"
    return [
        *(f"{one} AND {recent}" for one in _RANGES[search.folder]),
        f"{_MARKED} AND k.changed_at > $7 AND {belongs}",
        f"{_JUST_READ} AND s.read_at > $7 AND {belongs}",
    ]


def _conditions(search: Search) -> str:
    """Write what is asked of every letter."""
    wanted = ["m.deleted_at = 0", "m.id >= s.first_id", "m.created_at >= $2", "m.created_at < $3"]
    wanted.append("k.deleted_at > 0" if search.folder == "deleted" else "COALESCE(k.deleted_at, 0) = 0")
    if search.favorites_only:
        wanted.append("k.favorite_at > 0")
    return " AND ".join(wanted)


def _letter(row: Sequence[object]) -> Letter:
    values = tuple(row)
    message = Message(*values[:_MESSAGE_WIDTH])  # type: ignore[arg-type]  # columns in the order of the fields
    return Letter(message, *values[_MESSAGE_WIDTH:])  # type: ignore[arg-type]  # columns in the order of the fields
