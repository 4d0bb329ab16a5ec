"""``/api/applications/{id}/…``: an application's own page in a frame, and what its library asks for while it is open.

POST /api/applications/{id}/open        {options?} → address, fields to be posted, name of the frame
POST /api/applications/{id}/tokens      fresh tokens of the person for the application
POST /api/applications/{id}/installed   its installer has finished (administrators)
POST /api/applications/{id}/greeted     the person has seen what is shown on the first opening
PUT  /api/applications/{id}/options     {name, value, isForAll} → all settings of that kind; for all: administrators

Whoever may not see the application gets 404; one that is not installed yet answers 409 not_installed.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from skvorets.core import app_frames
from skvorets.core.app_frames import NotInstalledError
from skvorets.core.tokens import ACCESS_TOKEN_S
from skvorets.dialects.native.app_frames import OpenedFrame, opened, window_of
from skvorets.dialects.native.errors import ApiError
from skvorets.dialects.native.registry import Call, Nothing, route
from skvorets.storage.database import Tx


class Opening(msgspec.Struct, frozen=True, rename="camel"):
    """What the page is given as PLACEMENT_OPTIONS."""

    options: dict[str, Any] = {}


class Tokens(msgspec.Struct, frozen=True, rename="camel"):
    """Fresh tokens."""

    access_token: str
    refresh_token: str
    expires_in: int  # seconds


class Option(msgspec.Struct, frozen=True, rename="camel"):
    """A setting that the application keeps."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=255)]
    value: Any
    is_for_all: bool = False  # of the application itself, not of the person in it


class Options(msgspec.Struct, frozen=True):
    """All settings of one kind by name."""

    options: dict[str, Any]


@route("POST", "/api/applications/{id}/open", body=Opening, mode="read")
async def open_application(tx: Tx, call: Call[Opening]) -> OpenedFrame:
    """Open the application's own page."""
    try:
        frame = await app_frames.open_application(tx, window_of(call), call.ids["id"], call.given.options)
    except NotInstalledError:
        raise ApiError(409, "not_installed", "An administrator has not finished installing it.") from None
    return opened(frame, frame.application.name)


@route("POST", "/api/applications/{id}/tokens", mode="read")
async def renew_tokens(tx: Tx, call: Call[Nothing]) -> Tokens:
    """Give fresh tokens."""
    pair = await app_frames.renew_tokens(tx, call.person, call.ids["id"])
    return Tokens(pair.access_token, pair.refresh_token, ACCESS_TOKEN_S)


@route("POST", "/api/applications/{id}/installed")
async def finish_installation(tx: Tx, call: Call[Nothing]) -> None:
    """Count it as installed."""
    await app_frames.finish(tx, call.person, call.ids["id"])


@route("POST", "/api/applications/{id}/greeted")
async def note_greeting(tx: Tx, call: Call[Nothing]) -> None:
    """Note that this was not the first time any more."""
    await app_frames.greet(tx, call.person, call.ids["id"])


@route("PUT", "/api/applications/{id}/options", body=Option)
async def set_option(tx: Tx, call: Call[Option]) -> Options:
    """Keep one setting."""
    given = call.given
    kept = await app_frames.set_option(
        tx, call.person, call.ids["id"], {given.name: given.value}, is_for_all=given.is_for_all
    )
    return Options(kept)
