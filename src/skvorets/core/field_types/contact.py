"""``contact``: e-mail addresses, phone numbers and the like, with comments."""

from __future__ import annotations

from typing import Any, Final

from skvorets.core.catalog_fields import Field
from skvorets.core.field_types.base import Asker, FieldType, WrongValue, contains, entries, limited, words
from skvorets.storage.record_index import Test

MAX_LENGTH: Final = 1000
"""Characters of a contact or its comment."""


class Contact(FieldType):
    """A list of contacts."""

    name = "contact"
    order = "text"
    is_list = True
    has_words = True
    names_record = True

    def read(self, given: Any, field: Field) -> list[dict[str, str]] | None:
        """Take a list of ``{contact, comment}``; each gets its number."""
        kept: list[dict[str, str]] = []
        for one in entries(given):
            entry = {"contact": one} if isinstance(one, str) else one
            if not isinstance(entry, dict):
                raise WrongValue("a list of {contact, comment} is wanted")
            contact, comment = words(entry.get("contact"), MAX_LENGTH), words(entry.get("comment"), MAX_LENGTH)
            if contact or comment:
                kept.append({"id": str(len(kept) + 1), "contact": contact, "comment": comment})
        return limited(kept, field) or None

    def text(self, value: Any) -> str:
        """Give contacts and comments."""
        return "\n".join(part for one in value or () for part in (one["contact"], one["comment"]) if part)

    def test(self, given: Any, field: Field, asker: Asker) -> Test | None:
        """Look for a part, in any letter case."""
        return contains(given, field, asker)
