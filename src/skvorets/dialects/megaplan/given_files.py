"""``Model[Attaches]``: files that come as base64 with their names. Source: spec ``megaplan-messages.md`` §7.3, §8.5."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final, NamedTuple

from skvorets.core.file_names import clean_name
from skvorets.dialects.megaplan.errors import ApiError
from skvorets.dialects.megaplan.params import Params
from skvorets.errors import EmptyNameError
from skvorets.php_forms import Value

MAX_FILES: Final = 20
_NAME, _CONTENT, _ADD = "Name", "Content", "Add"
_LINE_BREAKS = re.compile(r"[\r\n\t]+")


class GivenFile(NamedTuple):
    """A file of a request."""

    name: str
    data: bytes


def read_files(params: Params, most_bytes: int) -> list[GivenFile]:
    """Read the files in their order. Raises ApiError: 400, or 413 for files that are too large."""
    given = params.model().given.get("Attaches")
    if given is None or given == "":
        return []
    entries = _entries(given)
    if len(entries) > MAX_FILES:
        raise ApiError(413, f"Model[Attaches]: more than {MAX_FILES} files")
    return [_read(number, one, most_bytes) for number, one in enumerate(entries)]


def _entries(given: Value) -> list[Value]:
    if isinstance(given, dict):
        if _ADD in given:  # the form that tasks use
            return _entries(given[_ADD])
        return list(given.values())
    if isinstance(given, list):
        return given
    raise ApiError(400, "Model[Attaches] must be a list")


def _read(number: int, entry: Value, most_bytes: int) -> GivenFile:
    shown = f"Model[Attaches][{number}]"
    if not isinstance(entry, dict):
        raise ApiError(400, f"{shown} must have Name and Content")
    name, content = entry.get(_NAME), entry.get(_CONTENT)
    if not isinstance(name, str) or not isinstance(content, str):
        raise ApiError(400, f"{shown} must have Name and Content")
    try:
        clean = clean_name(name)
    except EmptyNameError:
        raise ApiError(400, f"{shown}[Name] is no name of a file") from None
    data = _decode(content, f"{shown}[Content]")
    if len(data) > most_bytes:
        raise ApiError(413, f"{shown} is larger than {most_bytes} bytes")
    return GivenFile(clean, data)


def _decode(text: str, shown: str) -> bytes:
    """Decode base64 as careless encoders leave it: a lost plus has become a blank, the padding may be missing."""
    payload = _LINE_BREAKS.sub("", text.strip("\r\n\t ")).replace(" ", "+").rstrip("=")
    try:
        return base64.b64decode(payload + "=" * (-len(payload) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise ApiError(400, f"{shown} is not base64") from None
