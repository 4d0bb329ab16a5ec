"""Catalogs of records: the one door to them. Source: spec ``bpium-messages.md`` §6.

Who may not see a catalog gets the same answer as for one that does not exist.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Final

import msgspec

from skvorets.core import catalog_rights
from skvorets.core.catalog_fields import Field, read_fields
from skvorets.core.catalog_rights import USERS_CATALOG
from skvorets.errors import CatalogNotFoundError
from skvorets.storage import catalogs
from skvorets.storage.catalogs import CatalogRow
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

SYSTEM_SECTION: Final = 1
"""Number of the section of system catalogs. [seed]"""
USERS_WORD: Final = "$users"
# In 31 bits, so that catalog and field fit into one number.
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_WORD = re.compile(r"\$?[A-Za-z_][\w-]{0,62}", re.ASCII)
# Fields of so many catalogs are kept as they were read.
_CATALOGS_KEPT = 256


class Catalog(msgspec.Struct, frozen=True):
    """A catalog with its fields."""

    id: int
    word: str  # the text that programs know it by instead of the number, or empty
    section_id: int
    name: str
    icon: str
    fields: tuple[Field, ...]
    priority: int = 0
    is_deleted: bool = False

    @property
    def key(self) -> str:
        """Id as programs see it."""
        return self.word or str(self.id)

    @property
    def is_system(self) -> bool:
        """Is it kept by the server itself?"""
        return self.section_id == SYSTEM_SECTION


USERS: Final = Catalog(
    id=USERS_CATALOG,
    word=USERS_WORD,
    section_id=SYSTEM_SECTION,
    name="Сотрудники",
    icon="users-1",
    fields=(
        Field(id=1, name="Имя", type="text", required=True, config={"type": "text"}),
        Field(id=2, name="Email", type="contact", config={"type": "email"}),
    ),
)
"""The employees as records. Its name and icon are part of the wire. [seed]"""


async def catalog_to_see(tx: Tx, person: Person, given: str | int, wanted: str = "view") -> Catalog:
    """Give the catalog by number or word, when the person's level is ``wanted`` at least.

    Raises CatalogNotFoundError, also for catalogs that the person may not see, NotAllowedError for too low a level.
    """
    catalog = await _find(tx, str(given))
    if catalog is None or not catalog_rights.reaches(catalog_rights.level_in(person, catalog.id), "available"):
        raise CatalogNotFoundError
    catalog_rights.check(person, catalog.id, wanted)
    return catalog


async def _find(tx: Tx, given: str) -> Catalog | None:
    if given in {USERS_WORD, str(USERS_CATALOG)}:
        return USERS
    if _NUMBER.fullmatch(given):
        row = await catalogs.find(tx, int(given))
    else:
        row = await catalogs.find_by_word(tx, given) if _WORD.fullmatch(given) else None
    return None if row is None else catalog_of(row)


async def catalogs_with_ids(tx: Tx, ids: Iterable[int], *, with_deleted: bool = False) -> dict[int, Catalog]:
    """Give the catalogs with these ids, by id: one query at most."""
    wanted = set(ids)
    found = {USERS_CATALOG: USERS} if USERS_CATALOG in wanted else {}
    rows = await catalogs.find_many(tx, wanted - {USERS_CATALOG}, with_deleted=with_deleted)
    return {**found, **{number: catalog_of(row) for number, row in rows.items()}}


def catalog_of(row: CatalogRow) -> Catalog:
    """Read a catalog as it is stored."""
    fields = _fields(row.fields)
    return Catalog(row.id, row.word, row.section_id, row.name, row.icon, fields, row.priority, row.deleted_at > 0)


@functools.lru_cache(_CATALOGS_KEPT)
def _fields(stored: str) -> tuple[Field, ...]:
    return read_fields(stored)


async def catalogs_to_see(tx: Tx, person: Person, section_id: int = 0) -> list[Catalog]:
    """Give the catalogs that the person sees, of a section or (0) all: the users' in their order, then the system's."""
    found = [] if section_id == SYSTEM_SECTION else [catalog_of(row) for row in await catalogs.every(tx, section_id)]
    if section_id in {0, SYSTEM_SECTION}:
        found.append(USERS)
    return [one for one in found if catalog_rights.reaches(catalog_rights.level_in(person, one.id), "available")]
