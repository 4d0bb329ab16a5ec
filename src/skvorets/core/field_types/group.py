"""``group``: a headline between fields; it has no value."""

from __future__ import annotations

from typing import Any

from skvorets.core.catalog_fields import Field
from skvorets.core.field_types.base import FieldType, WrongValue


class Group(FieldType):
    """A headline."""

    name = "group"

    def read(self, given: Any, field: Field) -> None:
        """Take nothing."""
        if given not in (None, "", []):
            raise WrongValue("a group takes no value")
