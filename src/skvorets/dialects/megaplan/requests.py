"""From a request's address and body to a method's name and its parameters.

Source: spec ``megaplan-messages.md`` §1, §2: query and body are merged, the body wins; names of PHP's forms.
"""

from __future__ import annotations

import base64
from typing import Final, NamedTuple

from skvorets.dialects.megaplan.errors import ApiError
from skvorets.json_bodies import parse_json
from skvorets.multipart import BadMultipart, parse_multipart
from skvorets.php_forms import TooComplex, Value, nest, parse_query

EXTENSIONS: Final = ("api", "easy", "xml")
# What a client asks for without any.
_WITHOUT_EXTENSION = "BumsCommonApiV01/File/downloadAttach"
_NUL = "\0"


class Target(NamedTuple):
    """What an address means."""

    name: str  # Module/Class/method, the method's first letter small
    extension: str
    is_known: bool  # is the extension one of ours?


def read_path(path: str) -> Target:
    """Read ``/Module/Class/method.ext``; an unknown extension is answered as JSON."""
    stem, _, extension = path.strip("/").rpartition(".")
    if extension not in EXTENSIONS or not stem:
        name = path.strip("/")
        return Target(name, "api", is_known=name == _WITHOUT_EXTENSION)
    head, slash, method = stem.rpartition("/")
    return Target(f"{head}{slash}{method[:1].lower()}{method[1:]}", extension, is_known=True)


def read_query(query: str) -> dict[str, Value]:
    """Read the parameters of the address. Raises ApiError."""
    try:
        return _clean(parse_query(query))
    except TooComplex as error:
        raise ApiError(400, str(error)) from None


def read_body(content_type: str, body: bytes) -> dict[str, Value]:
    """Read the parameters of a body by its type; anything but JSON and multipart is a form. Raises ApiError."""
    kind = content_type.partition(";")[0].strip().lower()
    try:
        if kind == "application/json":
            return _clean(_read_json(body))
        if kind == "multipart/form-data":
            return _clean(_read_multipart(content_type, body))
        return _clean(parse_query(body.decode("utf-8", "replace")))
    except TooComplex as error:
        raise ApiError(400, str(error)) from None


def _read_json(body: bytes) -> dict[str, Value]:
    """Read an object; its names may have brackets, too."""
    given = parse_json(body)
    if not isinstance(given, dict):
        raise ApiError(400, "The body must be a JSON object")
    return nest(given.items())


def _read_multipart(content_type: str, body: bytes) -> dict[str, Value]:
    try:
        pairs, files = parse_multipart(body, content_type)
    except BadMultipart as error:
        raise ApiError(400, f"The body cannot be read: {error}") from None
    given: list[tuple[str, Value]] = [*pairs]
    # A file of a form means the same as the documented pair of Name and Content.
    for file in files:
        given += [(f"{file.field}[Name]", file.name)]
        given += [(f"{file.field}[Content]", base64.b64encode(file.data).decode())]
    return nest(given)


def _clean(given: dict[str, Value]) -> dict[str, Value]:
    """Drop the one character that PostgreSQL does not keep."""
    return {name.replace(_NUL, ""): _without_nul(value) for name, value in given.items()}


def _without_nul(value: Value) -> Value:
    if isinstance(value, str):
        return value.replace(_NUL, "")
    if isinstance(value, dict):
        return _clean(value)
    if isinstance(value, list):
        return [_without_nul(one) for one in value]
    return value
