"""What lists of records look at: rows of ``record_numbers``, ``record_texts`` and ``record_choices``.

Catalog and field are one number, the ``cell``; a linked record is one, too: comparing two integers is what makes a list
of 100,000 records quick. See docs/bpium.md, "Speed".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

import msgspec

from skvorets.storage.database import Tx

TITLE_FIELD: Final = 0
"""Stands for the title of a record among the fields of its catalog."""
EMPTY: Final = -1e300
"""What an empty value is ordered by: before all others."""
KEY_LENGTH: Final = 100
"""Characters of a text that its order looks at; PostgreSQL takes up to 2,700 bytes."""
_FIELD_BITS = 20
_RECORD_BITS = 31
_ROWS_AT_ONCE = 500


class Between(msgspec.Struct, frozen=True):
    """A number of a range, both ends included; None = no end."""

    cell: int
    low: float | None
    high: float | None


class Contains(msgspec.Struct, frozen=True):
    """A part of one of some texts, in lower case."""

    cells: tuple[int, ...]
    part: str


class AnyOf(msgspec.Struct, frozen=True):
    """One of some options, people or records."""

    cell: int
    values: tuple[int, ...]


class AllOf(msgspec.Struct, frozen=True):
    """All of some options."""

    cell: int
    values: tuple[int, ...]


class Both(msgspec.Struct, frozen=True):
    """All of some tests."""

    tests: tuple[Test, ...]


class Either(msgspec.Struct, frozen=True):
    """One of some tests."""

    tests: tuple[Test, ...]


Test: TypeAlias = "Between | Contains | AnyOf | AllOf | Both | Either"


class Entry(msgspec.Struct, frozen=True):
    """What lists know of one field of one record."""

    cell: int
    number: float | None = None
    text: str | None = None
    choices: Sequence[int] = ()
    is_ordered_by: str = ""  # number, text or empty


def cell_of(catalog_id: int, field_id: int) -> int:
    """Give the one number for a catalog and a field of it."""
    return catalog_id << _FIELD_BITS | field_id


def target_of(catalog_id: int, number: int) -> int:
    """Give the one number for a linked record."""
    return catalog_id << _RECORD_BITS | number


async def put(tx: Tx, number: int, entries: Iterable[Entry]) -> None:
    """Write the entries of a record, which has none for these cells."""
    await put_many(tx, [(number, entry) for entry in entries])


async def put_many(tx: Tx, entries: Iterable[tuple[int, Entry]]) -> None:
    """Write entries of several records."""
    numbers: list[tuple[object, ...]] = []
    texts: list[tuple[object, ...]] = []
    choices: list[tuple[object, ...]] = []
    for number, entry in entries:
        if entry.is_ordered_by == "number":
            numbers.append((entry.cell, EMPTY if entry.number is None else entry.number, number))
        elif entry.is_ordered_by == "text":
            text = (entry.text or "").lower()
            texts.append((entry.cell, text[:KEY_LENGTH], text if len(text) > KEY_LENGTH else "", number))
        choices.extend((entry.cell, value, number) for value in dict.fromkeys(entry.choices))
    await _insert(tx, "record_numbers (cell, value, number)", numbers)
    await _insert(tx, "record_texts (cell, value, whole, number)", texts)
    await _insert(tx, "record_choices (cell, value, number)", choices)


async def remove(tx: Tx, number: int, cells: Iterable[int]) -> None:
    """Forget what is known of a record in these cells."""
    wanted = sorted(set(cells))
    for table in ("record_numbers", "record_texts", "record_choices"):
        await tx.do(f"DELETE FROM {table} WHERE cell = ANY($1) AND number = $2", wanted, number)


async def remove_cells(tx: Tx, cells: Iterable[int]) -> None:
    """Forget fields altogether."""
    wanted = sorted(set(cells))
    for table in ("record_numbers", "record_texts", "record_choices"):
        await tx.do(f"DELETE FROM {table} WHERE cell = ANY($1)", wanted)


async def _insert(tx: Tx, table: str, rows: list[tuple[object, ...]]) -> None:
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        chunk = rows[start : start + _ROWS_AT_ONCE]
        width = len(chunk[0])
        places = ", ".join(
            "(" + ", ".join(f"${row * width + column + 1}" for column in range(width)) + ")"
            for row in range(len(chunk))
        )
        await tx.do(f"INSERT INTO {table} VALUES {places}", *(value for row in chunk for value in row))
