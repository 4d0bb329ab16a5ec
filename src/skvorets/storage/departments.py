"""Rows of ``departments`` and ``department_people``: a tree with heads.

Whoever writes a name keeps its words, too: ``search_words.replace``.
"""

from __future__ import annotations

import msgspec

from skvorets.storage import search_words
from skvorets.storage.database import Tx
from skvorets.storage.search_words import Owned


class Department(msgspec.Struct, frozen=True):
    """A department of the company."""

    id: int
    parent_id: int  # 0 = at the top
    name: str
    head_id: int  # 0 = none
    sort: int


_COLUMNS = "id, parent_id, name, head_id, sort"


async def find(tx: Tx, department_id: int) -> Department | None:
    """The department with this id."""
    row = await tx.row(f"SELECT {_COLUMNS} FROM departments WHERE id = $1", department_id)
    return None if row is None else Department(*row)


async def every(tx: Tx) -> list[Department]:
    """All departments, in the order in which they are shown."""
    rows = await tx.rows(f"SELECT {_COLUMNS} FROM departments ORDER BY sort, id")
    return [Department(*row) for row in rows]


async def insert(tx: Tx, name: str, parent_id: int) -> int:
    """Add a department; its id."""
    new_id: int = await tx.val(
        "INSERT INTO departments (name, parent_id) VALUES ($1, $2) RETURNING id", name, parent_id
    )
    await search_words.insert(tx, search_words.DEPARTMENT, [Owned(new_id, search_words.of_title(name))])
    return new_id


async def rename(tx: Tx, department_id: int, name: str) -> None:
    """Give it another name."""
    await tx.do("UPDATE departments SET name = $2 WHERE id = $1", department_id, name)
    await search_words.replace(tx, search_words.DEPARTMENT, department_id, search_words.of_title(name))


async def move(tx: Tx, department_id: int, parent_id: int) -> None:
    """Put it under another one; 0 = to the top."""
    await tx.do("UPDATE departments SET parent_id = $2 WHERE id = $1", department_id, parent_id)


async def remove(tx: Tx, department_id: int, heir_id: int) -> None:
    """Remove it; what is below it, and its people unless there is no heir (0), come to the heir."""
    await tx.do("UPDATE departments SET parent_id = $2 WHERE parent_id = $1", department_id, heir_id)
    if heir_id:
        await tx.do(
            "INSERT INTO department_people (person_id, department_id)"
            " SELECT person_id, CAST($2 AS BIGINT) FROM department_people WHERE department_id = $1"
            " ON CONFLICT DO NOTHING",
            department_id,
            heir_id,
        )
    await tx.do("DELETE FROM department_people WHERE department_id = $1", department_id)
    await tx.do("DELETE FROM departments WHERE id = $1", department_id)
    await search_words.replace(tx, search_words.DEPARTMENT, department_id, search_words.of_title(""))


async def set_head(tx: Tx, department_id: int, person_id: int) -> None:
    """Make somebody the head."""
    await tx.do("UPDATE departments SET head_id = $2 WHERE id = $1", department_id, person_id)


async def add_person(tx: Tx, department_id: int, person_id: int) -> None:
    """Put somebody into a department; he may be in several."""
    await tx.do(
        "INSERT INTO department_people (person_id, department_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        person_id,
        department_id,
    )


async def remove_person(tx: Tx, department_id: int, person_id: int) -> None:
    """Take somebody out of a department."""
    await tx.do("DELETE FROM department_people WHERE person_id = $1 AND department_id = $2", person_id, department_id)


async def people_of(tx: Tx, department_id: int) -> list[int]:
    """Ids of a department's own people, ascending."""
    statement = "SELECT person_id FROM department_people WHERE department_id = $1 ORDER BY person_id"
    return [row[0] for row in await tx.rows(statement, department_id)]


async def sizes(tx: Tx) -> dict[int, int]:
    """How many active people are in each department itself; empty ones are left out."""
    rows = await tx.rows(
        "SELECT d.department_id, count(*) FROM department_people d JOIN people p ON p.id = d.person_id"
        " WHERE p.active = 1 GROUP BY d.department_id"
    )
    return {row[0]: row[1] for row in rows}
