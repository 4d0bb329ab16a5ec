"""Rows of ``members``: who takes part in a chat and what he has read.

Unread is arithmetic, never a row write per member and message: see ``core/reads.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from skvorets.storage import chats
from skvorets.storage.chats import Chat
from skvorets.storage.columns import columns_of
from skvorets.storage.database import Tx


class Special(NamedTuple):
    """A member who manages the chat or has silenced it."""

    chat_id: int
    person_id: int
    manager: int
    muted: int


class Reader(NamedTuple):
    """How far a member has read."""

    person_id: int
    first_name: str
    last_name: str
    read_id: int  # last read message
    read_at: int  # unix milliseconds, 0 = he has only joined

    @property
    def name(self) -> str:
        """First and last name as people read it."""
        return f"{self.first_name} {self.last_name}".strip()


class Member(msgspec.Struct, frozen=True):
    """One person's part in one chat. Times are unix milliseconds."""

    chat_id: int
    person_id: int
    is_bot: int
    manager: int
    muted: int
    invited_by: int
    joined_at: int
    joined_seq: int
    first_id: int  # messages with smaller ids are hidden
    read_seq: int
    read_id: int
    read_at: int
    own_unread: int
    marked_unread: int
    pinned_at: int
    hidden_seq: int
    changed_at: int = 0  # other than by reading: pinned, muted, marked …


COLUMNS = ", ".join(f"m.{name}" for name in Member.__struct_fields__)
_FIND = f"SELECT {COLUMNS} FROM members m WHERE m.chat_id = $1 AND m.person_id = $2"
_ALL = f"SELECT {COLUMNS} FROM members m WHERE m.chat_id = $1 ORDER BY m.joined_at, m.person_id"
_BOTS = f"SELECT {COLUMNS} FROM members m WHERE m.chat_id = $1 AND m.is_bot = 1 ORDER BY m.person_id"
# Always one row, of nothing when there is no such chat: see storage/postgres_side_by_side.py.
_CHAT_AND_MEMBER = (
    f"SELECT {chats.COLUMNS}, {COLUMNS} FROM (SELECT CAST($1 AS BIGINT) AS id) wanted"
    " LEFT JOIN chats c ON c.id = wanted.id LEFT JOIN members m ON m.chat_id = c.id AND m.person_id = $2"
)
_PRIVATE_AND_MEMBER = (
    f"SELECT {chats.COLUMNS}, {COLUMNS} FROM (SELECT 1) always"
    " LEFT JOIN private_chats p ON p.low_id = $1 AND p.high_id = $2 LEFT JOIN chats c ON c.id = p.chat_id"
    " LEFT JOIN members m ON m.chat_id = c.id AND m.person_id = $3"
)
_OF_PERSON = f"SELECT {chats.COLUMNS}, {COLUMNS} FROM members m JOIN chats c ON c.id = m.chat_id WHERE m.person_id = $1"
# The condition is the one of the index members_special, word by word.
_SPECIAL = (
    "SELECT chat_id, person_id, manager, muted FROM members"
    " WHERE chat_id = ANY($1) AND (manager = 1 OR muted = 1) ORDER BY chat_id, person_id"
)
_READER = "SELECT m.person_id, p.first_name, p.last_name, m.read_id, m.read_at"
_OTHERS = "FROM members m JOIN people p ON p.id = m.person_id WHERE m.chat_id = $1 AND m.person_id <> $2"
_HAS_READ = f"{_OTHERS} AND m.read_at > 0"
_READERS = f"{_READER} {_OTHERS} AND p.active = 1 ORDER BY m.read_at DESC, m.person_id LIMIT $3"
_VIEWERS = f"{_READER} {_HAS_READ} AND m.read_seq >= $4 ORDER BY m.read_at, m.person_id LIMIT $3"
_LAST_VIEWERS = f"{_READER} {_HAS_READ} AND m.read_seq >= $4 ORDER BY m.read_at DESC, m.person_id LIMIT $3"
_COUNT_VIEWERS = f"SELECT count(*) {_HAS_READ} AND m.read_seq >= $3"
_FIRST_UNREAD = (
    "SELECT m.chat_id, (SELECT min(x.id) FROM messages x WHERE x.chat_id = m.chat_id AND x.id > m.read_id)"
    " FROM members m WHERE m.person_id = $1 AND m.chat_id = ANY($2)"
)
_OF_ENTITY = (
    f"SELECT {chats.COLUMNS}, {COLUMNS} FROM chats c"
    " LEFT JOIN members m ON m.chat_id = c.id AND m.person_id = $1"
    " WHERE c.entity_type = $2 AND c.entity_id = $3 AND c.entity_type <> '' ORDER BY c.id DESC"
)
_SEATS = (
    f"SELECT {chats.COLUMNS}, {COLUMNS} FROM chats c LEFT JOIN members m ON m.chat_id = c.id AND m.person_id = $1"
    " WHERE c.id = ANY($2)"
)
_INSERT = (
    "INSERT INTO members (chat_id, person_id, is_bot, invited_by, joined_at, joined_seq, first_id, read_seq, read_id)"
    " SELECT CAST($2 AS BIGINT), id, CAST($3 AS SMALLINT), CAST($4 AS BIGINT), CAST($5 AS BIGINT), CAST($6 AS BIGINT),"
    " CAST($7 AS BIGINT), CAST($8 AS BIGINT), CAST($9 AS BIGINT) FROM people WHERE id = ANY($1)"
)
_CHAT_WIDTH = len(Chat.__struct_fields__)
_CHANGEABLE = columns_of("members", Member, "chat_id", "person_id", "changed_at")


async def find(tx: Tx, chat_id: int, person_id: int) -> Member | None:
    """The person's part in the chat."""
    row = await tx.row(_FIND, chat_id, person_id)
    return None if row is None else Member(*row)


async def chat_and_member(tx: Tx, chat_id: int, person_id: int) -> tuple[Chat, Member | None] | None:
    """The chat and the person's part in it, by one look."""
    row = await tx.one(_CHAT_AND_MEMBER, chat_id, person_id)
    return None if row[0] is None else _split(row)


async def private_and_member(tx: Tx, one: int, other: int) -> tuple[Chat, Member | None] | None:
    """The private dialog of two people and the first one's part in it."""
    row = await tx.one(_PRIVATE_AND_MEMBER, min(one, other), max(one, other), one)
    return None if row[0] is None else _split(row)


async def of_entity(tx: Tx, person_id: int, entity_type: str, entity_id: str) -> list[tuple[Chat, Member | None]]:
    """Chats made for this entity with the person's part in each, the newest first."""
    return [_split(row) for row in await tx.rows(_OF_ENTITY, person_id, entity_type, entity_id)]


async def seats_of(tx: Tx, person_id: int, chat_ids: Iterable[int]) -> dict[int, tuple[Chat, Member | None]]:
    """The chats with these ids with the person's part in each, by id; no query when there are no ids."""
    wanted = sorted(set(chat_ids))
    rows = await tx.rows(_SEATS, person_id, wanted) if wanted else []
    return {row[0]: _split(row) for row in rows}


async def chats_of(tx: Tx, person_id: int) -> list[tuple[Chat, Member]]:
    """All chats of a person with his part in each, in no order."""
    rows = map(tuple, await tx.rows(_OF_PERSON, person_id))
    return [(Chat(*row[:_CHAT_WIDTH]), Member(*row[_CHAT_WIDTH:])) for row in rows]


async def of_person_in(tx: Tx, person_id: int, chat_ids: Sequence[int]) -> dict[int, Member]:
    """The person's parts in these chats, by chat id."""
    statement = f"SELECT {COLUMNS} FROM members m WHERE m.person_id = $1 AND m.chat_id = ANY($2)"
    return {row[0]: Member(*row) for row in await tx.rows(statement, person_id, list(chat_ids))}


async def chat_ids_of(tx: Tx, person_id: int) -> list[int]:
    """Ids of all chats of a person."""
    return [row[0] for row in await tx.rows("SELECT chat_id FROM members WHERE person_id = $1", person_id)]


async def first_ids_of(tx: Tx, person_id: int) -> dict[int, int]:
    """All chats of a person: the id of the first message that he sees in each."""
    rows = await tx.rows("SELECT chat_id, first_id FROM members WHERE person_id = $1", person_id)
    return {row[0]: row[1] for row in rows}


async def first_ids_in(tx: Tx, chat_id: int, person_ids: Iterable[int]) -> dict[int, int]:
    """Those of the given people who are members: the id of the first message that each sees."""
    rows = await tx.rows(
        "SELECT person_id, first_id FROM members WHERE chat_id = $1 AND person_id = ANY($2)",
        chat_id,
        sorted(set(person_ids)),
    )
    return {row[0]: row[1] for row in rows}


async def all_of(tx: Tx, chat_id: int) -> list[Member]:
    """All members in the order in which they joined."""
    return [Member(*row) for row in await tx.rows(_ALL, chat_id)]


async def heir_of(tx: Tx, chat_id: int) -> int:
    """Who gets a chat that is left by its owner: the one who was there longest, bots and people from outside last.

    0 when no active member is left.
    """
    heir: int | None = await tx.val(
        "SELECT m.person_id FROM members m JOIN people p ON p.id = m.person_id WHERE m.chat_id = $1 AND p.active = 1"
        " ORDER BY m.is_bot, p.extranet, m.joined_at, m.person_id LIMIT 1",
        chat_id,
    )
    return heir or 0


async def has_extranet(tx: Tx, chat_id: int) -> bool:
    """Is anybody from outside a member?"""
    found = await tx.val(
        "SELECT 1 FROM members m JOIN people p ON p.id = m.person_id WHERE m.chat_id = $1 AND p.extranet = 1 LIMIT 1",
        chat_id,
    )
    return found is not None


async def bots_of(tx: Tx, chat_id: int) -> list[Member]:
    """The members that are bots."""
    return [Member(*row) for row in await tx.rows(_BOTS, chat_id)]


async def ids_of(tx: Tx, chat_id: int) -> list[int]:
    """Ids of all members in the order in which they joined."""
    rows = await tx.rows("SELECT person_id FROM members WHERE chat_id = $1 ORDER BY joined_at, person_id", chat_id)
    return [row[0] for row in rows]


async def active_ids_of(tx: Tx, chat_id: int) -> list[int]:
    """Ids of the members who are active people, in the order in which they joined."""
    rows = await tx.rows(
        "SELECT m.person_id FROM members m JOIN people p ON p.id = m.person_id WHERE m.chat_id = $1 AND p.active = 1"
        " ORDER BY m.joined_at, m.person_id",
        chat_id,
    )
    return [row[0] for row in rows]


async def readers_of(tx: Tx, chat_id: int, but: int, limit: int) -> list[Reader]:
    """Active members without one person: who read last first, those who have not read anything last."""
    return [Reader(*row) for row in await tx.rows(_READERS, chat_id, but, limit)]


async def viewers_of(tx: Tx, chat_id: int, seq: int, but: int, limit: int) -> tuple[list[Reader], int]:
    """Those who have read the message with this number, without its author: the first of them, and how many."""
    found = [Reader(*row) for row in await tx.rows(_VIEWERS, chat_id, but, limit, seq)]
    if len(found) < limit:
        return found, len(found)
    return found, await tx.val(_COUNT_VIEWERS, chat_id, but, seq)


async def last_viewers_of(tx: Tx, chat_id: int, seq: int, but: int, limit: int) -> tuple[list[Reader], int]:
    """The same, those who looked last first."""
    found = [Reader(*row) for row in await tx.rows(_LAST_VIEWERS, chat_id, but, limit, seq)]
    if len(found) < limit:
        return found, len(found)
    return found, await tx.val(_COUNT_VIEWERS, chat_id, but, seq)


async def present_among(tx: Tx, chat_id: int, person_ids: Iterable[int]) -> set[int]:
    """Those of the given people who are members."""
    rows = await tx.rows(
        "SELECT person_id FROM members WHERE chat_id = $1 AND person_id = ANY($2)", chat_id, sorted(set(person_ids))
    )
    return {row[0] for row in rows}


async def special_of(tx: Tx, chat_ids: Sequence[int]) -> dict[int, list[Special]]:
    """The managers and those who have silenced the chat, by chat."""
    found: dict[int, list[Special]] = {}
    for row in await tx.rows(_SPECIAL, list(chat_ids)):
        found.setdefault(row[0], []).append(Special(*row))
    return found


async def first_unread_ids(tx: Tx, mine: Sequence[Member]) -> dict[int, int]:
    """Ids of the first messages after the read mark, by chat; all members are one person's. No query for none."""
    if not mine:
        return {}
    rows = await tx.rows(_FIRST_UNREAD, mine[0].person_id, [one.chat_id for one in mine])
    return {row[0]: row[1] for row in rows if row[1] is not None}


async def insert(tx: Tx, members: Sequence[Member]) -> None:
    """Add members of one chat; read marks begin at ``read_seq``. One statement for all who are alike."""
    alike: dict[tuple[int, ...], list[int]] = {}
    for one in members:
        shared = (one.chat_id, one.is_bot, one.invited_by, one.joined_at, one.joined_seq)
        alike.setdefault((*shared, one.first_id, one.read_seq, one.read_id), []).append(one.person_id)
    for values, person_ids in alike.items():
        await tx.do(_INSERT, person_ids, *values)
    if members:
        await tx.do("UPDATE chats SET member_count = member_count + $2 WHERE id = $1", members[0].chat_id, len(members))


async def delete(tx: Tx, chat_id: int, person_id: int) -> bool:
    """Remove a member; was he one?"""
    if not await tx.do("DELETE FROM members WHERE chat_id = $1 AND person_id = $2", chat_id, person_id):
        return False
    await tx.do("UPDATE chats SET member_count = member_count - 1 WHERE id = $1", chat_id)
    return True


async def remove_all(tx: Tx, chat_ids: list[int]) -> dict[int, list[int]]:
    """Remove everybody from these chats; who was there, by chat."""
    found: dict[int, list[int]] = {}
    rows = await tx.rows(
        "SELECT chat_id, person_id FROM members WHERE chat_id = ANY($1) ORDER BY chat_id, person_id", chat_ids
    )
    for chat_id, person_id in rows:
        found.setdefault(chat_id, []).append(person_id)
    await tx.do("DELETE FROM members WHERE chat_id = ANY($1)", chat_ids)
    await tx.do("UPDATE chats SET member_count = 0 WHERE id = ANY($1)", chat_ids)
    return found


async def change(tx: Tx, chat_id: int, person_id: int, **values: object) -> None:
    """Set columns of a member; names are columns of ``members``."""
    assignments = _CHANGEABLE.assign(values, 4)
    await tx.do(
        f"UPDATE members SET changed_at = $3, {assignments} WHERE chat_id = $1 AND person_id = $2",
        chat_id,
        person_id,
        tx.now,
        *values.values(),
    )


async def mark_read(tx: Tx, chat_id: int, person_id: int, seq: int, message_id: int) -> None:
    """The person has read everything up to this message (by writing it or looking at it)."""
    await tx.do(
        "UPDATE members SET read_seq = $3, read_id = $4, read_at = $5, own_unread = 0, marked_unread = 0"
        " WHERE chat_id = $1 AND person_id = $2",
        chat_id,
        person_id,
        seq,
        message_id,
        tx.now,
    )


async def mark_all_read(tx: Tx, person_id: int) -> list[tuple[int, int, int]]:
    """The person has read every chat but his notifications to its end.

    Gives those that he had not: number of the chat, number and id of its newest message, by chat.
    """
    rows = await tx.rows(
        "UPDATE members SET read_seq = c.last_seq, read_id = c.last_message_id, read_at = $2, own_unread = 0,"
        " marked_unread = 0 FROM chats c WHERE c.id = members.chat_id AND members.person_id = $1"
        " AND members.read_seq < c.last_seq AND c.kind <> 'notifications'"
        " RETURNING members.chat_id, members.read_seq, members.read_id",
        person_id,
        tx.now,
    )
    return sorted((row[0], row[1], row[2]) for row in rows)


async def unmark_all(tx: Tx, person_id: int) -> list[int]:
    """Take away the marks that a person has set by hand, but that of his notifications; the chats that had one."""
    rows = await tx.rows(
        "UPDATE members SET marked_unread = 0, changed_at = $2 WHERE person_id = $1 AND marked_unread = 1"
        " AND chat_id IN (SELECT id FROM chats WHERE id = members.chat_id AND kind <> 'notifications')"
        " RETURNING chat_id",
        person_id,
        tx.now,
    )
    return sorted(row[0] for row in rows)


def _split(row: Sequence[object]) -> tuple[Chat, Member | None]:
    values = tuple(row)
    chat = Chat(*values[:_CHAT_WIDTH])  # type: ignore[arg-type]  # columns in the order of the fields
    if values[_CHAT_WIDTH] is None:
        return chat, None
    return chat, Member(*values[_CHAT_WIDTH:])  # type: ignore[arg-type]  # columns in the order of the fields


async def share_a_chat(tx: Tx, one: int, other: int) -> bool:
    """Do two people take part in the same chat that is not a private dialog?"""
    found = await tx.val(
        "SELECT 1 FROM members a JOIN members b ON b.chat_id = a.chat_id JOIN chats c ON c.id = a.chat_id"
        " WHERE a.person_id = $1 AND b.person_id = $2 AND c.kind <> 'private' LIMIT 1",
        one,
        other,
    )
    return found is not None


async def sharing_a_chat(tx: Tx, person_id: int, others: Iterable[int]) -> set[int]:
    """Those of the others who take part in a chat with the person that is not a private dialog."""
    rows = await tx.rows(
        "SELECT DISTINCT b.person_id FROM members a JOIN members b ON b.chat_id = a.chat_id"
        " JOIN chats c ON c.id = a.chat_id"
        " WHERE a.person_id = $1 AND b.person_id = ANY($2) AND c.kind <> 'private'",
        person_id,
        sorted(set(others)),
    )
    return {row[0] for row in rows}
