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


async def every(tx: Tx) -> list[Department]:
    """All departments, in the order in which they are shown."""
    rows = await tx.rows("SELECT id, parent_id, name, head_id, sort FROM departments ORDER BY sort, id")
    return [Department(*row) for row in rows]


async def insert(tx: Tx, name: str, parent_id: int) -> int:
    """Add a department; its id."""
    new_id: int = await tx.val(
        "INSERT INTO departments (name, parent_id) VALUES ($1, $2) RETURNING id", name, parent_id
    )
    await search_words.insert(tx, search_words.DEPARTMENT, [Owned(new_id, search_words.of_title(name))])
    return new_id


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
