"""What goes over the wire of ``/pull/``: queries and bodies in, events out. Shapes: docs/delivery.md, "Pull"."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TypeVar

import msgspec
from aiohttp import web

from skvorets.delivery.outcome import Failure, FailureKind, Outcome
from skvorets.delivery.pull_units import Handed, Receipt, Refusal
from skvorets.delivery.schedule import MAX_RETRY_AFTER_S
from skvorets.delivery.sent_body import FORM_TYPE
from skvorets.delivery.signature import sign
from skvorets.storage.database import Store
from skvorets.storage.deliveries import Delivery

# Events given at once, or not acknowledged at a time.
MAX_EVENTS = 1_000
# Longest wait of a poll, seconds: proxies cut what is silent for longer.
MAX_WAIT_S = 60.0
# Longest time that a reader may put an event off, seconds.
MAX_DELAY_S = 24 * 3600.0
# Largest body of an acknowledgement, bytes: a thousand receipts with the starts of answers.
MAX_BODY = 1024 * 1024
# Characters of a handler's answer that are kept.
KEPT_ANSWER = 512
# Digits of an offset in a query.
_MAX_OFFSET = 2**62
HEARTBEAT = b": \n\n"
# What was told as sent although the answer is not known.
_SENT = frozenset({FailureKind.SENT_THEN_TIMEOUT, FailureKind.SENT_THEN_LOST, FailureKind.BAD_ANSWER})

_T = TypeVar("_T")
_encoder = msgspec.json.Encoder()


class BadRequestError(Exception):
    """A query or a body that cannot be read."""


class StreamQuery(msgspec.Struct, frozen=True):
    """``GET /pull/stream``."""

    # Everything handed out up to this number is done; absent: nothing is.
    after: int | None = None
    # Events that may be unacknowledged at a time.
    limit: int = 100


class PollQuery(StreamQuery, frozen=True):
    """``GET /pull/events``; ``limit`` is for one answer."""

    # Seconds to wait when there is nothing.
    wait: float = 0.0


class Receipted(msgspec.Struct, frozen=True):
    """One event that is done."""

    offset: int
    status: int = 0
    answer: str = ""


class AckBody(msgspec.Struct, frozen=True):
    """``POST /pull/ack``: one, or several."""

    offset: int = 0
    status: int = 0
    answer: str = ""
    events: list[Receipted] = []


class NackBody(msgspec.Struct, frozen=True, rename="camel"):
    """``POST /pull/nack``: later, never, or as the profile says for what the handler did."""

    offset: int
    delay: float | None = None  # seconds
    dead: bool = False
    status: int | None = None  # the handler's answer
    failure: FailureKind | None = None  # or why there was none
    retry_after: float | None = None  # what its Retry-After asked for, seconds
    answer: str = ""


class WireEvent(msgspec.Struct, frozen=True, rename="camel"):
    """One event as a reader gets it."""

    offset: int
    id: str  # webhook-id
    attempt: int
    event: str
    url: str  # where it would have been posted
    lane: str  # events of one lane belong one after another
    policy: str  # how it is repeated
    created_at: int  # unix milliseconds
    headers: dict[str, str]
    content_type: str
    body: str


class EventWriter:
    """Writes events, each with the headers that it would have been posted with now."""

    def __init__(self, store: Store, default_policy: str) -> None:
        """The portal signs; its policy is that of applications without one of their own."""
        self._store = store
        self._default_policy = default_policy

    def write(self, handed: Handed) -> bytes:
        """Write an event as JSON."""
        delivery, request = handed.delivery, handed.request
        event_id = f"{self._store.portal.member_id}-{delivery.id}"
        signed = sign(event_id, int(time.time()), request.body, request.secrets, delivery.attempts)
        headers = {**request.headers, **signed}
        if handed.missed:
            headers["webhook-missed"] = str(handed.missed)
        return _encoder.encode(
            WireEvent(
                offset=delivery.pull_offset,
                id=event_id,
                attempt=delivery.attempts,
                event=delivery.event,
                url=delivery.url,
                lane=lane_of(delivery),
                policy=delivery.policy or self._default_policy,
                created_at=delivery.created_at,
                headers=headers,
                content_type=FORM_TYPE,
                body=request.body.decode(),
            )
        )

    def write_frame(self, handed: Handed) -> bytes:
        """Write an event as a server-sent one."""
        return b"event: event\nid: %d\ndata: %s\n\n" % (handed.delivery.pull_offset, self.write(handed))


def lane_of(delivery: Delivery) -> str:
    """Name the lane of a delivery on the wire."""
    return f"{delivery.target}/{delivery.chat_id}"


def read_query(request: web.BaseRequest, kind: type[_T]) -> _T:
    """Read the query; of a stream ``Last-Event-ID`` is ``after``. Raises BadRequestError."""
    given = {name: request.query[name] for name in ("after", "limit", "wait") if request.query.get(name)}
    last = request.headers.get("Last-Event-ID", "")
    if last and kind is StreamQuery:
        given["after"] = last
    try:
        found = msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        raise BadRequestError(str(error)) from None
    return _limited(found)


def _limited(found: _T) -> _T:
    if isinstance(found, StreamQuery):
        if not 1 <= found.limit <= MAX_EVENTS:
            raise BadRequestError(f"limit is 1 to {MAX_EVENTS}")
        if found.after is not None and not 0 <= found.after <= _MAX_OFFSET:
            raise BadRequestError("after is an offset")
    if isinstance(found, PollQuery) and not 0 <= found.wait <= MAX_WAIT_S:
        raise BadRequestError(f"wait is 0 to {MAX_WAIT_S:.0f} seconds")
    return found


async def read_body(request: web.BaseRequest, kind: type[_T]) -> _T:
    """Read a JSON body. Raises BadRequestError."""
    body = bytearray()
    while chunk := await request.content.read(MAX_BODY):
        body += chunk
        if len(body) > MAX_BODY:
            raise BadRequestError("too large")
    try:
        return msgspec.json.decode(bytes(body), type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadRequestError(str(error)) from None


def read_ack(body: AckBody) -> Sequence[Receipt]:
    """Give the receipts of a body. Raises BadRequestError."""
    found = [*body.events, *([Receipted(body.offset, body.status, body.answer)] if body.offset else [])]
    if not 1 <= len(found) <= MAX_EVENTS:
        raise BadRequestError(f"one to {MAX_EVENTS} events")
    for one in found:
        _check(one.offset, one.status)
    return [Receipt(one.offset, one.status, one.answer[:KEPT_ANSWER]) for one in found]


def read_nack(body: NackBody) -> Refusal:
    """Give what a reader says of an event that is not done. Raises BadRequestError."""
    _check(body.offset, body.status or 0)
    if sum((body.delay is not None, body.dead, body.status is not None, body.failure is not None)) != 1:
        raise BadRequestError("say delay, dead, status or failure")
    if body.delay is not None and not 0 <= body.delay <= MAX_DELAY_S:
        raise BadRequestError(f"delay is 0 to {MAX_DELAY_S:.0f} seconds")
    retry_after = body.retry_after
    if retry_after is not None and not retry_after >= 0:
        raise BadRequestError("retryAfter is a number of seconds")
    outcome = Outcome(
        status=body.status,
        failure=None if body.failure is None else Failure(body.failure),
        was_sent=body.failure is None or body.failure in _SENT,
        retry_after_s=None if retry_after is None else min(retry_after, MAX_RETRY_AFTER_S),
        body_start=body.answer[:KEPT_ANSWER],
    )
    return Refusal(body.offset, body.delay, body.dead, outcome)


def _check(offset: int, status: int) -> None:
    if not 0 < offset <= _MAX_OFFSET:
        raise BadRequestError("an offset is a positive number")
    if not 0 <= status <= 999:  # noqa: PLR2004 — three digits, as in HTTP
        raise BadRequestError("status is that of an answer")
