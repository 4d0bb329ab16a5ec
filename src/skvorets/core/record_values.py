"""Values of records: reading what programs send, the title that follows from them, what lists know of them.

Source: spec ``bpium-messages.md`` §7.1, 7.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from skvorets.core import record_links
from skvorets.core.catalog_fields import Field
from skvorets.core.catalogs import Catalog
from skvorets.core.field_types import TYPES, WrongValue
from skvorets.core.records import Record
from skvorets.errors import WrongValuesError
from skvorets.storage.database import Tx
from skvorets.storage.people import Person
from skvorets.storage.record_index import TITLE_FIELD, Entry, cell_of

MAX_TITLE_LENGTH: Final = 255
_MAX_FIELDS_NAMED = 50


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """Values that somebody wants a record to have."""

    catalog: Catalog
    number: int = 0  # of the record, 0 = a new one
    before: Mapping[str, Any] = msgspec.field(default_factory=dict)
    given: Mapping[str, Any]


async def read_values(tx: Tx, person: Person, draft: Draft) -> dict[str, Any]:
    """Give all values of the record as they are to be kept. Raises WrongValuesError."""
    fields = {str(field.id): field for field in draft.catalog.fields}
    wrong: dict[str, str] = {}
    values = dict(draft.before)
    for name, given in (await record_links.with_numbers(tx, draft.given, fields)).items():
        field = fields.get(name)
        if field is None:
            if len(wrong) < _MAX_FIELDS_NAMED:
                wrong[name[:50]] = "there is no such field"
            continue
        try:
            value = TYPES[field.type].read(given, field)
        except WrongValue as error:
            wrong[name] = str(error)
            continue
        if value is None:
            values.pop(name, None)
        else:
            values[name] = value
    wrong |= {
        name: "a value is required"
        for name, field in fields.items()
        if field.required
        and field.type != "group"
        and name not in values
        and name not in wrong
        and _is_asked(draft, name)
    }
    if not wrong:
        wanted = Record(draft.catalog, draft.number, "", values)
        wrong = await record_links.missing(tx, person, wanted, fields, draft.given)
    if wrong:
        raise WrongValuesError(wrong)
    return values


def _is_asked(draft: Draft, name: str) -> bool:
    """Must the field have a value now? A record that lacks one since before may be changed elsewhere."""
    return not draft.number or name in draft.given


def title_of(fields: Iterable[Field], number: int, values: Mapping[str, Any]) -> str:
    """Give the first words among the values, or the number."""
    for field in fields:
        kind = TYPES[field.type]
        if kind.names_record and (text := kind.text(values.get(str(field.id))).strip()):
            return " ".join(text.partition("\n")[0].split())[:MAX_TITLE_LENGTH]
    return f"#{number}"


def entries_of(catalog: Catalog, fields: Iterable[Field], values: Mapping[str, Any]) -> list[Entry]:
    """Give what lists know of some fields of a record."""
    found = []
    for field in fields:
        kind, value = TYPES[field.type], values.get(str(field.id))
        found.append(
            Entry(cell_of(catalog.id, field.id), kind.number(value), kind.text(value), kind.choices(value), kind.order)
        )
    return found


def title_entry(catalog: Catalog, title: str) -> Entry:
    """Give what lists know of the title."""
    return Entry(cell_of(catalog.id, TITLE_FIELD), None, title, (), "text")
