"""Rows of ``sections`` and ``catalogs``. Deleted ones stay, so that their ids are never given again."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from skvorets.storage.columns import columns_of
from skvorets.storage.database import Tx


class Section(msgspec.Struct, frozen=True):
    """A group of catalogs. Times are unix milliseconds."""

    id: int
    name: str
    icon: str
    created_at: int
    deleted_at: int = 0


class CatalogRow(msgspec.Struct, frozen=True):
    """A catalog of records. Times are unix milliseconds."""

    id: int
    word: str  # a text that its maker has chosen as the id, or empty
    section_id: int
    name: str
    icon: str
    fields: str  # JSON, see core/catalog_fields.py
    last_field_id: int
    last_number: int
    priority: int
    created_at: int
    deleted_at: int = 0


_SECTION = ", ".join(Section.__struct_fields__)
_CATALOG = ", ".join(CatalogRow.__struct_fields__)
_SECTION_COLUMNS = columns_of("sections", Section, "id", "created_at")
_CATALOG_COLUMNS = columns_of("catalogs", CatalogRow, "id", "word", "created_at", "last_number")


async def sections(tx: Tx) -> list[Section]:
    """All sections, oldest first."""
    return [Section(*row) for row in await tx.rows(f"SELECT {_SECTION} FROM sections WHERE deleted_at = 0 ORDER BY id")]


async def find_section(tx: Tx, section_id: int) -> Section | None:
    """The section with this id."""
    row = await tx.row(f"SELECT {_SECTION} FROM sections WHERE id = $1 AND deleted_at = 0", section_id)
    return None if row is None else Section(*row)


async def insert_section(tx: Tx, name: str, icon: str) -> int:
    """Store a new section; its id. The caller holds the lock of the directory."""
    section_id: int = await tx.val("SELECT COALESCE(MAX(id), 2) + 1 FROM sections")
    await tx.do(
        "INSERT INTO sections (id, name, icon, created_at) VALUES ($1, $2, $3, $4)", section_id, name, icon, tx.now
    )
    return section_id


async def change_section(tx: Tx, section_id: int, **values: object) -> None:
    """Set columns of a section."""
    await _SECTION_COLUMNS.change(tx, section_id, values)


async def find(tx: Tx, catalog_id: int) -> CatalogRow | None:
    """The catalog with this id."""
    row = await tx.row(f"SELECT {_CATALOG} FROM catalogs WHERE id = $1 AND deleted_at = 0", catalog_id)
    return None if row is None else CatalogRow(*row)


async def find_by_word(tx: Tx, word: str) -> CatalogRow | None:
    """The catalog with this chosen text as its id."""
    row = await tx.row(
        f"SELECT {_CATALOG} FROM catalogs WHERE word = CAST($1 AS TEXT) AND word <> '' AND deleted_at = 0", word
    )
    return None if row is None else CatalogRow(*row)


async def find_many(tx: Tx, ids: Iterable[int], *, with_deleted: bool = False) -> dict[int, CatalogRow]:
    """The catalogs with these ids, by id."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    test = "" if with_deleted else " AND deleted_at = 0"
    rows = await tx.rows(f"SELECT {_CATALOG} FROM catalogs WHERE id = ANY($1){test}", wanted)
    return {row[0]: CatalogRow(*row) for row in rows}


async def every(tx: Tx, section_id: int = 0) -> list[CatalogRow]:
    """All catalogs, or those of a section, in their order."""
    rows = await tx.rows(
        f"SELECT {_CATALOG} FROM catalogs WHERE deleted_at = 0 AND (section_id = $1 OR $1 = 0)"
        " ORDER BY section_id, priority, id",
        section_id,
    )
    return [CatalogRow(*row) for row in rows]


async def next_id(tx: Tx, first: int) -> int:
    """Give the id of a new catalog, ``first`` at least. The caller holds the lock of the directory."""
    last: int | None = await tx.val("SELECT MAX(id) FROM catalogs")
    return first if last is None else max(first, last + 1)


async def insert(tx: Tx, catalog: CatalogRow) -> None:
    """Store a new catalog."""
    await tx.do(
        f"INSERT INTO catalogs ({_CATALOG}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        *msgspec.structs.astuple(catalog),
    )


async def change(tx: Tx, catalog_id: int, **values: object) -> None:
    """Set columns of a catalog."""
    await _CATALOG_COLUMNS.change(tx, catalog_id, values)


async def take_number(tx: Tx, catalog_id: int) -> int:
    """Give the number of a new record; others who want one wait for this transaction."""
    number: int = await tx.val(
        "UPDATE catalogs SET last_number = last_number + 1 WHERE id = $1 RETURNING last_number", catalog_id
    )
    return number
