"""``address``: a place, with what the provider of addresses knows of it."""

from __future__ import annotations

from typing import Any, Final

from skvorets.core.catalog_fields import Field
from skvorets.core.field_types.base import Asker, FieldType, WrongValue, contains, words
from skvorets.storage.record_index import Test

MAX_LENGTH: Final = 2000


class Address(FieldType):
    """An address."""

    name = "address"
    order = "text"
    names_record = True

    def read(self, given: Any, field: Field) -> dict[str, Any] | None:
        """Take ``{value, provider, data}``, or the address alone."""
        entry = {"value": given} if isinstance(given, str) else given
        if entry is None:
            return None
        if not isinstance(entry, dict):
            raise WrongValue("{value, provider, data} is wanted")
        value = words(entry.get("value"), MAX_LENGTH)
        provider = words(entry.get("provider"), MAX_LENGTH)
        return {"value": value, "provider": provider, "data": entry.get("data")} if value else None

    def text(self, value: Any) -> str:
        """Give the address."""
        return str(value["value"]) if value else ""

    def test(self, given: Any, field: Field, asker: Asker) -> Test | None:
        """Look for a part, in any letter case."""
        return contains(given["value"] if isinstance(given, dict) and "value" in given else given, field, asker)
