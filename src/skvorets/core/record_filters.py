"""Filters of record lists: what a program asks for, as tests of the index of values.

    [{"fieldId": "3", "value": ["1"]}, …]                 all of them
    {"3": {"$or": [["1"], ["2"]]}, "$or": [{"4": …}, …]}   nested as one likes

Source: spec ``bpium-messages.md`` §7.3.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from skvorets.core.catalog_fields import Field
from skvorets.core.catalogs import Catalog
from skvorets.core.field_types import TYPES, Asker, WrongValue
from skvorets.errors import WrongQuestionError
from skvorets.storage.record_index import Both, Either, Test

MAX_TESTS: Final = 100
"""Conditions of one question."""
MAX_DEPTH: Final = 16
_JOINS: Final[Mapping[str, type[Both | Either]]] = {"$or": Either, "$and": Both}


def read_filters(given: Any, catalog: Catalog, asker: Asker) -> tuple[Test, ...]:
    """Give the tests that records must all pass. Raises WrongQuestionError."""
    reader = _Reader(catalog, asker)
    return _present([reader.read(given, 0)])


class _Reader:
    def __init__(self, catalog: Catalog, asker: Asker) -> None:
        self._fields = fields_by_name(catalog)
        self._asker = asker
        self._left = MAX_TESTS

    def read(self, given: Any, depth: int) -> Test | None:
        """Read a list of conditions or an object of them."""
        self._go_deeper(depth)
        if isinstance(given, dict) and "fieldId" in given:
            return self._on_field(str(given["fieldId"]), given.get("value"), depth + 1)
        if isinstance(given, dict):
            return _joined(Both, [self._member(name, value, depth + 1) for name, value in given.items()])
        if isinstance(given, list):
            return _joined(Both, [self.read(one, depth + 1) for one in given])
        if given in (None, ""):
            return None
        raise WrongQuestionError("filters are a list of {fieldId, value}, or an object")

    def _member(self, name: str, value: Any, depth: int) -> Test | None:
        if name in _JOINS:
            if not isinstance(value, list):
                raise WrongQuestionError(f"{name} wants a list")
            return _joined(_JOINS[name], [self.read(one, depth + 1) for one in value])
        if name.isascii() and name.isdigit() and isinstance(value, dict) and "fieldId" in value:
            return self.read(value, depth + 1)  # a list whose places are numbered with gaps
        return self._on_field(name, value, depth + 1)

    def _on_field(self, name: str, value: Any, depth: int) -> Test | None:
        self._go_deeper(depth)
        field = self._fields.get(name)
        if field is None:
            raise WrongQuestionError(f"there is no field {name[:50]}")
        if isinstance(value, dict) and len(value) == 1 and (join := next(iter(value))) in _JOINS:
            parts = value[join]
            if not isinstance(parts, list):
                raise WrongQuestionError(f"{join} wants a list")
            return _joined(_JOINS[join], [self._on_field(name, one, depth + 1) for one in parts])
        if value is None or value in ("", [], {}):
            return None
        try:
            return TYPES[field.type].test(value, field, self._asker)
        except WrongValue as error:
            raise WrongQuestionError(f"field {name}: {error}") from None

    def _go_deeper(self, depth: int) -> None:
        self._left -= 1
        if depth > MAX_DEPTH or self._left < 0:
            raise WrongQuestionError("these filters are too complex")


def fields_by_name(catalog: Catalog) -> dict[str, Field]:
    """Give the fields of a catalog by all names that they have on the wire."""
    known = {str(field.id): field for field in catalog.fields}
    if catalog.word == "$users":
        return {**known, "$name": known["1"], "$email": known["2"]}
    return known


def _joined(kind: type[Both | Either], tests: Iterable[Test | None]) -> Test | None:
    """Join tests; those that restrict nothing are left out."""
    found = _present(tests)
    return (found[0] if len(found) == 1 else kind(found)) if found else None


def _present(tests: Iterable[Test | None]) -> tuple[Test, ...]:
    return tuple(one for one in tests if one is not None)
