"""JSON as parameters: request bodies, and texts that stand for an object or a list.

Source: spec ``bitrix24-transport.md`` §2: "undecodable JSON is treated as an empty parameter set (no error)".
"""

from __future__ import annotations

import msgspec

from skvorets.php_forms import MAX_DEPTH, Value

_DECODER: msgspec.json.Decoder[Value] = msgspec.json.Decoder()
_UTF8_BOM = b"\xef\xbb\xbf"  # some Windows clients begin with it


def parse_json_object(body: bytes) -> dict[str, Value]:
    """Decode a request body. Anything but one sound UTF-8 JSON object of at most 64 levels gives `{}`."""
    value = parse_json(body.removeprefix(_UTF8_BOM))
    return value if isinstance(value, dict) else {}


def parse_json(source: bytes | str) -> Value:
    """Decode JSON of at most 64 levels; None for everything else, as for `null`."""
    try:
        value = _DECODER.decode(source)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    if isinstance(source, str):
        brackets = source.count("{") + source.count("[")
    else:
        brackets = source.count(b"{") + source.count(b"[")
    # Without that many brackets it cannot be too deep: the usual body is not walked at all.
    return value if brackets <= MAX_DEPTH or _is_shallow(value) else None


def _is_shallow(value: Value) -> bool:
    """Whether all of it lies within MAX_DEPTH levels. Level by level, so the depth costs no stack."""
    level = [value]
    for _ in range(MAX_DEPTH):
        below: list[Value] = []
        for item in level:
            if isinstance(item, dict):
                below.extend(item.values())
            elif isinstance(item, list):
                below.extend(item)
        if not below:
            return True
        level = below
    return not any(isinstance(item, (dict, list)) for item in level)
