"""``/api/dev/deliveries/…``: sending again.

POST /api/dev/deliveries/{id}/replay    one finished delivery waits again
POST /api/dev/deliveries/replay         several: {"ids": […]}, or all dead letters: {"application": 5}
POST /api/dev/deliveries/{id}/send      an edited copy, once, marked as a test: {"pairs": [["event", "…"], …]}
POST /api/dev/deliveries/{id}/curl      the request as a command for a shell, with its secrets
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from skvorets.core import application_desk, masking
from skvorets.dialects.native.developers import Pairs, Sent, parts_of
from skvorets.dialects.native.errors import ApiError
from skvorets.dialects.native.registry import Call, Nothing, route
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

_MAX_IDS = 200
_MAX_PAIRS = 5_000
# As much as a handler would get at most: the largest message with its largest keyboard, several times over.
_MAX_TEXT = 512 * 1024


class Selected(msgspec.Struct, frozen=True):
    """What is to be sent again: one of the two."""

    ids: Annotated[list[Annotated[int, msgspec.Meta(ge=1, lt=2**62)]], msgspec.Meta(max_length=_MAX_IDS)] = []
    application: Annotated[int, msgspec.Meta(ge=1, lt=2**62)] | None = None


class Edited(msgspec.Struct, frozen=True):
    """A form; a value left masked, as it was shown, stands for the real one."""

    pairs: Annotated[list[tuple[str, str]], msgspec.Meta(min_length=1, max_length=_MAX_PAIRS)]


class Count(msgspec.Struct, frozen=True):
    """How many are sent again."""

    count: int


class Outcome(msgspec.Struct, frozen=True, rename="camel"):
    """What became of a copy."""

    http_status: int  # 0 = no answer
    failure: str
    duration_ms: int
    answer: str  # its beginning


class Curl(msgspec.Struct, frozen=True):
    """A command."""

    command: str


@route("POST", "/api/dev/deliveries/{id}/replay", mode="free")
async def replay_one(call: Call[Nothing]) -> Count:
    """Send one finished delivery again."""
    await _check(call, call.ids["id"])
    if not await parts_of(call.services).console.replay_one(call.ids["id"]):
        raise ApiError(409, "under_way", "It is not finished yet.")
    return Count(1)


@route("POST", "/api/dev/deliveries/replay", body=Selected, mode="free")
async def replay_several(call: Call[Selected]) -> Count:
    """Send several again; those that are not finished are left as they are."""
    console, given = parts_of(call.services).console, call.given
    if given.application is not None:
        await call.services.store.read(application_desk.application_to_see, call.person, given.application)
        return Count(await console.replay_dead(given.application))
    ids = sorted(set(given.ids))
    await call.services.store.read(_check_all, call.person, ids)
    return Count(sum([await console.replay_one(one) for one in ids]))


@route("POST", "/api/dev/deliveries/{id}/send", body=Edited, mode="free")
async def send_copy(call: Call[Edited]) -> Outcome:
    """Send an edited copy once; nothing of it is stored."""
    if sum(len(name) + len(value) for name, value in call.given.pairs) > _MAX_TEXT:
        raise ApiError(413, "too_large", "The event is too large.")
    console, delivery_id = parts_of(call.services).console, call.ids["id"]
    await _check(call, delivery_id, is_to_be_posted=True)
    real: Pairs | None = await console.form_of(delivery_id)
    sent = None
    if real is not None:
        sent = await console.send_copy(delivery_id, masking.unmask_pairs(call.given.pairs, dict(real)))
    if sent is None:
        raise _gone()
    return _outcome(sent)


@route("POST", "/api/dev/deliveries/{id}/curl", mode="free")
async def write_curl(call: Call[Nothing]) -> Curl:
    """Write the request as a command."""
    await _check(call, call.ids["id"])
    command = await parts_of(call.services).console.as_curl(call.ids["id"])
    if command is None:
        raise _gone()
    return Curl(command)


async def _check(call: Call[Nothing] | Call[Edited], delivery_id: int, *, is_to_be_posted: bool = False) -> None:
    _, application = await call.services.store.read(application_desk.delivery_to_see, call.person, delivery_id)
    if is_to_be_posted and application.is_pulling:
        raise ApiError(409, "pulls", "This application takes its events itself: nothing is sent to its address.")


async def _check_all(tx: Tx, viewer: Person, ids: list[int]) -> None:
    for one in ids:
        await application_desk.delivery_to_see(tx, viewer, one)


def _outcome(sent: Sent) -> Outcome:
    failure = "" if sent.failure is None else str(sent.failure.kind)
    return Outcome(sent.status or 0, failure, sent.duration_ms, masking.mask_text(sent.body_start))


def _gone() -> ApiError:
    return ApiError(409, "no_recipient", "The application is removed: it gets no events.")
