"""How deliveries look in the native API."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from skvorets.core import masking
from skvorets.dialects.native.developers import Pairs
from skvorets.storage import chats, delivery_attempts, delivery_log, people
from skvorets.storage.applications import Application
from skvorets.storage.database import Tx
from skvorets.storage.deliveries import Delivery
from skvorets.storage.delivery_attempts import PastAttempt
from skvorets.storage.delivery_log import Entry

# Values deeper inside than forms go are left out.
_MAX_DEPTH = 64


class DeliveryLine(msgspec.Struct, frozen=True, rename="camel"):
    """A delivery as it is listed. Times are unix milliseconds, 0 = never."""

    id: int
    application_id: int
    chat_id: int
    chat: str  # title, or the two people of a dialog
    words: str  # beginning of the message or command that the event tells of
    event: str
    state: str  # waiting, sending, delivered, dead
    attempts: int
    http_status: int
    failure: str
    duration_ms: int
    created_at: int
    finished_at: int
    next_at: int


class Attempt(msgspec.Struct, frozen=True, rename="camel"):
    """One attempt."""

    number: int
    at: int
    duration_ms: int
    http_status: int  # 0 = no answer
    failure: str
    answer: str  # its beginning


class DeliveryDetails(msgspec.Struct, frozen=True, rename="camel"):
    """One delivery."""

    line: DeliveryLine
    application: str  # name
    is_pulling: bool  # the application takes its events itself: nothing is sent to its address
    url: str
    webhook_id: str
    queued_at: int
    policy: str
    attempts: list[Attempt]  # oldest first
    pairs: Pairs  # the form, decoded
    can_be_sent: bool  # the application may get the event now


class Asked(msgspec.Struct, frozen=True):
    """What is to be shown."""

    delivery: Delivery
    application: Application
    pairs: Pairs | None  # the form; None when the application may not get it any more
    is_masked: bool


async def lines_of(tx: Tx, entries: Iterable[Entry | Delivery], words_of: Callable[[str], str]) -> list[DeliveryLine]:
    """Show deliveries with the names of their chats: three statements."""
    shown = list(entries)
    titles = await _titles(tx, {one.chat_id for one in shown if one.chat_id})
    return [
        DeliveryLine(
            id=one.id,
            application_id=one.application_id,
            chat_id=one.chat_id,
            chat=titles.get(one.chat_id, ""),
            words=words_of(one.data),
            event=one.event,
            state=one.state,
            attempts=one.attempts,
            http_status=one.http_status,
            failure=one.failure,
            duration_ms=one.duration_ms,
            created_at=one.created_at,
            finished_at=one.finished_at,
            next_at=one.next_at if one.state == "waiting" else 0,
        )
        for one in shown
    ]


async def read_details(tx: Tx, asked: Asked, words_of: Callable[[str], str]) -> DeliveryDetails:
    """Show one delivery."""
    delivery, application, pairs, is_masked = asked.delivery, asked.application, asked.pairs, asked.is_masked
    [line] = await lines_of(tx, [delivery], words_of)
    past = await delivery_attempts.of_delivery(tx, delivery.id)
    shown = list(_with_last(past, delivery))
    form = _stored_form(delivery) if pairs is None else pairs
    return DeliveryDetails(
        line=line,
        application=application.name,
        is_pulling=application.is_pulling,
        url=delivery.url,
        webhook_id=f"{tx.portal.member_id}-{delivery.id}",
        queued_at=delivery.queued_at,
        policy=delivery.policy,
        attempts=[_attempt(one, is_masked=is_masked) for one in shown],
        pairs=masking.mask_pairs(form) if is_masked else form,
        can_be_sent=pairs is not None,
    )


def _with_last(past: list[PastAttempt], delivery: Delivery) -> Iterable[PastAttempt]:
    """The attempts that are written down, and the one that delivered, which stands in the delivery."""
    yield from past
    if delivery.state == "delivered" and delivery.attempts and delivery.attempts not in {one.number for one in past}:
        one = delivery
        yield PastAttempt(
            one.attempts, one.attempt_at or one.first_at, one.duration_ms, one.http_status, one.failure, one.answer
        )


def _attempt(one: PastAttempt, *, is_masked: bool) -> Attempt:
    answer = masking.mask_text(one.answer) if is_masked else one.answer
    return Attempt(one.number, one.at, one.duration_ms, one.http_status, one.failure, answer)


def _stored_form(delivery: Delivery) -> Pairs:
    """What is stored of an event, as a form: without tokens."""
    data: Mapping[str, Any] = msgspec.json.decode(delivery.data)
    pairs = [("event", delivery.event), ("event_handler_id", str(delivery.handler_id))]
    _flatten(pairs, "data", data, _MAX_DEPTH)
    return pairs


def _flatten(pairs: Pairs, name: str, value: Any, depth_left: int) -> None:
    if isinstance(value, dict | list):
        below = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in below if depth_left else ():
            _flatten(pairs, f"{name}[{key}]", inner, depth_left - 1)
    elif value is not None:
        text = str(int(value)) if isinstance(value, bool) else str(value)
        pairs.append((name, text))


async def _titles(tx: Tx, chat_ids: set[int]) -> dict[int, str]:
    """Names of chats: the title, or the two people of a dialog."""
    found = await chats.find_many(tx, chat_ids)
    dialogs = await delivery_log.people_in(tx, [one.id for one in found.values() if one.is_private])
    names = await people.find_many(tx, {person_id for ids in dialogs.values() for person_id in ids})
    titles = {one.id: one.title for one in found.values()}
    for chat_id, ids in dialogs.items():
        titles[chat_id] = " – ".join(names[person_id].name for person_id in ids if person_id in names)
    return titles
