"""Records and their values as programs see them. Source: spec ``bpium-messages.md`` §7.1, 7.2.

A list of records costs a fixed number of queries: one for each kind of thing that values point at, and one for each
catalog that they link to; twice that when linked records are shown with values of their own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from skvorets.config import Config
from skvorets.core import record_chats, record_links
from skvorets.core.catalog_fields import Field
from skvorets.core.catalog_rights import USERS_CATALOG
from skvorets.core.catalogs import Catalog
from skvorets.core.field_types import TYPES
from skvorets.core.record_links import Linked
from skvorets.core.records import Record
from skvorets.dialects.bpium.catalog_views import section_key
from skvorets.dialects.bpium.file_views import file_view
from skvorets.dialects.bpium.moments import moment
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

_USERS_NAMES = {"1": "$name", "2": "$email"}


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What of the values is wanted."""

    fields: frozenset[str] | None = None  # None = all
    # Values of linked records: for a field, the wanted fields by catalog; None = all of them.
    expanded: Mapping[str, Mapping[str, frozenset[str]] | None] = msgspec.field(default_factory=dict)
    expands_all: bool = False  # … and of all links, with all values


EVERYTHING = Shown()


async def view_records(
    tx: Tx, person: Person, records: Sequence[Record], config: Config, shown: Shown = EVERYTHING
) -> list[dict[str, Any]]:
    """Show records of one catalog."""
    values = await view_values(tx, records, config, shown)
    chats = await record_chats.record_chats(tx, person, records)
    return [
        {
            "id": str(one.number),
            "catalogId": one.catalog.key,
            "title": one.title,
            "values": shown_values,
            "chat": {
                "messagesCount": chats[one.number].message_count,
                "newMessages": chats[one.number].has_new,
                "subscribe": chats[one.number].is_subscribed,
            },
        }
        for one, shown_values in zip(records, values, strict=True)
    ]


async def view_values(
    tx: Tx, records: Sequence[Record], config: Config, shown: Shown = EVERYTHING
) -> list[dict[str, Any]]:
    """Show the values of records of one catalog."""
    if not records:
        return []
    catalog = records[0].catalog
    fields = [one for one in catalog.fields if one.type != "group" and _is_wanted(one, shown.fields)]
    linked = await record_links.look_up(tx, fields, [one.values for one in records])
    inner = await _inner_values(tx, linked, config, shown) if shown.expands_all or shown.expanded else {}
    writer = _Writer(linked, config, inner, shown)
    return [_named(catalog, {str(field.id): writer.write(field, one.values) for field in fields}) for one in records]


def view_link(catalog: Catalog, record: Record, *, is_removed: bool) -> dict[str, Any]:
    """Show a link to a record."""
    return {
        "sectionId": section_key(catalog),
        "catalogId": catalog.key,
        "catalogTitle": catalog.name,
        "catalogIcon": catalog.icon,
        "recordId": str(record.number),
        "recordTitle": record.title,
        "isRemoved": is_removed,
    }


class _Writer(msgspec.Struct, frozen=True):
    linked: Linked
    config: Config
    inner: Mapping[tuple[int, int], Mapping[str, Any]]  # values of linked records
    shown: Shown

    def write(self, field: Field, values: Mapping[str, Any]) -> Any:
        """Show one value."""
        value = values.get(str(field.id))
        if value is None:
            return _empty(field)
        if field.type == "date":
            return moment(value)
        if field.type == "user":
            return [self._person(one) for one in value]
        if field.type == "object":
            return [link for pair in value if (link := self._link(field, (pair[0], pair[1]))) is not None]
        if field.type == "file":
            return [file for one in value if (file := self._file(one)) is not None]
        return value

    def _person(self, person_id: int) -> dict[str, Any]:
        person = self.linked.people.get(person_id)
        title, is_removed = (person.name, not person.active) if person else ("", True)
        return {"id": str(person_id), "title": title, "isRemoved": is_removed}

    def _link(self, field: Field, target: tuple[int, int]) -> dict[str, Any] | None:
        record = self.linked.records.get(target)
        if record is None:
            return None
        link = view_link(record.catalog, record, is_removed=target in self.linked.removed)
        name = str(field.id)
        if not self.shown.expands_all and name not in self.shown.expanded:
            return link
        wanted = self.shown.expanded.get(name)
        values = self.inner.get(target, {})
        if wanted is not None:
            kept = wanted.get(record.catalog.key, wanted.get(str(record.catalog.id), frozenset()))
            values = {key: value for key, value in values.items() if key in kept}
        return {**link, "recordValues": values}

    def _file(self, entry: Any) -> dict[str, Any] | None:
        if isinstance(entry, dict):
            return {"id": None, **entry, "metadata": None, "typeStorage": "url"}
        file = self.linked.files.get(entry)
        return None if file is None else file_view(file, self.config)


async def _inner_values(
    tx: Tx, linked: Linked, config: Config, shown: Shown
) -> dict[tuple[int, int], Mapping[str, Any]]:
    """Show the values of linked records, by catalog and number."""
    found: dict[tuple[int, int], Mapping[str, Any]] = {}
    live = [one for target, one in linked.records.items() if target not in linked.removed]
    for catalog_id in dict.fromkeys(one.catalog_id for one in live):
        group = [one for one in live if one.catalog_id == catalog_id]
        values = await view_values(tx, group, config)
        found |= {(catalog_id, one.number): each for one, each in zip(group, values, strict=True)}
    return found


def _empty(field: Field) -> Any:
    if TYPES[field.type].is_list:
        return []
    return "" if field.type == "text" else None


def _is_wanted(field: Field, wanted: Collection[str] | None) -> bool:
    return wanted is None or str(field.id) in wanted


def _named(catalog: Catalog, values: dict[str, Any]) -> dict[str, Any]:
    """Show the employees' fields under their words, too."""
    if catalog.id != USERS_CATALOG:
        return values
    return {**values, **{word: values[name] for name, word in _USERS_NAMES.items() if name in values}}


def view_change(fields: Iterable[Field], value: Any, name: str, writer: _Writer) -> Any:
    """Show one value of a history."""
    field = next((one for one in fields if str(one.id) == name), None)
    return value if field is None else writer.write(field, {name: value})


async def writer_of(tx: Tx, fields: Sequence[Field], values: Iterable[Mapping[str, Any]], config: Config) -> _Writer:
    """Give what shows single values."""
    return _Writer(await record_links.look_up(tx, fields, values), config, {}, EVERYTHING)
