"""``number``, ``progress`` (0…100) and ``stars`` (0…5)."""

from __future__ import annotations

import math
import re
from typing import Any, Final

from skvorets.core.catalog_fields import Field
from skvorets.core.field_types.base import Asker, FieldType, WrongValue, any_of, between, entries
from skvorets.storage.record_index import Test

MOST: Final = 1e15
"""Greater numbers would lose digits."""
_NUMERIC = re.compile(r"[+-]?(\d{1,20}(\.\d{0,20})?|\.\d{1,20})([eE][+-]?\d{1,2})?", re.ASCII)


class Number(FieldType):
    """A number."""

    name = "number"
    order = "number"
    low: float = -MOST
    high: float = MOST

    def read(self, given: Any, field: Field) -> float | None:
        """Take a number or its text."""
        return self._number(given)

    def number(self, value: Any) -> float | None:
        """Give the number itself."""
        return None if value is None else float(value)

    def test(self, given: Any, field: Field, asker: Asker) -> Test | None:
        """Look for a range ``{at, to}``, or for one number."""
        if isinstance(given, dict):
            return between(_number(given.get("at")), _number(given.get("to")), field, asker)
        found = _number(given)
        return between(found, found, field, asker)

    def _number(self, given: Any) -> float | None:
        found = _number(given)
        if found is not None and not self.low <= found <= self.high:
            raise WrongValue(f"a number from {self.low:g} to {self.high:g} is wanted")
        return found


class Progress(Number):
    """A share in per cent."""

    name = "progress"
    low = 0
    high = 100


class Stars(Number):
    """Zero to five stars."""

    name = "stars"
    low = 0
    high = 5

    def read(self, given: Any, field: Field) -> float | None:
        """Take a whole number."""
        found = self._number(given)
        if found is not None and found != int(found):
            raise WrongValue("a whole number is wanted")
        return found

    def choices(self, value: Any) -> tuple[int, ...]:
        """Find it by its number."""
        return () if value is None else (int(value),)

    def test(self, given: Any, field: Field, asker: Asker) -> Test | None:
        """Look for one of some numbers of stars, or a range."""
        if isinstance(given, dict):
            return super().test(given, field, asker)
        return any_of((int(found) for one in entries(given) if (found := self._number(one)) is not None), field, asker)


def _number(given: Any) -> float | None:
    """Read a number or its text; whole ones stay whole. Raises WrongValue."""
    if given is None or given == "":
        return None
    if isinstance(given, str) and _NUMERIC.fullmatch(given.strip()):
        given = float(given)
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise WrongValue("a number is wanted")
    if not math.isfinite(given) or abs(given) > MOST:
        raise WrongValue("this number is too large")
    return int(given) if given == int(given) else given
