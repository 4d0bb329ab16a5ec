"""``/api/status`` and ``/api/idle``: the person's presence, as others see it.

GET    /api/status   the chosen status, and since when the person is away
PUT    /api/status   choose: online, dnd, away, break
PUT    /api/idle     the person is away since a time (unix milliseconds)
DELETE /api/idle     the person is back
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from skvorets.core import presence
from skvorets.dialects.native.registry import Call, Nothing, route
from skvorets.storage.database import Tx


class Presence(msgspec.Struct, frozen=True, rename="camel"):
    """How others see the person."""

    status: str  # online, dnd, away, break
    idle_since: int  # unix milliseconds, 0 = here


class Chosen(msgspec.Struct, frozen=True):
    """A status."""

    status: Literal["online", "dnd", "away", "break"]


class Idle(msgspec.Struct, frozen=True):
    """Since when."""

    since: Annotated[int, msgspec.Meta(gt=0, lt=2**53)]  # unix milliseconds


@route("GET", "/api/status", mode="read")
async def get_status(_tx: Tx, call: Call[Nothing]) -> Presence:
    """Tell how others see the person."""
    return Presence(call.person.status or presence.USUAL_STATUS, call.person.idle_since)


@route("PUT", "/api/status", body=Chosen)
async def choose_status(tx: Tx, call: Call[Chosen]) -> None:
    """Choose a status."""
    await presence.choose_status(tx, call.person.id, call.given.status)


@route("PUT", "/api/idle", body=Idle)
async def start_idle(tx: Tx, call: Call[Idle]) -> None:
    """Be away; a time to come means now."""
    await presence.start_idle(tx, call.person.id, min(call.given.since, tx.now))


@route("DELETE", "/api/idle")
async def end_idle(tx: Tx, call: Call[Nothing]) -> None:
    """Be back."""
    await presence.end_idle(tx, call.person.id)
