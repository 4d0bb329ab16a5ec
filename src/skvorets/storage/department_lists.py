"""People by their departments, and everybody by name. Only the company's own active people are in these lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from skvorets.storage.database import Tx
from skvorets.storage.people import Person, Window

_COLUMNS = ", ".join(f"p.{name}" for name in Person.__struct_fields__)
# Word by word the condition of the index people_by_name.
_EMPLOYED = "p.kind = 'human' AND p.active = 1 AND p.extranet = 0"
_BY_NAME = "ORDER BY p.last_name, p.first_name, p.id"
# The departments in which a person ($1) is, and those that he heads.
_OWN = (
    "SELECT department_id FROM department_people WHERE person_id = $1"
    " UNION SELECT id FROM departments WHERE head_id = $1"
)
_COLLEAGUES = (
    f"{_EMPLOYED} AND p.id <> $1 AND p.id IN ("
    f"SELECT person_id FROM department_people WHERE department_id IN ({_OWN})"
    f" UNION SELECT head_id FROM departments WHERE id IN ({_OWN})"
    " UNION SELECT head_id FROM departments WHERE head_id <> 0"
    " AND EXISTS (SELECT 1 FROM departments WHERE head_id = $1))"
)
_SHARES_A_CHAT = (
    "(p.id = $1 OR EXISTS (SELECT 1 FROM members a JOIN members b ON b.chat_id = a.chat_id"
    " JOIN chats c ON c.id = a.chat_id WHERE a.person_id = $1 AND b.person_id = p.id AND c.kind <> 'private'))"
)


async def employees(tx: Tx, window: Window, *, seen_by: int = 0) -> list[Person]:
    """Everybody by last and first name; ``seen_by`` somebody from outside: who shares a chat with him."""
    test, args = _seen(seen_by)
    return await _page(tx, test, args, window)


async def count_employees(tx: Tx, *, seen_by: int = 0) -> int:
    """Count those whom ``employees`` lists."""
    test, args = _seen(seen_by)
    return await _count(tx, test, args)


async def colleagues(tx: Tx, person_id: int, window: Window) -> list[Person]:
    """Heads and people of a person's departments; for a head all other heads, too. By last and first name."""
    return await _page(tx, _COLLEAGUES, [person_id], window)


async def count_colleagues(tx: Tx, person_id: int) -> int:
    """Count those whom ``colleagues`` lists."""
    return await _count(tx, _COLLEAGUES, [person_id])


async def of_departments(tx: Tx, department_ids: Collection[int]) -> dict[int, list[Person]]:
    """The people of each of these departments, by last and first name; empty ones are left out."""
    rows = await tx.rows(
        f"SELECT d.department_id, {_COLUMNS} FROM department_people d JOIN people p ON p.id = d.person_id"
        f" WHERE d.department_id = ANY($1) AND {_EMPLOYED} {_BY_NAME}",
        sorted(set(department_ids)),
    )
    return _grouped((row[0], Person(*row[1:])) for row in rows)


async def heads_of(tx: Tx, department_ids: Collection[int]) -> dict[int, list[Person]]:
    """The head of each of these departments, in a list of one; those without a head are left out."""
    rows = await tx.rows(
        f"SELECT d.id, {_COLUMNS} FROM departments d JOIN people p ON p.id = d.head_id"
        f" WHERE d.id = ANY($1) AND {_EMPLOYED} {_BY_NAME}",
        sorted(set(department_ids)),
    )
    return _grouped((row[0], Person(*row[1:])) for row in rows)


async def ids_of_departments(tx: Tx) -> dict[int, list[int]]:
    """Ids of the people of every department, by last and first name; empty ones are left out."""
    rows = await tx.rows(
        "SELECT d.department_id, d.person_id FROM department_people d JOIN people p ON p.id = d.person_id"
        f" WHERE {_EMPLOYED} {_BY_NAME}"
    )
    found: dict[int, list[int]] = {}
    for department_id, person_id in rows:
        found.setdefault(department_id, []).append(person_id)
    return found


def _seen(seen_by: int) -> tuple[str, list[object]]:
    return (f"{_EMPLOYED} AND {_SHARES_A_CHAT}", [seen_by]) if seen_by else (_EMPLOYED, [])


async def _page(tx: Tx, test: str, args: list[object], window: Window) -> list[Person]:
    limit = len(args) + 1
    rows = await tx.rows(
        f"SELECT {_COLUMNS} FROM people p WHERE {test} {_BY_NAME} LIMIT ${limit} OFFSET ${limit + 1}",
        *args,
        window.limit,
        window.offset,
    )
    return [Person(*row) for row in rows]


async def _count(tx: Tx, test: str, args: list[object]) -> int:
    return int(await tx.val(f"SELECT count(*) FROM people p WHERE {test}", *args))


def _grouped(pairs: Iterable[tuple[int, Person]]) -> dict[int, list[Person]]:
    found: dict[int, list[Person]] = {}
    for department_id, person in pairs:
        found.setdefault(department_id, []).append(person)
    return found
