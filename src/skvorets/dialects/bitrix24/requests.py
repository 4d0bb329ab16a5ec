"""From a request's address and body to a method's name and its parameters.

Source: spec ``bitrix24-transport.md`` §1, §2. Query string and body are merged, the body wins; top-level names are in
upper case afterwards.
"""

from __future__ import annotations

import base64
import functools
from typing import NamedTuple

from skvorets.dialects.bitrix24.json_bodies import parse_json_object
from skvorets.dialects.bitrix24.multipart import BadMultipart, parse_multipart
from skvorets.dialects.bitrix24.php_forms import Value, nest, parse_query

FORM = "application/x-www-form-urlencoded"
_WEBHOOK_PARTS = 3


class Target(NamedTuple):
    """What an address below ``/rest/`` means."""

    method: str  # lower case, "" = none given
    transport: str  # json or xml
    webhook: tuple[str, str] | None  # person id and secret as they stand in the address


@functools.lru_cache(maxsize=4096)
def read_path(path: str) -> Target:
    """Read ``/rest/METHOD[.json|.xml]`` or ``/rest/USER/SECRET/METHOD``; slashes may be doubled or trailing."""
    parts = [part for part in path.split("/") if part][1:]
    webhook = None
    if len(parts) >= _WEBHOOK_PARTS - 1:
        webhook = (parts[0], parts[1])
        parts = parts[2:]
    name = parts[0] if len(parts) == 1 else ""
    stem, _, suffix = name.rpartition(".")
    if suffix.lower() in {"json", "xml"}:
        return Target(stem.lower(), suffix.lower(), webhook)
    return Target(name.lower(), "json", webhook)


def read_parameters(query: str, content_type: str, body: bytes) -> dict[str, Value]:
    """Merge query and body into one map with upper-case names. Raises TooComplex for absurd input."""
    given = read_body(content_type, body) if body else {}
    if query:
        given = {**parse_query(query), **given}
    return {name.upper(): value for name, value in given.items()}


def read_body(content_type: str, body: bytes) -> dict[str, Value]:
    """Decode a body by its type; what is neither form nor JSON is tried as a query string. Raises TooComplex."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json" or kind.endswith("+json"):
        return parse_json_object(body)
    if kind == "multipart/form-data":
        try:
            pairs, files = parse_multipart(body, content_type)
        except BadMultipart:
            return {}
        given = nest(pairs)
        for file in files:
            # A file of a form means the same as the documented pair [name, base64].
            given[file.field] = [file.name, base64.b64encode(file.data).decode()]
        return given
    if kind != FORM and body[:1] in (b"{",):
        return parse_json_object(body)
    return parse_query(body.decode("utf-8", "replace"))
