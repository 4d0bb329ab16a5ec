"""The types of fields, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from skvorets.core.field_types.address import Address
from skvorets.core.field_types.base import Asker, FieldType, WrongValue
from skvorets.core.field_types.contact import Contact
from skvorets.core.field_types.date import Date
from skvorets.core.field_types.file import File
from skvorets.core.field_types.group import Group
from skvorets.core.field_types.links import Object, User
from skvorets.core.field_types.numbers import Number, Progress, Stars
from skvorets.core.field_types.options import Checkboxes, Dropdown, RadioButton, Switch
from skvorets.core.field_types.text import Text

TYPES: Final[Mapping[str, FieldType]] = {
    one.name: one
    for one in (
        *(Group(), Text(), Number(), Date(), RadioButton(), Dropdown(), Checkboxes(), Stars(), Progress()),
        *(Contact(), User(), Object(), Address(), File(), Switch()),
    )
}
"""All types. Source: spec ``bpium-messages.md`` §6.9."""

__all__ = ["TYPES", "Asker", "FieldType", "WrongValue"]
