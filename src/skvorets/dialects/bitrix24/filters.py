"""The documented way to filter and order lists: ``{"<DEADLINE": "2024-05-01", "RESPONSIBLE_ID": [1, 2]}``.

Source: docs ``user.get`` (prefixes), ``task.item.list`` (fields, order), ``event.offline.list``. Fields that a method
does not know are ignored, as the reference does; a value of a wrong kind matches nothing but is no error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

import msgspec

from skvorets.dialects.bitrix24.params import Anything
from skvorets.dialects.bitrix24.values import BadValue, to_atom_date, to_flag, to_structure, to_text
from skvorets.php_forms import Value
from skvorets.storage.conditions import Condition, Operator

# Values of one field and fields of one filter; undocumented, past any list that a person would send.
MAX_VALUES = 1000
MAX_FIELDS = 50
_PREFIX = re.compile(r"(!=%|!%=|=%|%=|!%|!@|!=|>=|<=|[!<>=@%]|)(.*)", re.DOTALL)
_OPERATORS: Mapping[str, Operator] = {
    "": "=",
    "=": "=",
    "@": "=",
    "!": "!",
    "!=": "!",
    "!@": "!",
    "<": "<",
    "<=": "<=",
    ">": ">",
    ">=": ">=",
    "%": "like",
    "=%": "like",
    "%=": "like",
    "!%": "!like",
    "!=%": "!like",
    "!%=": "!like",
}
# With these the caller gives a piece of text, with the other ``like`` prefixes a pattern.
_SUBSTRING = frozenset({"%", "!%"})
_HAS_OFFSET = re.compile(r"T.*(?:Z|[+ -][0-9]{2}:?[0-9]{2})\s*$", re.DOTALL)
_LIKE_SIGNS = re.compile(r"([%_\\])")
_MINUTE_MS = 60_000

ReadValue: TypeAlias = Callable[[Value], int | str]


class Field(msgspec.Struct, frozen=True):
    """A documented field of a filter: its column in the storage and how its values are read."""

    column: str
    read: ReadValue = to_text


def flag(value: Value) -> int:
    """Read Y/N, true/false, 1/0 as 1 or 0."""
    return int(to_flag(value, default=False))


def moment(utc_offset_minutes: int) -> ReadValue:
    """Make a reader of dates (milliseconds UTC); a date without an offset is one of the portal's clock."""

    def read(value: Value) -> int:
        milliseconds = to_atom_date(value)
        if milliseconds is None:
            return 0
        has_offset = isinstance(value, str) and _HAS_OFFSET.search(value) is not None
        return milliseconds if has_offset else milliseconds - utc_offset_minutes * _MINUTE_MS

    return read


def read_filter(given: Anything | None, fields: Mapping[str, Field]) -> list[Condition]:
    """Read a filter, a map or the JSON text of one; everything else filters nothing."""
    return [one for name, value in list(_map(given).items())[:MAX_FIELDS] for one in _conditions(name, value, fields)]


def read_order(given: Anything | None, fields: Mapping[str, Field]) -> list[tuple[str, bool]]:
    """Read ``{"DEADLINE": "desc"}`` as pairs (column, is it descending?)."""
    return [
        (fields[name.upper()].column, is_descending(direction))
        for name, direction in _map(given).items()
        if name.upper() in fields
    ]


def is_descending(direction: Value) -> bool:
    """Read ASC or DESC; everything else is ascending."""
    return isinstance(direction, str) and direction.strip().lower().startswith("desc")


def with_tie_break(order: Sequence[tuple[str, bool]], *, descends: bool) -> list[tuple[str, bool]]:
    """Make the order one of all rows: those that are equal in it go by id."""
    return [*order] if any(column == "id" for column, _ in order) else [*order, ("id", descends)]


def _map(given: Anything | None) -> dict[str, Value]:
    if given is None:
        return {}
    try:
        value = to_structure(given.value)
    except BadValue:
        return {}
    return value if isinstance(value, dict) else {}


def _conditions(name: str, value: Value, fields: Mapping[str, Field]) -> Iterator[Condition]:
    match = _PREFIX.match(name)
    field = fields.get(match[2].strip().upper()) if match else None
    if match is None or field is None:
        return
    prefix, operator = match[1], _OPERATORS[match[1]]
    values = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else [value]
    try:
        read = [field.read(one) for one in values[:MAX_VALUES]]
    except BadValue:
        read = []
    texts = tuple(one for one in read if isinstance(one, str))
    numbers = tuple(one for one in read if isinstance(one, int))
    if operator in {"=", "!"} and not prefix.strip("!") and any("%" in text for text in texts):
        operator = "like" if operator == "=" else "!like"  # COMPAT(bitrix24): {"NAME": "Iva%"} is a pattern
    if operator in {"like", "!like"} and texts:
        yield Condition(field.column, operator, (_pattern(prefix, texts[0]),))
    elif operator in {"like", "!like"}:  # numbers have no pieces
        yield Condition(field.column, "!" if operator == "!like" else "=", numbers)
    elif not read and operator not in {"=", "!"}:
        yield Condition(field.column, "=", ())  # compared with nothing: matches nothing
    else:
        yield Condition(field.column, operator, texts or numbers)


def _pattern(prefix: str, text: str) -> str:
    if prefix in _SUBSTRING:
        return "%" + _LIKE_SIGNS.sub(r"\\\1", text) + "%"
    return text.replace("\\", "\\\\")
