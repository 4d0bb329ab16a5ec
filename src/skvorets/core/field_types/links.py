"""``user``: employees; ``object``: records of catalogs. That they exist is seen to in ``core/record_links.py``."""

from __future__ import annotations

from typing import Any, Final

from skvorets.core.catalog_fields import Field
from skvorets.core.field_types.base import Asker, FieldType, WrongValue, any_of, entries, limited, whole
from skvorets.storage.record_index import Test, target_of

CURRENT_USER: Final = "CURRENT_USER"
"""In a filter: whoever asks. [docs]"""
USERS_WORDS: Final = {"$users": 3}


class User(FieldType):
    """Employees."""

    name = "user"
    order = "number"
    is_list = True

    def read(self, given: Any, field: Field) -> list[int] | None:
        """Take a list of ``{id}`` or of ids."""
        found = [whole(one.get("id") if isinstance(one, dict) else one) for one in entries(given)]
        return limited(list(dict.fromkeys(found)), field) or None

    def choices(self, value: Any) -> tuple[int, ...]:
        """Find it by its people."""
        return tuple(value or ())

    def number(self, value: Any) -> float | None:
        """Order by the first one."""
        return float(value[0]) if value else None

    def test(self, given: Any, field: Field, asker: Asker) -> Test | None:
        """Look for one of the people."""
        found = []
        for one in entries(given):
            named = one.get("id") if isinstance(one, dict) else one
            found.append(asker.person_id if named == CURRENT_USER else whole(named))
        return any_of(found, field, asker)


class Object(FieldType):
    """Records; kept as pairs of the catalog's and the record's number."""

    name = "object"
    order = "number"
    is_list = True

    def read(self, given: Any, field: Field) -> list[list[int]] | None:
        """Take a list of ``{catalogId, recordId}`` whose catalogs are numbers by now."""
        found = [[*pair] for pair in dict.fromkeys(_pair(one) for one in entries(given))]
        return limited(found, field) or None

    def choices(self, value: Any) -> tuple[int, ...]:
        """Find it by its records."""
        return tuple(target_of(*pair) for pair in value or ())

    def number(self, value: Any) -> float | None:
        """Order by the number of the first one."""
        return float(value[0][1]) if value else None

    def test(self, given: Any, field: Field, asker: Asker) -> Test | None:
        """Look for one of the records."""
        return any_of((target_of(*_pair(one)) for one in entries(given)), field, asker)


def _pair(given: Any) -> tuple[int, int]:
    if not isinstance(given, dict):
        raise WrongValue("a list of {catalogId, recordId} is wanted")
    named = given.get("catalogId")
    catalog_id = USERS_WORDS.get(named, named) if isinstance(named, str) else named
    pair = whole(catalog_id), whole(given.get("recordId"))
    if max(pair) >= 1 << 31:
        raise WrongValue("there is no such record")
    return pair
