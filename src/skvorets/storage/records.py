"""Rows of ``records``: the records of catalogs. Deleted ones stay for those who link to them, without their values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from skvorets.storage.database import Tx


class RecordRow(msgspec.Struct, frozen=True):
    """A record. Times are unix milliseconds."""

    catalog_id: int
    number: int
    title: str
    data: str  # JSON: value by field id
    author_id: int
    created_at: int
    changed_at: int
    deleted_at: int = 0


_COLUMNS = ", ".join(RecordRow.__struct_fields__)
_FIND = f"SELECT {_COLUMNS} FROM records WHERE catalog_id = $1 AND number = $2 AND deleted_at = 0"
_FIND_MANY = f"SELECT {_COLUMNS} FROM records WHERE catalog_id = $1 AND number = ANY($2)"


async def find(tx: Tx, catalog_id: int, number: int) -> RecordRow | None:
    """The record with this number."""
    row = await tx.row(_FIND, catalog_id, number)
    return None if row is None else RecordRow(*row)


async def find_many(
    tx: Tx, catalog_id: int, numbers: Iterable[int], *, with_deleted: bool = False
) -> dict[int, RecordRow]:
    """The records of a catalog with these numbers, by number."""
    wanted = sorted(set(numbers))
    if not wanted:
        return {}
    test = "" if with_deleted else " AND deleted_at = 0"
    rows = await tx.rows(f"{_FIND_MANY}{test}", catalog_id, wanted)
    return {row[1]: RecordRow(*row) for row in rows}


async def insert(tx: Tx, record: RecordRow) -> None:
    """Store a new record."""
    await tx.do(
        f"INSERT INTO records ({_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", *msgspec.structs.astuple(record)
    )


async def change(tx: Tx, record: RecordRow) -> None:
    """Write title, values and time of a record anew."""
    await tx.do(
        "UPDATE records SET title = $3, data = $4, changed_at = $5 WHERE catalog_id = $1 AND number = $2",
        record.catalog_id,
        record.number,
        record.title,
        record.data,
        record.changed_at,
    )


async def delete(tx: Tx, catalog_id: int, number: int) -> None:
    """Keep of a record only that it was there, and its title."""
    await tx.do(
        "UPDATE records SET data = '{}', deleted_at = $3 WHERE catalog_id = $1 AND number = $2",
        catalog_id,
        number,
        tx.now,
    )


async def live_after(tx: Tx, catalog_id: int, number: int, limit: int) -> Sequence[RecordRow]:
    """Records of a catalog with greater numbers, in their order: for walking through all of them."""
    rows = await tx.rows(
        f"SELECT {_COLUMNS} FROM records WHERE catalog_id = $1 AND number > $2 AND deleted_at = 0"
        " ORDER BY number LIMIT $3",
        catalog_id,
        number,
        limit,
    )
    return [RecordRow(*row) for row in rows]
