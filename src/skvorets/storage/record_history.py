"""Rows of ``record_history``: what happened to records."""

from __future__ import annotations

import msgspec

from skvorets.storage.database import Tx


class Deed(msgspec.Struct, frozen=True):
    """One change of a record. Times are unix milliseconds."""

    id: int
    catalog_id: int
    number: int
    title: str  # of the record at that time
    kind: str  # created, changed, deleted
    changes: str  # JSON: old and new value by field id
    person_id: int
    at: int


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Which part of the history is wanted."""

    catalog_id: int
    number: int = 0  # 0 = of all records
    person_id: int = 0  # only by this person
    is_ascending: bool = False
    limit: int
    offset: int = 0


_COLUMNS = ", ".join(Deed.__struct_fields__)


async def insert(tx: Tx, deed: Deed) -> None:
    """Store a change (its ``id`` is ignored)."""
    await tx.do(
        f"INSERT INTO record_history ({', '.join(Deed.__struct_fields__[1:])}) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        *msgspec.structs.astuple(deed)[1:],
    )


async def select(tx: Tx, question: Question) -> list[Deed]:
    """Give what fits, in the order of time."""
    test = "catalog_id = $1"
    args: list[object] = [question.catalog_id]
    for column, value in (("number", question.number), ("person_id", question.person_id)):
        if value:
            args.append(value)
            test += f" AND {column} = ${len(args)}"
    args += [question.limit, question.offset]
    rows = await tx.rows(
        f"SELECT {_COLUMNS} FROM record_history WHERE {test} ORDER BY id {'ASC' if question.is_ascending else 'DESC'}"
        f" LIMIT ${len(args) - 1} OFFSET ${len(args)}",
        *args,
    )
    return [Deed(*row) for row in rows]
