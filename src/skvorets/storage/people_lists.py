"""Lists of people by conditions: the directory as programs search it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from skvorets.storage.conditions import Column, Condition, order_by, where
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

_IN_DEPARTMENT = "EXISTS (SELECT 1 FROM department_people AS d WHERE d.person_id = people.id AND {})"
# He himself, and who shares a chat with him that is not a private dialog, as for ``members.sharing_a_chat``.
_SHARES_A_CHAT = (
    "EXISTS (SELECT 1 FROM (SELECT people.id AS mate_id"
    " UNION ALL SELECT a.person_id FROM members AS a JOIN members AS b ON b.chat_id = a.chat_id"
    " JOIN chats AS c ON c.id = a.chat_id WHERE b.person_id = people.id AND c.kind <> 'private') AS mates WHERE {})"
)
COLUMNS: Mapping[str, Column] = {
    **{name: Column(f"people.{name}") for name in Person.__struct_fields__},
    "department": Column("d.department_id", _IN_DEPARTMENT),
    "chat_mate": Column("mates.mate_id", _SHARES_A_CHAT),
    "full_name": Column("(people.first_name || ' ' || people.last_name || ' ' || people.work_position)"),
    # Who was seen lately is online: compared as the time of the last sight.
    "online": Column("(CASE WHEN people.last_seen >= $1 THEN 1 ELSE 0 END)"),
}
_COLUMNS = ", ".join(f"people.{name}" for name in Person.__struct_fields__)


class PeopleQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which people are wanted. Only real ones: bots, guests and the like have lists of their own."""

    conditions: Sequence[Condition]
    order: Sequence[tuple[str, bool]]
    online_since: int  # unix milliseconds
    limit: int
    offset: int


async def select(tx: Tx, query: PeopleQuery) -> list[Person]:
    """The people that fit."""
    test, args = _where(query)
    args += [query.limit, query.offset]
    rows = await tx.rows(
        f"SELECT {_COLUMNS} FROM people WHERE {test} ORDER BY {order_by(query.order, COLUMNS)}"
        f" LIMIT ${len(args) - 1} OFFSET ${len(args)}",
        *args,
    )
    return [Person(*row) for row in rows]


async def count(tx: Tx, query: PeopleQuery) -> int:
    """How many people fit, whatever part of them is wanted."""
    test, args = _where(query)
    return int(await tx.val(f"SELECT count(*) FROM people WHERE {test}", *args))


async def born_on(tx: Tx, month_and_day: str, limit: int) -> list[Person]:
    """The active employees born on a day such as ``03-12``, by id."""
    # The conditions are those of the index people_by_birthday, word by word.
    rows = await tx.rows(
        f"SELECT {_COLUMNS} FROM people WHERE birthday <> '' AND substr(birthday, 6, 5) = $1"
        " AND kind = 'human' AND active = 1 AND extranet = 0 ORDER BY id LIMIT $2",
        month_and_day,
        limit,
    )
    return [Person(*row) for row in rows]


def _where(query: PeopleQuery) -> tuple[str, list[object]]:
    args: list[object] = [query.online_since]
    return f"CAST($1 AS BIGINT) >= 0 AND people.kind = 'human' AND {where(query.conditions, COLUMNS, args)}", args
