"""Bodies of `multipart/form-data`: their fields as pairs for `php_forms.nest`, and their files.

Source: spec ``bitrix24-transport.md`` §2 (body kinds), §12 (two-step upload); RFC 7578, RFC 2046 §5.1.

The body is complete and in memory (the server limits its size), so it is cut by searching the boundary: linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

import msgspec

from skvorets.php_forms import MAX_KEY_LENGTH, MAX_PAIRS, TooComplex

MAX_FILES = 100  # in one request; no documented method takes more than one
MAX_HEADER_LENGTH = 16_384  # bytes of one part's headers: a name and a file name, each written as %XX
_MAX_BOUNDARY_LENGTH = 70  # RFC 2046

_BOUNDARY = re.compile(r'multipart/form-data\b[^\r\n]*?;\s*boundary=(?:"([^"]+)"|([^\s";,]+))', re.IGNORECASE)
_PARAMETER = re.compile(r';[ \t]*+([\w*-]++)=(?:"((?:[^"\\]++|\\.)*+)"|([^\s";]++))', re.DOTALL)
_QUOTED_PAIR = re.compile(r'\\(["\\])')
_FOLD = re.compile(rb"\r?\n[ \t]+")


class BadMultipart(Exception):  # noqa: N818  # as TooComplex: it names the state of the input
    """The body is no multipart/form-data, or it is cut off or damaged."""


class UploadedFile(msgspec.Struct, frozen=True):
    """One file of a form."""

    field: str  # name of the form field, with its brackets if any
    name: str  # file name without folders; may be empty
    content_type: str  # as the client claims, lower case, without parameters; empty if it does not say
    data: bytes


class _Part(msgspec.Struct, frozen=True):
    name: str
    file_name: str | None  # None: an ordinary field
    content_type: str
    data: bytes


def parse_multipart(body: bytes, content_type: str) -> tuple[list[tuple[str, str]], list[UploadedFile]]:
    """Cut the body into (name, text) pairs and files, each in the order sent; parts without a name are skipped.

    `content_type` is the whole header. Texts that are no UTF-8 get U+FFFD. Raises `BadMultipart` or `TooComplex`.
    """
    pairs: list[tuple[str, str]] = []
    files: list[UploadedFile] = []
    for part in _parts(body, _boundary(content_type)):
        if part.file_name is None:
            pairs.append((part.name, part.data.decode("utf-8", "replace")))
        elif part.file_name or part.data:  # a browser sends an empty part for a file that was not chosen
            files.append(UploadedFile(part.name, part.file_name, part.content_type, part.data))
        if len(pairs) > MAX_PAIRS or len(files) > MAX_FILES:
            raise TooComplex("too many parts")
    return pairs, files


def _boundary(content_type: str) -> bytes:
    match = _BOUNDARY.match(content_type.strip()[:MAX_KEY_LENGTH])
    boundary = (match[1] or match[2]).encode("utf-8", "replace") if match else b""
    if not 0 < len(boundary) <= _MAX_BOUNDARY_LENGTH:
        raise BadMultipart("no usable boundary")
    return boundary


def _parts(body: bytes, boundary: bytes) -> Iterator[_Part]:
    delimiter = b"\r\n--" + boundary
    # The first delimiter may stand at the very beginning; what comes before it is a preamble to be skipped.
    start = -2 if body.startswith(delimiter[2:]) else _find(body, delimiter, 0)
    position = start + len(delimiter)
    parts_left = MAX_PAIRS + MAX_FILES
    while not body.startswith(b"--", position):
        parts_left -= 1
        if parts_left < 0:
            raise TooComplex("too many parts")
        line_end = body.find(b"\r\n", position, position + MAX_HEADER_LENGTH)
        if line_end < 0 or body[position:line_end].strip(b" \t"):
            raise BadMultipart("a boundary is not followed by a line end")
        data_end = _find(body, delimiter, line_end)
        part = _part(body, line_end + 2, data_end)
        if part is not None:
            yield part
        position = data_end + len(delimiter)


def _find(body: bytes, delimiter: bytes, start: int) -> int:
    found = body.find(delimiter, start)
    if found < 0:
        raise BadMultipart("the closing boundary is missing")
    return found


def _part(body: bytes, start: int, end: int) -> _Part | None:
    """Read one part; None if it has no name."""
    headers_end = body.find(b"\r\n\r\n", start, min(end, start + MAX_HEADER_LENGTH))
    if headers_end < 0:
        raise BadMultipart("a part's headers do not end")
    headers = _headers(body[start:headers_end])
    disposition = headers.get("content-disposition", "")
    parameters = {match[1].lower(): _plain(match) for match in _PARAMETER.finditer(disposition)}
    name = parameters.get("name", "")
    if not name or not disposition.lower().startswith("form-data"):
        return None
    if len(name) > MAX_KEY_LENGTH:
        raise TooComplex("parameter name too long")
    content_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    return _Part(name, _file_name(parameters), content_type, body[headers_end + 4 : end])


def _file_name(parameters: dict[str, str]) -> str | None:
    """Return the last piece of the path, as some clients send one of their own disk; None if it is no file."""
    file_name = parameters.get("filename")
    if "filename*" in parameters:  # RFC 7578 forbids it, some libraries send it all the same
        file_name = unquote(parameters["filename*"].rpartition("'")[2])
    return None if file_name is None else file_name.replace("\\", "/").rpartition("/")[2]


def _headers(block: bytes) -> dict[str, str]:
    headers = {}
    for line in _FOLD.sub(b" ", block).decode("utf-8", "replace").split("\r\n"):
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    return headers


def _plain(match: re.Match[str]) -> str:
    return match[3] if match[2] is None else _QUOTED_PAIR.sub(r"\1", match[2])
