"""Records of catalogs: the one door to them. Source: spec ``bpium-messages.md`` §7.

A record is named by its catalog's number (3 = the employees) and its own number within the catalog; programs see words
like ``$users`` instead of some catalogs' numbers (``Record.catalog.key``).
"""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from skvorets.core.catalog_rights import USERS_CATALOG
from skvorets.core.catalogs import USERS, Catalog, catalog_to_see
from skvorets.errors import RecordNotFoundError
from skvorets.storage import people, records
from skvorets.storage.database import Tx
from skvorets.storage.people import Person
from skvorets.storage.records import RecordRow

MAX_NUMBER_DIGITS: Final = 18
"""Numbers of records fit into 63 bits."""
_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
_decoder = msgspec.json.Decoder(dict[str, Any])


class Record(msgspec.Struct, frozen=True):
    """A record of a catalog. Times are unix milliseconds."""

    catalog: Catalog
    number: int  # within the catalog
    title: str
    values: dict[str, Any]  # by field id, as core/field_types reads them; empty ones are left out
    created_at: int = 0
    changed_at: int = 0

    @property
    def catalog_id(self) -> int:
        """Number of the catalog."""
        return self.catalog.id


async def record_to_see(
    tx: Tx, person: Person, catalog_id: str | int, record_id: str | int, wanted: str = "view"
) -> Record:
    """Give the record when the person's level is ``wanted`` at least.

    Raises CatalogNotFoundError, RecordNotFoundError, NotAllowedError (he sees it, but his level is too low).
    """
    catalog = await catalog_to_see(tx, person, catalog_id, wanted)
    number = number_of(record_id)
    if catalog.id == USERS_CATALOG:
        found = await people.find(tx, number)
        if found is None or found.kind != "human" or not found.active:
            raise RecordNotFoundError
        return record_of_person(found)
    row = await records.find(tx, catalog.id, number)
    if row is None:
        raise RecordNotFoundError
    return record_of(catalog, row)


def number_of(record_id: str | int) -> int:
    """Read the number of a record. Raises RecordNotFoundError for what can be none."""
    text = str(record_id)
    if not _NUMBER.fullmatch(text):
        raise RecordNotFoundError
    return int(text)


def record_of(catalog: Catalog, row: RecordRow) -> Record:
    """Read a record as it is stored."""
    return Record(catalog, row.number, row.title, _decoder.decode(row.data), row.created_at, row.changed_at)


def record_of_person(person: Person) -> Record:
    """Show an employee as a record."""
    email = [{"contact": person.email, "comment": "", "id": "1"}] if person.email else []
    values = {"1": person.name, "2": email}
    return Record(USERS, person.id, person.name or f"#{person.id}", values, person.created_at, person.created_at)
