"""Sections that catalogs stand in. Source: spec ``bpium-messages.md`` §5."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from skvorets.core import catalog_rights
from skvorets.core.catalogs import SYSTEM_SECTION
from skvorets.core.names import clean_name
from skvorets.errors import CatalogNotFoundError, EmptyNameError, NotAllowedError, NotEmptyError, SectionNotFoundError
from skvorets.storage import catalogs
from skvorets.storage.catalogs import Section
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

SYSTEM_WORD: Final = "$settings"
SYSTEM: Final = Section(SYSTEM_SECTION, "Управление", "setting-7", 0)
"""The section of the server's own catalogs. [docs]"""
MAX_NAME_LENGTH: Final = 255
MAX_SECTIONS: Final = 1000


async def sections_to_see(tx: Tx, person: Person) -> list[Section]:
    """Give all sections that the person sees, the system's first."""
    if not catalog_rights.level_in(person, 0):
        return []
    return [SYSTEM, *await catalogs.sections(tx)]


async def section_to_see(tx: Tx, person: Person, given: str | int, wanted: str = "available") -> Section:
    """Give the section when the person's level is ``wanted`` at least. Raises SectionNotFoundError, NotAllowedError."""
    text = str(given)
    if not catalog_rights.level_in(person, 0):
        raise SectionNotFoundError
    if text in {SYSTEM_WORD, str(SYSTEM_SECTION)}:
        if wanted != "available":
            raise NotAllowedError
        return SYSTEM
    is_number = text.isascii() and text.isdigit() and len(text) < 10  # noqa: PLR2004 — 31 bits
    section = await catalogs.find_section(tx, int(text)) if is_number else None
    if section is None:
        raise SectionNotFoundError
    catalog_rights.check(person, 0, wanted)
    return section


async def create_section(tx: Tx, person: Person, name: str, icon: str) -> int:
    """Make a section; its id. Raises NotAllowedError (no administrator), EmptyNameError, NotEmptyError (too many)."""
    if not person.admin:
        raise NotAllowedError
    if len(await catalogs.sections(tx)) >= MAX_SECTIONS:
        raise NotEmptyError(f"there are {MAX_SECTIONS} sections already")
    return await catalogs.insert_section(tx, _name(name), icon)


async def change_section(tx: Tx, person: Person, given: str, name: str | None, icon: str | None) -> Section:
    """Rename a section or give it another icon. Raises SectionNotFoundError, NotAllowedError, EmptyNameError."""
    section = await section_to_see(tx, person, given, "admin")
    changed: dict[str, object] = {}
    if name is not None:
        changed["name"] = _name(name)
    if icon is not None:
        changed["icon"] = icon
    if changed:
        await catalogs.change_section(tx, section.id, **changed)
    return await section_to_see(tx, person, given)


async def order_catalogs(tx: Tx, person: Person, given: str, wanted: Sequence[str]) -> list[str]:
    """Put the catalogs of a section into this order, others behind them; the order now.

    Raises SectionNotFoundError, NotAllowedError, CatalogNotFoundError (one that is not in the section).
    """
    section = await section_to_see(tx, person, given, "admin")
    known = {row.word or str(row.id): row for row in await catalogs.every(tx, section.id)}
    if not known.keys() >= set(wanted):
        raise CatalogNotFoundError
    order = list(dict.fromkeys([*wanted, *known]))
    for place, key in enumerate(order):
        if known[key].priority != place:
            await catalogs.change(tx, known[key].id, priority=place)
    return order


async def delete_section(tx: Tx, person: Person, given: str) -> None:
    """Delete an empty section. Raises SectionNotFoundError, NotAllowedError, NotEmptyError."""
    section = await section_to_see(tx, person, given, "admin")
    if await catalogs.every(tx, section.id):
        raise NotEmptyError("there are catalogs in this section")
    await catalogs.change_section(tx, section.id, deleted_at=tx.now)


def _name(name: str) -> str:
    found = clean_name(name, MAX_NAME_LENGTH)
    if not found:
        raise EmptyNameError
    return found
