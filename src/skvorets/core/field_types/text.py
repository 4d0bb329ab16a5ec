"""``text``: a text."""

from __future__ import annotations

from typing import Any

from skvorets.core.catalog_fields import Field
from skvorets.core.field_types.base import Asker, FieldType, contains, words
from skvorets.storage.record_index import Test


class Text(FieldType):
    """A text; numbers are taken as texts."""

    name = "text"
    order = "text"
    has_words = True
    names_record = True

    def read(self, given: Any, field: Field) -> str | None:
        """Take a text."""
        if isinstance(given, int | float) and not isinstance(given, bool):
            given = str(given)
        return words(given) or None

    def text(self, value: Any) -> str:
        """Give the text itself."""
        return str(value or "")

    def test(self, given: Any, field: Field, asker: Asker) -> Test | None:
        """Look for a part, in any letter case."""
        return contains(given, field, asker)
