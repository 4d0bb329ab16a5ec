"""What every type of field knows of its values: reading, ordering, filtering, words. One module per type beside this.

A value is kept as JSON in the form that ``read`` gives; empty ones are not kept. What only the database can tell (does
the linked record exist, what is it called?) is asked for all fields of all records at once, see
``core/record_links.py``. Source: spec ``bpium-messages.md`` §7.2, 7.3.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, Literal

import msgspec

from skvorets.core.catalog_fields import Field
from skvorets.storage.record_index import AllOf, AnyOf, Between, Contains, Test, cell_of

MAX_ENTRIES: Final = 1000
"""Entries of one value, or of one filter."""
MAX_TEXT_LENGTH: Final = 100_000
"""Characters of one text."""


class WrongValue(Exception):  # noqa: N818 — it names the state of the input
    """What is no value of this type; the text says why."""


class Asker(msgspec.Struct, frozen=True):
    """Who filters, and where."""

    catalog_id: int
    person_id: int
    utc_offset_minutes: int = 0  # his clock, minutes east of UTC


class FieldType:
    """A type of fields. Types differ in what they override."""

    name: str
    order: Literal["number", "text", ""] = ""  # what lists are ordered by; empty = they are not
    is_list: bool = False  # is an empty value shown as a list?
    has_words: bool = False  # is it looked through by a search?
    names_record: bool = False  # may it be the title of a record?

    def check_config(self, config: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
        """Give the settings of a field as they are to be kept; ``before``: those until now. Raises WrongValue."""
        return config

    def read(self, given: Any, field: Field) -> Any:
        """Give the value as it is kept, None for an empty one. Raises WrongValue."""
        raise NotImplementedError

    def number(self, value: Any) -> float | None:
        """Give what a value is ordered by; None for an empty one."""
        return None

    def text(self, value: Any) -> str:
        """Give the words of a value; empty for an empty one."""
        return ""

    def choices(self, value: Any) -> Sequence[int]:
        """Give the numbers by which a value is found: options, people."""
        return ()

    def test(self, given: Any, field: Field, asker: Asker) -> Test | None:
        """Give what a filter looks for; None = no restriction. Raises WrongValue."""
        raise WrongValue("this field cannot be filtered by")


def contains(given: Any, field: Field, asker: Asker) -> Test | None:
    """Look for a part of the words."""
    if isinstance(given, int | float) and not isinstance(given, bool):
        given = str(given)
    if not isinstance(given, str):
        raise WrongValue("a text is wanted")
    return Contains((cell_of(asker.catalog_id, field.id),), given.lower()) if given else None


def any_of(given: Iterable[int], field: Field, asker: Asker) -> Test | None:
    """Look for one of the numbers."""
    values = tuple(given)
    return AnyOf(cell_of(asker.catalog_id, field.id), values) if values else None


def all_of(given: Iterable[int], field: Field, asker: Asker) -> Test | None:
    """Look for all of the numbers."""
    values = tuple(given)
    return AllOf(cell_of(asker.catalog_id, field.id), values) if values else None


def between(low: float | None, high: float | None, field: Field, asker: Asker) -> Test | None:
    """Look for a number of a range, both ends included."""
    if low is None and high is None:
        return None
    return Between(cell_of(asker.catalog_id, field.id), low, high)


def entries(given: Any) -> list[Any]:
    """Give a list as it came, a single value as a list of one. Raises WrongValue for too many."""
    if given is None:
        return []
    found = given if isinstance(given, list) else [given]
    if len(found) > MAX_ENTRIES:
        raise WrongValue(f"at most {MAX_ENTRIES} entries")
    return found


def limited(found: list[Any], field: Field) -> list[Any]:
    """Give the entries of a value. Raises WrongValue for more than one where the field takes one."""
    if len(found) > 1 and not field.config.get("multiselect"):
        raise WrongValue("one entry at most: the field has no multiselect")
    return found


def whole(given: Any) -> int:
    """Read the number of something: a positive integer, or its text. Raises WrongValue."""
    if isinstance(given, str) and given.isascii() and given.isdigit() and len(given) < 19:  # noqa: PLR2004 — 63 bits
        given = int(given)
    if isinstance(given, bool) or not isinstance(given, int) or not 0 < given < 1 << 62:
        raise WrongValue("a number is wanted")
    return given


def words(given: Any, most: int = MAX_TEXT_LENGTH) -> str:
    """Read a text. Raises WrongValue."""
    if given is None:
        return ""
    if not isinstance(given, str):
        raise WrongValue("a text is wanted")
    if len(given) > most:
        raise WrongValue(f"at most {most} characters")
    return given
