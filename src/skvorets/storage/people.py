"""The directory's people: rows of ``people``. Humans, bots, guests of lines and network bots share one id space."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from skvorets.storage import search_words
from skvorets.storage.columns import columns_of
from skvorets.storage.database import Tx
from skvorets.storage.search_words import Owned


class Person(msgspec.Struct, frozen=True):
    """One person of the directory. Times are unix milliseconds, 0 = never."""

    id: int
    kind: str  # human, bot, guest, network
    active: int
    admin: int
    extranet: int
    first_name: str
    last_name: str
    work_position: str
    gender: str  # M, F or empty
    birthday: str  # YYYY-MM-DD or empty
    color: str  # chosen colour's name or empty
    avatar: str  # digest in the blob store or empty
    email: str
    www: str
    work_phone: str
    personal_mobile: str
    personal_phone: str
    inner_phone: str
    language: str
    status: str
    idle_since: int
    absent_until: int
    last_seen: int
    created_at: int

    @property
    def name(self) -> str:
        """First and last name as people read it."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def is_bot(self) -> bool:
        """Is this a bot (its own or of the network)?"""
        return self.kind in {"bot", "network"}


class Window(msgspec.Struct, frozen=True):
    """Which part of a list ordered by id is wanted."""

    limit: int
    offset: int = 0
    after_id: int = 0  # only ids above this one


_COLUMNS = ", ".join(Person.__struct_fields__)
_OF_CHAT_COLUMNS = ", ".join(f"p.{name}" for name in Person.__struct_fields__)
# Always one row, of nothing when there is no such person: see storage/postgres_side_by_side.py.
_FIND = f"SELECT {_COLUMNS} FROM (SELECT 1) always LEFT JOIN people ON id = $1"
_FIND_MANY = f"SELECT {_COLUMNS} FROM people WHERE id = ANY($1) ORDER BY id"
_ALL = f"SELECT {_COLUMNS} FROM people WHERE active = 1 AND kind = $1 ORDER BY last_name, first_name, id"
_INSERT = (
    f"INSERT INTO people ({', '.join(Person.__struct_fields__[1:])}) "
    f"VALUES ({', '.join(f'${n}' for n in range(1, len(Person.__struct_fields__)))}) RETURNING id"
)
_CHANGEABLE = columns_of("people", Person, "id", "kind", "created_at")


async def find(tx: Tx, person_id: int) -> Person | None:
    """The person with this id, also an inactive one."""
    row = await tx.one(_FIND, person_id)
    return None if row[0] is None else Person(*row)


async def find_many(tx: Tx, ids: Iterable[int]) -> dict[int, Person]:
    """The people with these ids, by id; unknown ids are left out."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    return {row[0]: Person(*row) for row in await tx.rows(_FIND_MANY, wanted)}


async def of_chat(tx: Tx, chat_id: int, kinds: Collection[str], window: Window) -> list[Person]:
    """Active members of a chat that are of these kinds, by id."""
    places = ", ".join(f"${number}" for number in range(5, 5 + len(kinds)))
    rows = await tx.rows(
        f"SELECT {_OF_CHAT_COLUMNS} FROM members m JOIN people p ON p.id = m.person_id"
        f" WHERE m.chat_id = $1 AND m.person_id > $2 AND p.active = 1 AND p.kind IN ({places})"
        " ORDER BY m.person_id LIMIT $3 OFFSET $4",
        chat_id,
        window.after_id,
        window.limit,
        window.offset,
        *kinds,
    )
    return [Person(*row) for row in rows]


async def count_of_chat(tx: Tx, chat_id: int, kinds: Collection[str]) -> int:
    """Count the active members of a chat that are of these kinds."""
    places = ", ".join(f"${number}" for number in range(2, 2 + len(kinds)))
    count: int = await tx.val(
        "SELECT count(*) FROM members m JOIN people p ON p.id = m.person_id"
        f" WHERE m.chat_id = $1 AND p.active = 1 AND p.kind IN ({places})",
        chat_id,
        *kinds,
    )
    return count


async def all_active(tx: Tx, kind: str) -> list[Person]:
    """All active people of a kind, by last name."""
    return [Person(*row) for row in await tx.rows(_ALL, kind)]


async def has_human_email(tx: Tx, email: str) -> bool:
    """Is this the e-mail of a real person, in any letter case?"""
    found = await tx.val(
        "SELECT 1 FROM people WHERE kind = 'human' AND lower(email) = lower(CAST($1 AS TEXT)) LIMIT 1", email
    )
    return found is not None


async def every(tx: Tx) -> list[Person]:
    """All people of every kind, the inactive ones, too, oldest first."""
    return [Person(*row) for row in await tx.rows(f"SELECT {_COLUMNS} FROM people ORDER BY id")]


async def insert(tx: Tx, person: Person) -> int:
    """Store a new person (its ``id`` is ignored) and return the id."""
    values = msgspec.structs.astuple(person)[1:]
    new_id: int = await tx.val(_INSERT, *values)
    words = search_words.of_person([getattr(person, name) for name in search_words.PERSON_COLUMNS])
    await search_words.insert(tx, search_words.PERSON, [Owned(new_id, words)])
    return new_id


async def change(tx: Tx, person_id: int, **values: object) -> None:
    """Set columns of a person; names are columns of ``people``."""
    assignments = _CHANGEABLE.assign(values, 3)
    await tx.do(f"UPDATE people SET changed_at = $2, {assignments} WHERE id = $1", person_id, tx.now, *values.values())
    await search_words.keep_person(tx, person_id, values)


async def changed_at_of(tx: Tx, ids: Iterable[int]) -> dict[int, int]:
    """When each of these people was changed for the last time, unix milliseconds; who never was is left out."""
    rows = await tx.rows("SELECT id, changed_at FROM people WHERE id = ANY($1) AND changed_at > 0", sorted(set(ids)))
    return {row[0]: row[1] for row in rows}


async def departments_of(tx: Tx, ids: Iterable[int]) -> dict[int, list[int]]:
    """Department ids of each person, ascending; people without a department are left out."""
    found: dict[int, list[int]] = {}
    rows = await tx.rows(
        "SELECT person_id, department_id FROM department_people WHERE person_id = ANY($1)"
        " ORDER BY person_id, department_id",
        sorted(set(ids)),
    )
    for person_id, department_id in rows:
        found.setdefault(person_id, []).append(department_id)
    return found
