"""Making, changing and deleting catalogs. Source: spec ``bpium-messages.md`` §6."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from skvorets.core import catalog_fields, record_chats, record_values
from skvorets.core.catalog_fields import Field
from skvorets.core.catalog_rights import check
from skvorets.core.catalog_structure import NewFields, new_fields
from skvorets.core.catalogs import USERS_WORD, Catalog, catalog_of, catalog_to_see, catalogs_to_see
from skvorets.core.names import clean_name
from skvorets.core.records import record_of
from skvorets.core.sections import MAX_NAME_LENGTH, section_to_see
from skvorets.errors import EmptyNameError, NotAllowedError, TakenError, TooLargeError, WrongNameError
from skvorets.storage import catalogs, record_index, records
from skvorets.storage.catalogs import CatalogRow
from skvorets.storage.database import Tx
from skvorets.storage.people import Person
from skvorets.storage.record_index import TITLE_FIELD, cell_of

FIRST_ID: Final = 11
"""Catalogs of users get numbers from here up; smaller ones are the system's. [inferred]"""
MAX_CATALOGS: Final = 10_000
_RESERVED: Final = frozenset({USERS_WORD, "$scripts", "$events", "$messages", "$settings"})
_WORD = re.compile(r"\$?[A-Za-z_][\w-]{0,62}", re.ASCII)
_RECORDS_AT_ONCE = 500


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What a catalog shall be; None = as it is."""

    name: str | None = None
    icon: str | None = None
    section_id: str | None = None
    fields: Sequence[Mapping[str, Any]] | None = None
    word: str = ""  # a text to be known by, only for a new one


async def create_catalog(tx: Tx, person: Person, wish: Wish) -> Catalog:
    """Make a catalog.

    Raises EmptyNameError, SectionNotFoundError, NotAllowedError, WrongFieldError, WrongNameError or TakenError (word).
    """
    name = _name(wish.name or "")
    section = await section_to_see(tx, person, wish.section_id or "", "admin")
    if wish.word:
        if not _WORD.fullmatch(wish.word) or wish.word in _RESERVED:
            raise WrongNameError("this text cannot be the id of a catalog")
        if await catalogs.find_by_word(tx, wish.word) is not None:
            raise TakenError
    known = await catalogs.every(tx)
    if len(known) >= MAX_CATALOGS:
        raise TooLargeError(f"there are {MAX_CATALOGS} catalogs already")
    new = new_fields(wish.fields or (), NewFields((), 0))
    row = CatalogRow(
        id=await catalogs.next_id(tx, FIRST_ID),
        word=wish.word,
        section_id=section.id,
        name=name,
        icon=wish.icon or "",
        fields=catalog_fields.write_fields(new.fields),
        last_field_id=new.last_id,
        last_number=0,
        priority=len([one for one in known if one.section_id == section.id]),
        created_at=tx.now,
    )
    await catalogs.insert(tx, row)
    return catalog_of(row)


async def change_catalog(tx: Tx, person: Person, given: str, wish: Wish) -> Catalog:
    """Change a catalog; with fields, their list is the whole new one.

    Raises CatalogNotFoundError, NotAllowedError, SectionNotFoundError, EmptyNameError, WrongFieldError.
    """
    before = await _catalog_to_administer(tx, person, given)
    changed: dict[str, object] = {}
    if wish.name is not None:
        changed["name"] = _name(wish.name)
    if wish.icon is not None:
        changed["icon"] = wish.icon
    if wish.section_id is not None:
        changed["section_id"] = (await section_to_see(tx, person, wish.section_id, "admin")).id
    fields = before.fields
    if wish.fields is not None:
        row = await catalogs.find(tx, before.id)
        new = new_fields(wish.fields, NewFields(fields, row.last_field_id if row else 0))
        changed |= {"fields": catalog_fields.write_fields(new.fields), "last_field_id": new.last_id}
        fields = new.fields
    if changed:
        await catalogs.change(tx, before.id, **changed)
    now = await catalog_to_see(tx, person, str(before.id))
    if wish.fields is not None:
        await _follow(tx, before, now)
    return now


async def delete_catalog(tx: Tx, person: Person, given: str) -> None:
    """Delete a catalog; its records are out of reach then. Raises CatalogNotFoundError, NotAllowedError."""
    gone = await _catalog_to_administer(tx, person, given)
    await catalogs.change(tx, gone.id, deleted_at=tx.now)
    await record_index.remove_cells(tx, [cell_of(gone.id, one) for one in (TITLE_FIELD, *(f.id for f in gone.fields))])
    await record_chats.part_from_catalog(tx, gone.id)


async def catalogs_of_section(tx: Tx, person: Person, section_id: str | None) -> list[Catalog]:
    """Give the catalogs that the person sees, all or those of a section. Raises SectionNotFoundError."""
    number = 0 if section_id is None else (await section_to_see(tx, person, section_id)).id
    return await catalogs_to_see(tx, person, number)


async def _catalog_to_administer(tx: Tx, person: Person, given: str) -> Catalog:
    catalog = await catalog_to_see(tx, person, given, "available")
    if catalog.is_system:
        raise NotAllowedError
    check(person, catalog.id, "admin")
    return catalog


async def _follow(tx: Tx, before: Catalog, now: Catalog) -> None:
    """Bring records and their lists in line with other fields."""
    removed = {one.id for one in before.fields} - {one.id for one in now.fields}
    added = _added(before.fields, now.fields)
    if removed:
        await record_index.remove_cells(tx, [cell_of(now.id, one) for one in removed])
    if not removed and not added and [one.id for one in before.fields] == [one.id for one in now.fields]:
        return
    last = 0
    while rows := await records.live_after(tx, now.id, last, _RECORDS_AT_ONCE):
        last = rows[-1].number
        for row in rows:
            record = record_of(now, row)
            values = {name: value for name, value in record.values.items() if int(name) not in removed}
            title = record_values.title_of(now.fields, row.number, values)
            if title != row.title or len(values) < len(record.values):
                text = msgspec.json.encode(values).decode()
                await records.change(tx, msgspec.structs.replace(row, title=title, data=text, changed_at=tx.now))
            if title != row.title:
                await record_index.remove(tx, row.number, [cell_of(now.id, TITLE_FIELD)])
                await record_index.put(tx, row.number, [record_values.title_entry(now, title)])
        await record_index.put_many(
            tx, [(row.number, entry) for row in rows for entry in record_values.entries_of(now, added, {})]
        )


def _added(before: Sequence[Field], now: Sequence[Field]) -> list[Field]:
    known = {one.id for one in before}
    return [one for one in now if one.id not in known]


def _name(name: str) -> str:
    found = clean_name(name, MAX_NAME_LENGTH)
    if not found:
        raise EmptyNameError
    return found
