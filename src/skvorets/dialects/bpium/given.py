"""What comes with a request, typed before any use: JSON bodies and queries with brackets.

Source: spec ``bpium-messages.md`` §1 (1.4, 1.6, 1.8, 1.10).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, Final

import msgspec
from aiohttp import web

from skvorets.dialects.bpium.errors import ApiError
from skvorets.dialects.bpium.registry import Nothing
from skvorets.php_forms import TooComplex, decode_pairs, nest

MAX_DEPTH: Final = 32
"""Levels of a body: filters and settings of fields need a handful."""
# Written after an even number of backslashes it is the character, otherwise these six letters.
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder()


async def read_body(request: web.BaseRequest, kind: type[msgspec.Struct]) -> Any:
    """Read the typed JSON body; numbers may be texts. Raises ApiError."""
    if kind is Nothing:
        return Nothing()
    try:
        body = await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise ApiError(413, "The request is too large.") from None
    return convert(read_json(body) if body.strip() else {}, kind)


def read_json(text: bytes) -> Any:
    """Decode JSON of limited depth. Raises ApiError."""
    try:
        if _NUL.search(text):
            raise ApiError(400, "Texts must not hold the character NUL.")
        value = _decoder.decode(text)
    except (ValueError, RecursionError) as error:
        raise ApiError(400, f"This is no JSON: {error}") from None
    if text.count(b"[") + text.count(b"{") > MAX_DEPTH and not _is_shallow(value):
        raise ApiError(400, "This JSON is nested too deep.")
    return value


def read_query(request: web.BaseRequest, kind: type[msgspec.Struct]) -> Any:
    """Read the typed query: ``a[b]=1`` is a tree, a name that is repeated is a list. Raises ApiError."""
    if kind is Nothing:
        return Nothing()
    text = request.rel_url.raw_query_string
    if "%00" in text:
        raise ApiError(400, "Texts must not hold the character NUL.")
    try:
        pairs = decode_pairs(text)
        counts = Counter(name for name, _ in pairs)
        tree = nest([(f"{name}[]" if counts[name] > 1 and "[" not in name else name, value) for name, value in pairs])
    except TooComplex as error:
        raise ApiError(400, str(error)) from None
    return convert(tree, kind)


def convert(value: Any, kind: type[msgspec.Struct]) -> Any:
    """Fit a value into a struct. Raises ApiError."""
    try:
        return msgspec.convert(value, kind, strict=False)
    except (ValueError, RecursionError) as error:
        raise ApiError(400, str(error)) from None


def _is_shallow(value: Any) -> bool:
    """Does all of it lie within MAX_DEPTH levels? Level by level, so the depth costs no stack."""
    level = [value]
    for _ in range(MAX_DEPTH):
        below: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                below.extend(item.values())
            elif isinstance(item, list):
                below.extend(item)
        if not below:
            return True
        level = below
    return not any(isinstance(item, dict | list) for item in level)
