"""What a request wants of a file: the whole, a part, or nothing when it has it already.

Source: RFC 9110 §13 (conditions), §14 (ranges). Several ranges at once are answered with the whole, as is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import formatdate, parsedate_to_datetime
from http import HTTPStatus

import msgspec

_RANGE = re.compile(r"\s*bytes\s*=\s*([0-9]{0,18})-([0-9]{0,18})\s*", re.IGNORECASE | re.ASCII)


class Subject(msgspec.Struct, frozen=True):
    """What could be sent."""

    size: int  # bytes
    etag: str  # strong, with its quotes
    changed_at: int  # unix seconds

    @property
    def last_modified(self) -> str:
        """The time as headers write it."""
        return formatdate(self.changed_at, usegmt=True)


class Part(msgspec.Struct, frozen=True):
    """What is to be sent."""

    status: HTTPStatus  # OK, PARTIAL_CONTENT, NOT_MODIFIED or REQUESTED_RANGE_NOT_SATISFIABLE
    start: int = 0
    length: int = 0

    def content_range(self, subject: Subject) -> str:
        """The header of a part, or of a part that does not exist; empty for the whole."""
        if self.status is HTTPStatus.PARTIAL_CONTENT:
            return f"bytes {self.start}-{self.start + self.length - 1}/{subject.size}"
        return f"bytes */{subject.size}" if self.status is HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE else ""


def part_wanted(headers: Mapping[str, str], subject: Subject) -> Part:
    """Decide by the headers of a GET or HEAD."""
    if _is_known(headers, subject):
        return Part(HTTPStatus.NOT_MODIFIED)
    whole = Part(HTTPStatus.OK, 0, subject.size)
    match = _RANGE.fullmatch(headers.get("Range", ""))
    if match is None or not (match[1] or match[2]) or not _is_same(headers.get("If-Range", ""), subject):
        return whole
    if match[1]:
        start = int(match[1])
        end = min(int(match[2]), subject.size - 1) if match[2] else subject.size - 1
        if match[2] and int(match[2]) < start:
            return whole  # not a range: the header does not count
    else:
        start, end = max(0, subject.size - int(match[2])), subject.size - 1
    if start > end:
        return Part(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
    return Part(HTTPStatus.PARTIAL_CONTENT, start, end - start + 1)


def _is_known(headers: Mapping[str, str], subject: Subject) -> bool:
    """Has the client what it would get? Tags count before dates."""
    tags = headers.get("If-None-Match")
    if tags is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in known or subject.etag in known
    since = _seconds(headers.get("If-Modified-Since", ""))
    return since is not None and subject.changed_at <= since


def _is_same(condition: str, subject: Subject) -> bool:
    """Is the client's part one of this very file? Without a condition it says so itself."""
    condition = condition.strip()
    if not condition or condition == subject.etag:
        return True
    return '"' not in condition and _seconds(condition) == subject.changed_at


def _seconds(date: str) -> int | None:
    try:
        return int(parsedate_to_datetime(date).timestamp())
    except (ValueError, TypeError, OverflowError):
        return None
