"""What a person may do in sections and catalogs, as levels of which each includes the lower ones.

There are no rules for single objects yet: administrators may do everything; every other employee works with records of
all catalogs, but deletes none and changes no catalog; people from outside see nothing. Source: spec
``bpium-messages.md`` §7.4.
"""

from __future__ import annotations

from typing import Final

from skvorets.errors import NotAllowedError
from skvorets.storage.people import Person

LEVELS: Final = ("available", "search", "view", "edit", "create", "export", "delete", "access", "admin")
"""Levels in ascending order. [docs]"""
NOTHING: Final = ""
"""The level of somebody who may not even know."""
USERS_CATALOG: Final = 3
"""Number of the system catalog of employees. [seed]"""


def level_in(person: Person, catalog_id: int) -> str:
    """Give the person's level in a catalog (or, with 0, in sections of users)."""
    if person.extranet or person.kind not in {"human", "bot"}:
        return NOTHING
    if person.admin:
        return "admin"
    return "view" if catalog_id == USERS_CATALOG else "create"


def reaches(level: str, wanted: str) -> bool:
    """Does a level include another one?"""
    return level != NOTHING and LEVELS.index(level) >= LEVELS.index(wanted)


def levels_up_to(level: str) -> list[str]:
    """Give a level and all that it includes, in ascending order."""
    return list(LEVELS[: LEVELS.index(level) + 1]) if level else []


def check(person: Person, catalog_id: int, wanted: str) -> None:
    """Raise NotAllowedError when the person's level in a catalog is too low."""
    if not reaches(level_in(person, catalog_id), wanted):
        raise NotAllowedError
