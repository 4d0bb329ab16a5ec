"""Making, changing and deleting records of catalogs, with all that follows: lists, history, files, conversations.

Source: spec ``bpium-messages.md`` §7, 4.6.3, 9.1. Employees as records are in ``core/people_records.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from skvorets.core import record_chats, record_files, record_values
from skvorets.core.catalog_fields import Field
from skvorets.core.catalog_rights import level_in, reaches
from skvorets.core.catalogs import Catalog, catalog_to_see
from skvorets.core.record_values import Draft
from skvorets.core.records import Record, record_to_see
from skvorets.errors import NotAllowedError
from skvorets.storage import catalogs, people, record_history, record_index, records
from skvorets.storage.database import Tx
from skvorets.storage.people import Person
from skvorets.storage.record_history import Deed
from skvorets.storage.record_index import TITLE_FIELD, cell_of
from skvorets.storage.records import RecordRow

_encoder = msgspec.json.Encoder()


async def create_record(tx: Tx, person: Person, catalog_id: str | int, given: Mapping[str, Any]) -> Record:
    """Make a record. Raises CatalogNotFoundError, NotAllowedError, WrongValuesError."""
    catalog = await catalog_to_see(tx, person, catalog_id, "create")
    _refuse_system(catalog)
    values = await record_values.read_values(tx, person, Draft(catalog=catalog, given=given))
    number = await catalogs.take_number(tx, catalog.id)
    made = Record(catalog, number, record_values.title_of(catalog.fields, number, values), values, tx.now, tx.now)
    await records.insert(tx, RecordRow(catalog.id, number, made.title, _text(values), person.id, tx.now, tx.now))
    entries = record_values.entries_of(catalog, catalog.fields, values)
    await record_index.put(tx, number, [record_values.title_entry(catalog, made.title), *entries])
    await _follow(tx, person, Record(catalog, number, "", {}), made)
    await _note(tx, person, made, "created", _differences(catalog, {}, values))
    return made


async def change_record(
    tx: Tx, person: Person, catalog_id: str | int, record_id: str | int, given: Mapping[str, Any]
) -> Record:
    """Give a record other values; those that are not given stay.

    Raises CatalogNotFoundError, RecordNotFoundError, NotAllowedError, WrongValuesError.
    """
    before = await record_to_see(tx, person, catalog_id, record_id, "edit")
    catalog = before.catalog
    _refuse_system(catalog)
    draft = Draft(catalog=catalog, number=before.number, before=before.values, given=given)
    values = await record_values.read_values(tx, person, draft)
    title = record_values.title_of(catalog.fields, before.number, values)
    now = Record(catalog, before.number, title, values, before.created_at, tx.now)
    changed = [one for one in catalog.fields if values.get(str(one.id)) != before.values.get(str(one.id))]
    if not changed and title == before.title:
        return before
    await records.change(tx, RecordRow(catalog.id, now.number, title, _text(values), 0, before.created_at, tx.now))
    await _index_anew(tx, before, now, changed)
    await _follow(tx, person, before, now)
    await _note(tx, person, now, "changed", _differences(catalog, before.values, values))
    return now


async def delete_record(tx: Tx, person: Person, catalog_id: str | int, record_id: str | int) -> None:
    """Delete a record. Raises CatalogNotFoundError, RecordNotFoundError, NotAllowedError."""
    gone = await record_to_see(tx, person, catalog_id, record_id, "delete")
    _refuse_system(gone.catalog)
    await records.delete(tx, gone.catalog_id, gone.number)
    cells = [cell_of(gone.catalog_id, one) for one in (TITLE_FIELD, *(field.id for field in gone.catalog.fields))]
    await record_index.remove(tx, gone.number, cells)
    await record_files.hang(tx, gone.catalog_id, gone.number, [])
    await record_chats.part_from_records(tx, gone.catalog_id, [gone.number])
    await _note(tx, person, gone, "deleted", _differences(gone.catalog, gone.values, {}))


def _refuse_system(catalog: Catalog) -> None:
    if catalog.is_system:
        raise NotAllowedError


async def _index_anew(tx: Tx, before: Record, now: Record, changed: Iterable[Field]) -> None:
    entries = record_values.entries_of(now.catalog, changed, now.values)
    if now.title != before.title:
        entries.append(record_values.title_entry(now.catalog, now.title))
    await record_index.remove(tx, now.number, [one.cell for one in entries])
    await record_index.put(tx, now.number, entries)


async def _follow(tx: Tx, person: Person, before: Record, now: Record) -> None:
    """Bring files and the conversation in line with new values."""
    if any(field.type == "file" for field in now.catalog.fields):
        await record_files.hang(tx, now.catalog_id, now.number, _files_of(now))
    chosen = _to_subscribe(now) - _to_subscribe(before)
    if chosen:
        known = (await people.find_many(tx, chosen)).values()
        seeing = [one for one in known if one.active and reaches(level_in(one, now.catalog_id), "view")]
        await record_chats.subscribe_people(tx, person, now, seeing)
    if before.title and before.title != now.title:
        await record_chats.rename(tx, person, now)


def _files_of(record: Record) -> list[int]:
    names = [str(field.id) for field in record.catalog.fields if field.type == "file"]
    return [one for name in names for one in record.values.get(name, ()) if isinstance(one, int)]


def _to_subscribe(record: Record) -> set[int]:
    """People in fields that say: subscribe whom you choose. [docs] 4.6.3"""
    names = [str(one.id) for one in record.catalog.fields if one.type == "user" and one.config.get("subscribe") is True]
    return {person_id for name in names for person_id in record.values.get(name, ())}


def _differences(catalog: Catalog, before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """Old and new value by field id, where they differ and the field keeps a history."""
    names = [str(field.id) for field in catalog.fields if field.history]
    return {
        name: {"oldValue": before.get(name), "newValue": now.get(name)}
        for name in names
        if before.get(name) != now.get(name)
    }


async def _note(tx: Tx, person: Person, record: Record, kind: str, changes: Mapping[str, Any]) -> None:
    deed = Deed(0, record.catalog_id, record.number, record.title, kind, _text(changes), person.id, tx.now)
    await record_history.insert(tx, deed)


def _text(value: Mapping[str, Any]) -> str:
    return _encoder.encode(value).decode()
