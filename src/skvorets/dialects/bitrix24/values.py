"""Readers of the documented words: what a loosely typed parameter means as an int, a flag, a text, a list …

Source: spec ``bitrix24-transport.md`` §2, §13, ``wire-habits.md`` ("Routing and parameters").

Parameters come from forms (all text) and from JSON (typed), so each reader takes either spelling. All of them are
total: they return, in linear time, or raise `BadValue`.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

from skvorets.dialects.bitrix24.js_literals import BadLiteral, parse_literal
from skvorets.dialects.bitrix24.storable import without_nul
from skvorets.json_bodies import parse_json
from skvorets.php_forms import Value, scalar_text

__all__ = [
    "BadValue",
    "Value",
    "to_atom_date",
    "to_flag",
    "to_int",
    "to_int_list",
    "to_list",
    "to_structure",
    "to_text",
]

INT64_MIN = -(2**63)
INT64_MAX = 2**63 - 1

_SHORT_INT_LENGTH = 18  # digits that always fit into 64 bits
_MAX_EXPONENT_TEXT = 64  # characters; a longer text with an exponent is read without it
_MAX_DATE_LENGTH = 40  # characters; the longest documented one has 25
_NUMBER = re.compile(r"[ \t\n\v\f\r]*+([+-]?)0*+([0-9]{0,20})([0-9]*+)((?:\.[0-9]*+)?[eE][+-]?[0-9]++)?")
_FLAGS = {"y": True, "true": True, "1": True, "n": False, "false": False, "0": False}
_LOST_PLUS = re.compile(r"[ ](?=[0-9]{2}:?[0-9]{2}\Z)")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class BadValue(Exception):  # noqa: N818  # it names what the value is; tables map it to the method's documented code
    """The value cannot be read as the documented type. Its text is for logs, not for clients."""


def to_int(value: Value) -> int:
    """Cast as PHP does: `" 12abc"` is 12, `"1e3"` 1000, `"x"`, `""` and None are 0; clamped to 64 bits.

    Raises `BadValue` for lists and maps.
    """
    if isinstance(value, str):
        if len(value) <= _SHORT_INT_LENGTH and value.isascii() and value.isdecimal():
            return int(value)
        return _leading_int(value)
    if isinstance(value, float):
        return _float_int(value)
    if isinstance(value, (dict, list)):
        raise BadValue("a number was expected")
    return _clamp(int(value or 0))


def to_flag(value: Value, default: bool) -> bool:  # noqa: FBT001  # `to_flag(p, True)` is how a method says it
    """Read Y/N, true/false, 1/0 in any case and type; whatever else, also nothing and `""`, is the default.

    Raises `BadValue` for lists and maps.
    """
    if isinstance(value, bool):
        return value
    if isinstance(value, (dict, list)):
        raise BadValue("Y or N was expected")
    if isinstance(value, str):
        return _FLAGS.get(value.strip().lower(), default) if len(value) <= _SHORT_INT_LENGTH else default
    return bool(value) if value in {0, 1} else default


def to_text(value: Value) -> str:
    """Return a scalar as PHP writes it: None and False are `""`, True is `"1"`, 2.0 is `"2"`.

    Raises `BadValue` for lists and maps.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, (dict, list)):
        raise BadValue("a text was expected")
    return "" if value is None or value is False else scalar_text(value)


def to_list(value: Value) -> list[Value]:
    """Read a list, a map's values (PHP numbers them), JSON text of either, or one scalar as a list of one.

    None and `""` are the empty list. Never raises: a text that only looks like JSON is one scalar.
    """
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        return list(value.values())
    if value is None or value == "":
        return []
    if isinstance(value, str) and value.lstrip()[:1] in {"[", "{"}:
        try:
            return to_list(to_structure(value))
        except BadValue:
            pass
    return [value]


def to_int_list(value: Value) -> list[int]:
    """Read a list of ids as `to_list` and `to_int` do. Raises `BadValue` if an item is a list or a map."""
    return [to_int(item) for item in to_list(value)]


def to_structure(value: Value) -> dict[str, Value] | list[Value]:
    """Read a map or a list, or the text of one: strict JSON first, then a JavaScript-style literal.

    Raises `BadValue` for everything else.
    """
    if isinstance(value, (dict, list)):
        return value
    if isinstance(value, str) and value.lstrip()[:1] in {"[", "{"}:
        decoded = parse_json(value)
        if decoded is None:
            try:
                decoded = parse_literal(value)
            except BadLiteral as error:
                raise BadValue(str(error)) from None
        if "\\" in value:
            decoded = without_nul(decoded)  # an escape such as \u0000 becomes one only now
        if isinstance(decoded, (dict, list)):
            return decoded
    raise BadValue("a list or a map was expected")


def to_atom_date(value: Value, zone: tzinfo = UTC) -> int | None:
    """Read `2024-07-23T08:11:02+03:00` or `2024-07-23` as milliseconds UTC; without an offset it is in the `zone`.

    None, `""` and False are None. Raises `BadValue` for everything that is no date.
    """
    if value is None or value is False or value == "":
        return None
    if not isinstance(value, str) or len(value) > _MAX_DATE_LENGTH:
        raise BadValue("a date was expected")
    # COMPAT(bitrix24): a `+` that the client did not encode arrives as a space.
    text = _LOST_PLUS.sub("+", value.strip()) if "T" in value else value.strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadValue(str(error)) from None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return (aware - _EPOCH) // _MILLISECOND


def _leading_int(text: str) -> int:
    match = _NUMBER.match(text)
    if match is None or not (match[2] or match[4]):
        return 0
    if match[4] and match.end() <= _MAX_EXPONENT_TEXT:
        return _float_int(match[0])
    number = INT64_MAX + 1 if match[3] else int(match[2] or 0)
    return _clamp(-number if match[1] == "-" else number)


def _float_int(number: str | float) -> int:
    """Cut off the fraction; infinity, NaN and texts such as `e5` are 0, as in PHP."""
    try:
        return _clamp(int(float(number)))
    except (ValueError, OverflowError):
        return 0


def _clamp(number: int) -> int:
    return min(max(number, INT64_MIN), INT64_MAX)
