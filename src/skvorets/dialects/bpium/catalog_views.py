"""Sections and catalogs as programs see them. Source: spec ``bpium-messages.md`` §5.1, 6.1, 6.2."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from skvorets.core.catalog_fields import Field
from skvorets.core.catalog_rights import level_in, levels_up_to
from skvorets.core.catalogs import SYSTEM_SECTION, Catalog
from skvorets.core.sections import SYSTEM_WORD
from skvorets.storage.catalogs import Section
from skvorets.storage.people import Person


def view_section(section: Section, person: Person, priority: int) -> dict[str, Any]:
    """Show a section; ``priority`` is its place among all."""
    is_system = section.id == SYSTEM_SECTION
    level = ("admin" if person.admin else "view") if is_system else level_in(person, 0)
    return {
        "id": SYSTEM_WORD if is_system else str(section.id),
        "icon": section.icon,
        "name": section.name,
        "privileges": levels_up_to(level),
        "privilegeCode": level,
        "priority": priority,
    }


def view_catalog(
    catalog: Catalog, person: Person, new_chats: Mapping[int, int], fields: Collection[str] | None = None
) -> dict[str, Any]:
    """Show a catalog; ``fields``: only these, None = all."""
    shown = (one for one in catalog.fields if fields is None or str(one.id) in fields)
    return {
        "id": catalog.key,
        "sectionId": section_key(catalog),
        "icon": catalog.icon,
        "name": catalog.name,
        "chat": {"newChats": new_chats.get(catalog.id, 0)},
        "history": True,
        "fields": _view_fields(shown),
        "privilegeCode": level_in(person, catalog.id),
        "fieldPrivilegeCodes": {},
    }


def section_key(catalog: Catalog) -> str:
    """Give the id of the section as links show it."""
    return str(catalog.section_id)


def _view_fields(fields: Iterable[Field]) -> list[dict[str, Any]]:
    return [
        {
            **one.others,
            "id": str(one.id),
            "name": one.name,
            "hint": one.hint,
            "type": one.type,
            "required": one.required,
            "history": one.history,
            "filterable": one.filterable,
            "apiOnly": one.api_only,
            "comment": one.comment,
            "config": {key: value for key, value in one.config.items() if key != "lastItemId"},
            "visible": one.visible,
        }
        for one in fields
    ]
