"""What values of records point at: people, records of catalogs, files. Everything is asked for all records at once.

Source: spec ``bpium-messages.md`` §7.2 (7.2.2), §8.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from skvorets.core import record_files
from skvorets.core.catalog_fields import Field
from skvorets.core.catalog_rights import USERS_CATALOG, level_in, reaches
from skvorets.core.catalogs import Catalog, catalogs_with_ids
from skvorets.core.records import Record, record_of, record_of_person
from skvorets.storage import catalogs, files, people, records
from skvorets.storage.database import Tx
from skvorets.storage.files import File
from skvorets.storage.people import Person

_NO_PERSON = "there is no such employee"
_NO_RECORD = "there is no such record"
_NO_FILE = "there is no such file, or it hangs on something else"


class Linked(msgspec.Struct, frozen=True):
    """What values point at, by number."""

    people: Mapping[int, Person]
    catalogs: Mapping[int, Catalog]
    records: Mapping[tuple[int, int], Record]  # by catalog and number
    removed: frozenset[tuple[int, int]]  # those that are deleted
    files: Mapping[int, File]


async def with_numbers(tx: Tx, given: Mapping[str, Any], fields: Mapping[str, Field]) -> dict[str, Any]:
    """Give values in which links name their catalogs by numbers; words that nobody knows stay."""
    words = {
        word
        for name, value in given.items()
        if (field := fields.get(name)) is not None and field.type == "object" and isinstance(value, list)
        for one in value
        if isinstance(one, dict) and isinstance(word := one.get("catalogId"), str) and not word.isdigit()
    }
    if not words:
        return dict(given)
    numbers = {}
    for word in sorted(words)[:10]:
        found = await catalogs.find_by_word(tx, word) if word.isprintable() else None
        if found is not None:
            numbers[word] = found.id
    return {name: _numbered(value, numbers) if isinstance(value, list) else value for name, value in given.items()}


def _numbered(value: list[Any], numbers: Mapping[str, int]) -> list[Any]:
    def numbered(one: Any) -> Any:
        word = one.get("catalogId") if isinstance(one, dict) else None
        return {**one, "catalogId": numbers[word]} if isinstance(word, str) and word in numbers else one

    return [numbered(one) for one in value]


async def missing(
    tx: Tx, person: Person, record: Record, fields: Mapping[str, Field], given: Mapping[str, Any]
) -> dict[str, str]:
    """Tell what is wrong with the links among the values that were given, by field id.

    ``record`` has its new values; its number is 0 while it is new.
    """
    pointing = {name: fields[name] for name in given if name in fields and record.values.get(name) is not None}
    wrong: dict[str, str] = {}
    wanted = _targets(pointing.values(), [record.values])
    found = await _look_up(tx, wanted)
    usable = await record_files.usable_files(tx, person, record.catalog_id, record.number, wanted.files)
    for name, field in pointing.items():
        value = record.values[name]
        if field.type == "user" and not all(one in found.people and found.people[one].kind == "human" for one in value):
            wrong[name] = _NO_PERSON
        elif field.type == "object" and not all(_is_there(person, found, (one[0], one[1])) for one in value):
            wrong[name] = _NO_RECORD
        elif field.type == "file" and not usable.issuperset(one for one in value if isinstance(one, int)):
            wrong[name] = _NO_FILE
    return wrong


def _is_there(person: Person, found: Linked, target: tuple[int, int]) -> bool:
    return target in found.records and target not in found.removed and reaches(level_in(person, target[0]), "view")


async def look_up(tx: Tx, fields: Iterable[Field], values: Iterable[Mapping[str, Any]]) -> Linked:
    """Give all that values point at: a query for people, catalogs, files each, and one per linked catalog."""
    return await _look_up(tx, _targets(fields, values))


class _Targets(msgspec.Struct, frozen=True):
    people: set[int]
    records: dict[int, set[int]]  # numbers by catalog
    files: set[int]


def _targets(fields: Iterable[Field], values: Iterable[Mapping[str, Any]]) -> _Targets:
    pointing = [(str(field.id), field.type) for field in fields if field.type in {"user", "object", "file"}]
    found = _Targets(set(), defaultdict(set), set())
    for each in values if pointing else ():
        for name, kind in pointing:
            value = each.get(name) or ()
            if kind == "user":
                found.people.update(value)
            elif kind == "file":
                found.files.update(one for one in value if isinstance(one, int))
            else:
                for catalog_id, number in value:
                    found.records[catalog_id].add(number)
    return found


async def _look_up(tx: Tx, wanted: _Targets) -> Linked:
    known_people = await people.find_many(tx, wanted.people | wanted.records.get(USERS_CATALOG, set()))
    known_catalogs = await catalogs_with_ids(tx, wanted.records, with_deleted=True)
    found: dict[tuple[int, int], Record] = {}
    removed: set[tuple[int, int]] = set()
    for catalog_id, numbers in wanted.records.items():
        catalog = known_catalogs.get(catalog_id)
        if catalog_id == USERS_CATALOG:
            for number in numbers & known_people.keys():
                found[catalog_id, number] = record_of_person(known_people[number])
                if not known_people[number].active:
                    removed.add((catalog_id, number))
        elif catalog is not None:
            for row in (await records.find_many(tx, catalog_id, numbers, with_deleted=True)).values():
                found[catalog_id, row.number] = record_of(catalog, row)
                if row.deleted_at or catalog.is_deleted:
                    removed.add((catalog_id, row.number))
    known_files = await files.find_many(tx, wanted.files) if wanted.files else {}
    return Linked(known_people, known_catalogs, found, frozenset(removed), known_files)
