"""Rows of ``line_answers``: texts that operators of open lines use again and again."""

from __future__ import annotations

import msgspec

from skvorets.storage.columns import columns_of
from skvorets.storage.database import Tx


class Answer(msgspec.Struct, frozen=True):
    """A canned answer. Times are unix milliseconds."""

    id: int
    line_id: int  # 0 = of all lines
    person_id: int  # whose own, 0 = everybody's
    title: str
    text: str
    changed_at: int


_COLUMNS = ", ".join(Answer.__struct_fields__)
_CHANGEABLE = columns_of("line_answers", Answer, "id", "line_id", "person_id")


async def find(tx: Tx, answer_id: int) -> Answer | None:
    """The answer with this id."""
    row = await tx.row(f"SELECT {_COLUMNS} FROM line_answers WHERE id = $1", answer_id)
    return None if row is None else Answer(*row)


async def of_line(tx: Tx, line_id: int, person_id: int) -> list[Answer]:
    """Everybody's answers of a line and of all lines, and a person's own ones, by title."""
    rows = await tx.rows(
        f"SELECT {_COLUMNS} FROM line_answers WHERE line_id IN ($1, 0) AND person_id IN ($2, 0)"
        " ORDER BY lower(title), id",
        line_id,
        person_id,
    )
    return [Answer(*row) for row in rows]


async def count(tx: Tx, line_id: int, person_id: int) -> int:
    """How many answers of a line a person has of his own; 0 = how many are everybody's."""
    number: int = await tx.val(
        "SELECT count(*) FROM line_answers WHERE line_id = $1 AND person_id = $2", line_id, person_id
    )
    return number


async def insert(tx: Tx, answer: Answer) -> int:
    """Store a new answer (its ``id`` is ignored); its id."""
    new_id: int = await tx.val(
        "INSERT INTO line_answers (line_id, person_id, title, text, changed_at) VALUES ($1, $2, $3, $4, $5)"
        " RETURNING id",
        *msgspec.structs.astuple(answer)[1:],
    )
    return new_id


async def change(tx: Tx, answer_id: int, **values: object) -> None:
    """Set columns of an answer; names are columns of ``line_answers``."""
    await _CHANGEABLE.change(tx, answer_id, values)


async def delete(tx: Tx, answer_id: int) -> None:
    """Remove an answer."""
    await tx.do("DELETE FROM line_answers WHERE id = $1", answer_id)


async def delete_of_line(tx: Tx, line_id: int) -> None:
    """Remove all answers of a line, people's own ones, too."""
    await tx.do("DELETE FROM line_answers WHERE line_id = $1", line_id)
