"""What became of one outgoing request, in words that the retry policy can judge (``schedule.py``)."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class FailureKind(StrEnum):
    """Why there is no usable answer. The words are kept in the delivery log."""

    BAD_URL = "bad_url"  # the URL's shape (addresses.check_url)
    REFUSED_ADDRESS = "refused_address"  # the host has an address that may not be called
    DNS = "dns"  # the name was not found, or not in time
    CONNECT = "connect"  # refused, unreachable, or no connection in time
    TLS = "tls"  # no handshake, or a certificate that is not valid for this host
    LOGIN = "login"  # the mail server refuses to talk with us: no service, wrong password, no encryption
    TIMEOUT_BEFORE_SENT = "timeout_before_sent"  # time was over before the whole request had left
    LOST_BEFORE_SENT = "lost_before_sent"  # the connection ended before the whole request had left
    SENT_THEN_TIMEOUT = "sent_then_timeout"  # the whole request had left, no answer in time
    SENT_THEN_LOST = "sent_then_lost"  # the whole request had left, the connection ended without an answer
    BAD_ANSWER = "bad_answer"  # what came back is not HTTP, or not all of it
    TOO_LARGE = "too_large"  # the answer is longer than the caller takes
    WRONG_TYPE = "wrong_type"  # the answer is of a media type that the caller does not take
    TOO_MANY_REDIRECTS = "too_many_redirects"


class Failure(msgspec.Struct, frozen=True):
    """A failure and, for people, its details (never part of a decision)."""

    kind: FailureKind
    detail: str = ""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """The result of one POST. Either ``status`` or ``failure`` is set."""

    status: int | None = None
    # The first 512 bytes of the answer; bytes that are not UTF-8 are replaced.
    body_start: str = ""
    duration_ms: int = 0
    failure: Failure | None = None
    # Had the whole request left this process? True in case of doubt: then the receiver may have acted on it.
    was_sent: bool = False
    # What the answer's Retry-After asks for, seconds from now, as it is (the policy sets the limit).
    retry_after_s: float | None = None


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """The result of one GET. ``status`` is that of the last hop; with a ``failure`` the body is empty."""

    # The address after redirects.
    url: str
    status: int | None = None
    # Media type in lower case without parameters, and its charset parameter (may be empty).
    content_type: str = ""
    charset: str = ""
    body: bytes = b""
    duration_ms: int = 0
    failure: Failure | None = None
