r"""Signatures of requests: computed in all the ways in which real clients compute them.

    signature = base64(hex(HMAC-SHA1(secret, verb \n Content-MD5 \n Content-Type \n date \n host target)))

No database is needed: the secret half of a pair is derived from the public one. Source: spec ``megaplan-messages.md``
§4; the test vectors there are in the tests.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

import msgspec

from skvorets.dialects.megaplan.errors import NOT_SIGNED, ApiError

SIGNATURE_LENGTH: Final = 56
FORM: Final = "application/x-www-form-urlencoded"
# Characters of headers that are looked at.
_MAX_HEADER = 512
_MINUTE_MS = 60_000


class Signed(msgspec.Struct, frozen=True):
    """What of a request is signed, as it came."""

    verb: str
    target: str  # path with query, byte for byte
    headers: Mapping[str, str]  # names without regard to case


class Signature(msgspec.Struct, frozen=True):
    """A genuine signature."""

    access_id: str
    text: str
    date: str  # that was signed
    content_md5: str  # that was signed and must be the body's; empty = none was


def compute(secret: str, lines: tuple[str, str, str, str, str]) -> str:
    """Give the signature of verb, Content-MD5, Content-Type, date, and host with target."""
    # SHA-1 is what clients compute; its weakness does not touch HMAC.
    digest = hmac.new(secret.encode(), "\n".join(lines).encode("utf-8", "surrogateescape"), hashlib.sha1)
    return base64.b64encode(digest.hexdigest().encode()).decode()


def access_id_of(headers: Mapping[str, str]) -> str:
    """Give the public half of the pair that a request names. Raises ApiError."""
    return _split(headers)[0]


def verify(request: Signed, secret: str, hosts: tuple[str, ...]) -> Signature:
    """Find the variant by which the signature is genuine. Raises ApiError. ``hosts``: our own names."""
    access_id, given = _split(request.headers)
    for md5, kind, date, host in _variants(request, hosts):
        computed = compute(secret, (request.verb, md5, kind, date, host + request.target))
        if hmac.compare_digest(computed, given):
            return Signature(access_id, given, date, md5)
    raise ApiError(401, NOT_SIGNED)


def check_clock(date: str, now_ms: int, window_minutes: int) -> None:
    """Refuse what was signed too long ago, or by a wrong clock. Raises ApiError. 0 minutes = no check."""
    if not window_minutes:
        return
    try:
        signed = parsedate_to_datetime(date)
        at = (signed if signed.tzinfo else signed.replace(tzinfo=UTC)).timestamp() * 1000
    except (ValueError, TypeError, OverflowError, IndexError):
        raise ApiError(401, "The date of the request cannot be read; an RFC 2822 date is wanted") from None
    if abs(at - now_ms) > window_minutes * _MINUTE_MS:
        now = datetime.fromtimestamp(now_ms / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S")
        raise ApiError(401, f"The clock of the program is wrong: here it is {now} UTC")


def check_body(signature: Signature, body: bytes) -> None:
    """Compare the body with the MD5 that was signed with the request, in hex or base64. Raises ApiError."""
    if not signature.content_md5:
        return
    digest = hashlib.md5(body, usedforsecurity=False)
    given = signature.content_md5.strip()
    wanted = (digest.hexdigest(), base64.b64encode(digest.digest()).decode())
    if given.lower() != wanted[0] and given != wanted[1]:
        raise ApiError(401, "Content-MD5 is not that of the body")


def _split(headers: Mapping[str, str]) -> tuple[str, str]:
    access_id, colon, signature = headers.get("X-Authorization", "")[:_MAX_HEADER].strip().partition(":")
    if not colon or (not access_id.isalnum() and not access_id.replace("-", "").isalnum()):
        raise ApiError(401, NOT_SIGNED)
    if len(signature) != SIGNATURE_LENGTH or not (signature.isascii() and access_id.isascii()):
        raise ApiError(401, NOT_SIGNED)
    return access_id, signature


def _variants(request: Signed, hosts: tuple[str, ...]) -> Iterator[tuple[str, str, str, str]]:
    """Give MD5, type, date and host in all ways to be tried, the likeliest first."""
    headers = request.headers
    kind = headers.get("Content-Type", "")[:_MAX_HEADER]
    host = headers.get("Host", "")[:_MAX_HEADER]
    dates = _distinct(headers.get("X-Sdf-Date", "")[:_MAX_HEADER], headers.get("Date", "")[:_MAX_HEADER])
    bare_host = host if host.endswith("]") else host.rpartition(":")[0] or host
    return (
        (md5, one_kind, date, one_host)
        for date, md5, one_kind, one_host in itertools.product(
            [date for date in dates if date],
            _distinct(headers.get("Content-MD5", "")[:_MAX_HEADER], ""),
            _distinct(kind, kind.partition(";")[0].strip(), "", FORM),
            _distinct(host, bare_host, *hosts),
        )
    )


def _distinct(*texts: str) -> list[str]:
    return list(dict.fromkeys(texts))
