"""``date``: a moment, kept as unix milliseconds."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from skvorets.core.catalog_fields import Field
from skvorets.core.field_types.base import Asker, FieldType, WrongValue, between
from skvorets.storage.record_index import Test

_DAY_MS = 24 * 3600 * 1000
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MAX_LENGTH = 40


class Date(FieldType):
    """A moment."""

    name = "date"
    order = "number"

    def read(self, given: Any, field: Field) -> int | None:
        """Take an ISO 8601 moment of any offset; without one it is UTC."""
        return None if given is None or given == "" else _moment(given, 0)

    def number(self, value: Any) -> float | None:
        """Give the milliseconds."""
        return None if value is None else float(value)

    def test(self, given: Any, field: Field, asker: Asker) -> Test | None:
        """Look for a range ``{at, to}``, or one moment; days are those of the asker's clock, wholly included."""
        if not isinstance(given, dict):
            given = {"at": given, "to": given}
        at, to, offset = given.get("at"), given.get("to"), asker.utc_offset_minutes
        low = None if at in (None, "") else _moment(at, offset)
        high = None if to in (None, "") else _moment(to, offset) + (_DAY_MS - 1 if _is_day(to) else 0)
        return between(low, high, field, asker)


def _is_day(given: Any) -> bool:
    return isinstance(given, str) and bool(_DAY.fullmatch(given.strip()))


def _moment(given: Any, offset_minutes: int) -> int:
    if not isinstance(given, str) or len(given) > _MAX_LENGTH:
        raise WrongValue("a moment is wanted: 2024-06-04T04:24:44.146Z")
    try:
        found = datetime.fromisoformat(given.strip())
        if found.tzinfo is None:
            found = found.replace(tzinfo=timezone(timedelta(minutes=offset_minutes)))
        since = found.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    except (ValueError, OverflowError):
        raise WrongValue("a moment is wanted: 2024-06-04T04:24:44.146Z") from None
    return since // timedelta(milliseconds=1)
