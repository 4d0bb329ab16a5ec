"""From a request's address and body to a method's name and its parameters.

Source: spec ``bitrix24-transport.md`` §1, §2, ``wire-habits.md`` ("Routing and parameters"). Query string and body are
merged, the body wins; top-level names are in upper case afterwards, and no text holds a NUL character.
"""

from __future__ import annotations

import base64
import functools
from typing import NamedTuple

from skvorets.dialects.bitrix24.storable import without_nul
from skvorets.json_bodies import parse_json_object
from skvorets.multipart import BadMultipart, parse_multipart
from skvorets.php_forms import Value, nest, parse_query

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
_WEBHOOK_PARTS = 2  # person and secret stand before the method
# Addresses are those of some hundred methods times the webhooks in use.
_PATHS_REMEMBERED = 4096


class Target(NamedTuple):
    """What an address below ``/rest/`` means."""

    method: str  # lower case, "" = none given
    transport: str  # json or xml
    webhook: tuple[str, str] | None  # person id and secret as they stand in the address


@functools.lru_cache(maxsize=_PATHS_REMEMBERED)
def read_path(path: str) -> Target:
    """Read ``/rest/METHOD[.json|.xml]`` or ``/rest/USER/SECRET/METHOD``; slashes may be doubled or trailing."""
    parts = [part for part in path.split("/") if part][1:]
    webhook = None
    if len(parts) >= _WEBHOOK_PARTS:
        webhook = (parts[0], parts[1])
        parts = parts[_WEBHOOK_PARTS:]
    name = parts[0].lower() if len(parts) == 1 else ""
    stem, _, suffix = name.rpartition(".")
    if suffix in {"json", "xml"}:
        return Target(stem, suffix, webhook)
    return Target(name, "json", webhook)


def read_parameters(query: str, content_type: str, body: bytes) -> dict[str, Value]:
    """Merge query and body into one map with upper-case names. Raises TooComplex for absurd input."""
    given = read_body(content_type, body) if body else {}
    given = {name.upper(): value for name, value in given.items()}
    if query:
        given = {**read_query(query), **given}
    if b"\0" in body or b"%00" in body or b"u0000" in body:
        return {name.replace("\0", ""): without_nul(value) for name, value in given.items()}
    return given


def read_query(query: str) -> dict[str, Value]:
    """Read a query string, of an address or of a batch's command, as ``read_parameters`` does. Raises TooComplex."""
    given = parse_query(query)
    has_nul = "%00" in query or "\0" in query
    return {name.upper(): without_nul(value) if has_nul else value for name, value in given.items()}


def read_body(content_type: str, body: bytes) -> dict[str, Value]:
    """Decode a body by its type; what is neither form nor JSON is tried as a query string. Raises TooComplex.

    COMPAT(bitrix24): what cannot be decoded is an empty set of parameters, not an error; texts are UTF-8 whatever
    ``charset`` says.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind == JSON or kind.endswith("+json"):
        return parse_json_object(body)
    if kind == "multipart/form-data":
        return _read_multipart(content_type, body)
    if kind != FORM and body.lstrip()[:1] == b"{":
        return parse_json_object(body)
    return parse_query(body.decode("utf-8", "replace"))


def _read_multipart(content_type: str, body: bytes) -> dict[str, Value]:
    try:
        pairs, files = parse_multipart(body, content_type)
    except BadMultipart:
        return {}
    given: list[tuple[str, Value]] = [*pairs]
    # A file of a form means the same as the documented pair [name, base64].
    given += [(file.field, [file.name, base64.b64encode(file.data).decode()]) for file in files]
    return nest(given)
