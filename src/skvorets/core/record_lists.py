"""Lists of records: part of a catalog, filtered and ordered. Source: spec ``bpium-messages.md`` §7.3.

The employees are few and no rows of ``records``: they are filtered and ordered here.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from skvorets.core.catalog_rights import USERS_CATALOG
from skvorets.core.catalogs import Catalog
from skvorets.core.field_types import TYPES, Asker
from skvorets.core.record_filters import fields_by_name, read_filters
from skvorets.core.records import Record, record_of, record_of_person
from skvorets.errors import WrongQuestionError
from skvorets.storage import people, records
from skvorets.storage.database import Tx
from skvorets.storage.people import Person
from skvorets.storage.record_index import TITLE_FIELD, Both, Contains, Either, Test, cell_of
from skvorets.storage.record_listing import Listing, numbers_of

MAX_LIMIT: Final = 10_000
MAX_OFFSET: Final = 1 << 40
MAX_SEARCH_LENGTH: Final = 1000
BY_ID, BY_TITLE = "id", "title"


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Which records are wanted."""

    filters: Any = None  # see core/record_filters.py
    search: str = ""  # part of the title, or of a text or contact
    numbers: tuple[int, ...] | None = None  # only these
    sort_field: str = ""  # a field, id or title; empty: the newest first
    is_descending: bool = False
    limit: int = 100
    offset: int = 0
    utc_offset_minutes: int = 0  # the asker's clock, minutes east of UTC


async def list_records(tx: Tx, person: Person, catalog: Catalog, question: Question) -> list[Record]:
    """Give records of a catalog that the person was found to see: two queries. Raises WrongQuestionError."""
    listing = _listing(person, catalog, question)
    if catalog.id == USERS_CATALOG:
        return _employees(await people.all_active(tx, "human"), listing)
    numbers = await numbers_of(tx, listing)
    rows = await records.find_many(tx, catalog.id, numbers)
    return [record_of(catalog, rows[number]) for number in numbers if number in rows]


def is_heavy(question: Question) -> bool:
    """Does it look at more than a page's worth of an index?"""
    return bool(question.filters or question.search or question.offset)


def _listing(person: Person, catalog: Catalog, question: Question) -> Listing:
    asker = Asker(catalog.id, person.id, question.utc_offset_minutes)
    tests = read_filters(question.filters, catalog, asker)
    if question.search:
        # Of these the title is taken; without them there is only its number.
        fields = [one.id for one in catalog.fields if TYPES[one.type].has_words or TYPES[one.type].names_record]
        cells = tuple(cell_of(catalog.id, one) for one in fields or [TITLE_FIELD])
        tests = (*tests, Contains(cells, question.search[:MAX_SEARCH_LENGTH].lower()))
    by, cell = "id", 0
    if question.sort_field == BY_TITLE:
        by, cell = "text", cell_of(catalog.id, TITLE_FIELD)
    elif question.sort_field not in {"", BY_ID}:
        field = fields_by_name(catalog).get(question.sort_field)
        if field is None or not TYPES[field.type].order:
            raise WrongQuestionError("there is no such field to sort by")
        by, cell = TYPES[field.type].order, cell_of(catalog.id, field.id)
    return Listing(
        catalog_id=catalog.id,
        by=by,  # type: ignore[arg-type]  # one of the three words
        cell=cell,
        is_descending=question.is_descending or not question.sort_field,
        tests=tests,
        numbers=question.numbers,
        limit=question.limit,
        offset=question.offset,
    )


def _employees(found: list[Person], listing: Listing) -> list[Record]:
    texts = {one.id: _texts(record_of_person(one)) for one in found}
    shown = [one for one in found if all(_fits(texts[one.id], test) for test in listing.tests)]
    if listing.numbers is not None:
        shown = [one for one in shown if one.id in listing.numbers]
    shown.sort(
        key=lambda one: (texts[one.id].get(listing.cell, "") if listing.by != "id" else "", one.id),
        reverse=listing.is_descending,
    )
    return [record_of_person(one) for one in shown[listing.offset : listing.offset + listing.limit]]


def _texts(record: Record) -> dict[int, str]:
    """The words of an employee by cell."""
    known = {
        cell_of(USERS_CATALOG, field.id): TYPES[field.type].text(record.values.get(str(field.id))).lower()
        for field in record.catalog.fields
    }
    return {**known, cell_of(USERS_CATALOG, TITLE_FIELD): record.title.lower()}


def _fits(texts: dict[int, str], test: Test) -> bool:
    if isinstance(test, Contains):
        return any(test.part in texts.get(cell, "") for cell in test.cells)
    if isinstance(test, Both):
        return all(_fits(texts, one) for one in test.tests)
    if isinstance(test, Either):
        return any(_fits(texts, one) for one in test.tests)
    return False
