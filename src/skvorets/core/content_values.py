"""Reading of loosely typed content: what clients of many languages put into ATTACH, KEYBOARD and MENU.

A list and a numbered map mean the same, keys come in any case, numbers as text, flags as Y/N, true/false, 1/0
(wire-habits, "Routing and parameters"). Nothing here raises on any input; work is linear and bounded by `is_too_heavy`.
"""

from __future__ import annotations

import math
import re
from typing import Final

import msgspec

CONTENT_LIMIT_BYTES: Final = 30_720
"""30 KB as documented, measured as compact UTF-8 JSON of the stored form."""

RAW_WEIGHT_LIMIT: Final = 10 * CONTENT_LIMIT_BYTES
"""Values plus characters of a raw value: ten times the limit leaves room for ignored keys, not for an attack."""

_INT_DIGITS: Final = 18  # fits a signed 64-bit integer
_URL = re.compile(r"(?:/|https?://[^\s/])[^\x00-\x1f\x7f]*", re.IGNORECASE)
_WHOLE_NUMBER = re.compile(rf"[+-]?[0-9]{{1,{_INT_DIGITS}}}")


def is_clear(value: object) -> bool:
    """Whether the value says "none" or "remove": empty text, `N`, `0`, an empty list or map, null, false."""
    if isinstance(value, str):
        return value.strip().upper() in {"", "N", "0"}
    return not value


def is_too_heavy(value: object) -> bool:
    """Whether the raw value has more parts and characters than any content that could be accepted; looks no further."""
    weight = 0
    waiting: list[object] = [value]
    while waiting:
        part = waiting.pop()
        weight += 1
        if isinstance(part, str | bytes):
            weight += len(part)
        elif isinstance(part, dict | list | tuple):
            weight += len(part)
            if weight > RAW_WEIGHT_LIMIT:
                return True
            if isinstance(part, dict):
                waiting.extend(part)
                waiting.extend(part.values())
            else:
                waiting.extend(part)
        if weight > RAW_WEIGHT_LIMIT:
            return True
    return False


def stored_size(value: object) -> int:
    """Return the size of the stored form: bytes of compact JSON."""
    return len(msgspec.json.encode(value))


def fields_of(value: object) -> dict[str, object]:
    """Return a map with upper-case keys (an exact upper-case key wins over another spelling); empty if not a map."""
    fields: dict[str, object] = {}
    if isinstance(value, dict):
        for key, field in value.items():
            if isinstance(key, str) and (key == key.upper() or key.upper() not in fields):
                fields[key.upper()] = field
    return fields


def members_of(value: object) -> list[object]:
    """Return the members of a list or of a PHP-style numbered map; nothing for any other value."""
    if isinstance(value, list | tuple):
        return list(value)
    if isinstance(value, dict) and all(isinstance(key, int) or str(key).isdigit() for key in value):
        return list(value.values())
    return []


def one_or_many(value: object) -> list[object]:
    """Return the members of a list or numbered map, or the one map itself."""
    return members_of(value) or ([value] if isinstance(value, dict) else [])


def text_of(value: object) -> str:
    """Return text or a number as text that every engine and encoder can keep; empty for any other value."""
    if isinstance(value, str):
        text = value.replace("\x00", "")
        return text if text.isascii() else text.encode("utf-8", "replace").decode()
    if isinstance(value, bool):
        return ""
    if isinstance(value, int):
        return str(value) if abs(value) < 10**_INT_DIGITS else ""
    if isinstance(value, float):
        return text_of(int(value)) if math.isfinite(value) and value.is_integer() else repr(value)
    return ""


def trimmed(value: object) -> str:
    """Return the text without white space at both ends; empty for what is neither text nor number."""
    return text_of(value).strip()


def positive_int(value: object) -> int | None:
    """Return a whole number above zero, also from text (`"250"`); None for anything else."""
    if isinstance(value, float):
        value = int(value) if math.isfinite(value) else 0
    text = trimmed(value)
    number = int(text) if _WHOLE_NUMBER.fullmatch(text) else 0
    return number if number > 0 else None


def is_yes(value: object) -> bool:
    """Whether a flag is set: `Y`, `true`, `1` in any spelling."""
    return value is True or trimmed(value).upper() in {"Y", "1", "TRUE"}


def web_address(value: object) -> str | None:
    """Return a URL that begins with `/`, `http://` or `https://`; None for any other scheme or control characters."""
    text = trimmed(value)
    return text if _URL.fullmatch(text) else None
