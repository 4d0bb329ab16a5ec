"""Rows of ``notifications``, and the chats that stand for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec

from skvorets.storage.database import ConflictError, Tx

# Larger than any id.
NO_UPPER_ID = 2**62


class Notification(msgspec.Struct, frozen=True, kw_only=True):
    """Something that one person is told. Times are unix milliseconds."""

    id: int
    person_id: int
    author_id: int  # 0 = the system
    kind: int  # 1 asks for an answer by buttons, 2 of a person, 4 of the system
    module: str
    event: str
    client_id: str  # the program whose tags these are, empty = the server itself
    tag: str
    sub_tag: str
    title: str
    text: str  # with BB codes
    params: str | None  # JSON object
    buttons: str | None  # JSON list of core.notifications.Button
    created_at: int
    is_read: int

    def read_params(self) -> dict[str, Any]:
        """Give the params as a new mapping, empty when there are none."""
        return msgspec.json.decode(self.params) if self.params else {}


class Removed(NamedTuple):
    """A notification that is gone."""

    id: int
    person_id: int


class Labels(NamedTuple):
    """By what notifications of one program are found, in the order of the indexes."""

    name: str  # the tag or the group tag
    client_id: str
    module: str


_FIELDS = Notification.__struct_fields__
_COLUMNS = ", ".join(_FIELDS)
_INSERT = (
    f"INSERT INTO notifications ({', '.join(_FIELDS[1:-1])})"
    " SELECT p.id, CAST($2 AS BIGINT), CAST($3 AS SMALLINT), CAST($4 AS TEXT), CAST($5 AS TEXT), CAST($6 AS TEXT),"
    " CAST($7 AS TEXT), CAST($8 AS TEXT), CAST($9 AS TEXT), CAST($10 AS TEXT), CAST($11 AS TEXT), CAST($12 AS TEXT),"
    " CAST($13 AS BIGINT) FROM people p WHERE p.id = ANY($1) ORDER BY p.id"
    " ON CONFLICT DO NOTHING RETURNING person_id, id"
)
_OF_PERSON = f"SELECT {_COLUMNS} FROM notifications WHERE person_id = $1 AND id < $2"
# The condition is the one of the index notifications_to_confirm, word by word.
_TO_CONFIRM = f"{_OF_PERSON} AND kind = 1 ORDER BY id DESC LIMIT $3"
_ORDINARY = f"{_OF_PERSON} AND kind <> 1 ORDER BY id DESC LIMIT $3"
_MARK = "UPDATE notifications SET is_read = CAST($1 AS SMALLINT)"
_REMOVE = "DELETE FROM notifications WHERE"
_REMOVED = "RETURNING id, person_id"
_OPEN_CHATS = (
    "INSERT INTO chats (kind, owner_id, created_at, member_count)"
    " SELECT 'notifications', p.id, CAST($2 AS BIGINT), 1 FROM people p WHERE p.id = ANY($1) ORDER BY p.id"
    " ON CONFLICT DO NOTHING RETURNING id"
)
_SEAT_OWNERS = (
    "INSERT INTO members (chat_id, person_id, joined_at, joined_seq)"
    " SELECT c.id, c.owner_id, c.created_at, 0 FROM chats c WHERE c.id = ANY($1)"
)


async def find(tx: Tx, notification_id: int, person_id: int) -> Notification | None:
    """The notification with this id if it is this person's."""
    row = await tx.row(
        f"SELECT {_COLUMNS} FROM notifications WHERE id = $1 AND person_id = $2", notification_id, person_id
    )
    return None if row is None else _of_row(row)


async def insert(tx: Tx, new: Notification, person_ids: Sequence[int]) -> dict[int, int]:
    """Store the same notification for many people, unread (``id`` and ``person_id`` are ignored); its id by person.

    Raises LookupError for unknown people, ConflictError when another transaction stored one with this tag meanwhile.
    """
    wanted = sorted(set(person_ids))
    rows = await tx.rows(_INSERT, wanted, *msgspec.structs.astuple(new)[2:-1])
    if len(rows) != len(wanted):
        if await tx.val("SELECT count(*) FROM people WHERE id = ANY($1)", wanted) != len(wanted):
            raise LookupError(wanted)
        raise ConflictError
    return {row[0]: row[1] for row in rows}


async def page(tx: Tx, person_id: int, *, below_id: int, limit: int, to_confirm: bool) -> list[Notification]:
    """Notifications with smaller ids, the newest first: those that ask for an answer, or the others."""
    rows = await tx.rows(_TO_CONFIRM if to_confirm else _ORDINARY, person_id, below_id, limit)
    return [_of_row(row) for row in rows]


async def newest(tx: Tx, person_id: int, *, below_id: int, limit: int) -> list[Notification]:
    """Notifications of every kind with smaller ids, the newest first."""
    rows = await tx.rows(f"{_OF_PERSON} ORDER BY id DESC LIMIT $3", person_id, below_id, limit)
    return [_of_row(row) for row in rows]


async def count(tx: Tx, person_id: int) -> int:
    """Count all notifications of a person."""
    found: int = await tx.val("SELECT count(*) FROM notifications WHERE person_id = $1", person_id)
    return found


async def count_unread(tx: Tx, person_ids: Iterable[int]) -> dict[int, int]:
    """Count the unread notifications of each person; people without any are left out."""
    rows = await tx.rows(
        "SELECT person_id, count(*) FROM notifications WHERE person_id = ANY($1) AND is_read = 0 GROUP BY person_id",
        sorted(set(person_ids)),
    )
    return {row[0]: row[1] for row in rows}


async def mark(tx: Tx, person_id: int, ids: Sequence[int], *, is_read: bool, with_confirmations: bool) -> list[int]:
    """Mark some notifications of a person as read or unread; ids of those that were not so before."""
    kinds = "" if with_confirmations else "AND kind <> 1"
    rows = await tx.rows(
        f"{_MARK} WHERE person_id = $2 AND id = ANY($3) AND is_read <> $1 {kinds} RETURNING id",
        int(is_read),
        person_id,
        list(ids),
    )
    return sorted(row[0] for row in rows)


async def mark_range(tx: Tx, person_id: int, first_id: int, last_id: int, *, is_read: bool) -> list[int]:
    """Mark all notifications of a person from one id to another, as ``mark`` does."""
    # The condition is written out for the index of the unread ones.
    rows = await tx.rows(
        f"{_MARK} WHERE person_id = $2 AND id >= $3 AND id <= $4 AND is_read = {int(not is_read)} RETURNING id",
        int(is_read),
        person_id,
        first_id,
        last_id,
    )
    return sorted(row[0] for row in rows)


async def newest_id(tx: Tx, person_id: int, up_to: int) -> int | None:
    """Id of the person's newest notification that is not newer than this one."""
    found: int | None = await tx.val(
        "SELECT max(id) FROM notifications WHERE person_id = $1 AND id <= $2", person_id, up_to
    )
    return found


async def remove(tx: Tx, notification_id: int, person_id: int) -> list[Removed]:
    """Remove one notification of a person."""
    return await _removed(tx, f"{_REMOVE} id = $1 AND person_id = $2 {_REMOVED}", notification_id, person_id)


async def remove_tagged(tx: Tx, labels: Labels, person_ids: Sequence[int] | None = None) -> list[Removed]:
    """Remove what one program sent with this tag, to these people or to all."""
    found = f"{_REMOVE} tag = $1 AND client_id = $2 AND module = $3 AND tag <> ''"
    if person_ids is None:
        return await _removed(tx, f"{found} {_REMOVED}", *labels)
    return await _removed(tx, f"{found} AND person_id = ANY($4) {_REMOVED}", *labels, sorted(set(person_ids)))


async def remove_grouped(tx: Tx, labels: Labels) -> list[Removed]:
    """Remove what one program sent with this group tag, to whomever."""
    statement = f"{_REMOVE} sub_tag = $1 AND client_id = $2 AND module = $3 AND sub_tag <> '' {_REMOVED}"
    return await _removed(tx, statement, *labels)


async def listeners_among(tx: Tx, chat_id: int, person_ids: Iterable[int]) -> list[int]:
    """Those of the people who take part in a chat, are active humans and have not silenced it."""
    rows = await tx.rows(
        "SELECT m.person_id FROM members m JOIN people p ON p.id = m.person_id WHERE m.chat_id = $1"
        " AND m.person_id = ANY($2) AND m.muted = 0 AND p.active = 1 AND p.kind = 'human' ORDER BY m.person_id",
        chat_id,
        sorted(set(person_ids)),
    )
    return [row[0] for row in rows]


async def listeners_to_open(tx: Tx, chat_id: int, person_ids: Iterable[int]) -> list[int]:
    """Those of the people who may read an open chat, are active humans and have not silenced it."""
    rows = await tx.rows(
        "SELECT p.id FROM people p LEFT JOIN members m ON m.chat_id = $1 AND m.person_id = p.id WHERE p.id = ANY($2)"
        " AND p.active = 1 AND p.kind = 'human' AND COALESCE(m.muted, 0) = 0"
        " AND (p.extranet = 0 OR m.person_id IS NOT NULL) ORDER BY p.id",
        chat_id,
        sorted(set(person_ids)),
    )
    return [row[0] for row in rows]


async def prune(tx: Tx, *, before: int, limit: int) -> int:
    """Remove some notifications older than a time (unix milliseconds); how many."""
    return await tx.do(
        f"{_REMOVE} id IN (SELECT id FROM notifications WHERE created_at < $1 ORDER BY created_at LIMIT $2)",
        before,
        limit,
    )


async def chat_id_of(tx: Tx, person_id: int) -> int | None:
    """Id of the chat that stands for a person's notifications; None before the first one."""
    return (await chat_ids_of(tx, [person_id])).get(person_id)


async def chat_ids_of(tx: Tx, person_ids: Iterable[int]) -> dict[int, int]:
    """The chats that stand for people's notifications, by person."""
    rows = await tx.rows(
        "SELECT owner_id, id FROM chats WHERE kind = 'notifications' AND owner_id = ANY($1)", sorted(set(person_ids))
    )
    return {row[0]: row[1] for row in rows}


async def open_chats(tx: Tx, person_ids: Sequence[int]) -> None:
    """Make the chats that stand for people's notifications; the people exist and none of them has one.

    Raises ConflictError when another transaction made one meanwhile.
    """
    rows = await tx.rows(_OPEN_CHATS, sorted(person_ids), tx.now)
    if len(rows) != len(person_ids):
        raise ConflictError
    await tx.do(_SEAT_OWNERS, [row[0] for row in rows])


async def _removed(tx: Tx, statement: str, *args: object) -> list[Removed]:
    return [Removed(*row) for row in await tx.rows(statement, *args)]


def _of_row(row: Sequence[Any]) -> Notification:
    return Notification(**dict(zip(_FIELDS, row, strict=True)))
