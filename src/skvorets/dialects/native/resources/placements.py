"""``/api/placements``: addresses of applications that open at places of the messenger.

GET  /api/placements?dialogId=&placement=   those that this person sees there; without dialogId those of the navigation
POST /api/placements/{id}/open              {dialogId?, messageId?} → address, fields to be posted, name of the frame

Whoever cannot see one gets 404.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from skvorets.core.app_frames import open_placement
from skvorets.core.app_places import Place, choose_phrase, place_of
from skvorets.core.placements import placements_at
from skvorets.dialects.native.app_frames import (
    DialogId,
    MessageId,
    OpenedFrame,
    language_of,
    opened,
    read_dialog,
    window_of,
)
from skvorets.dialects.native.registry import Call, route
from skvorets.storage.database import Tx
from skvorets.storage.placements import Placement

_MAX_CODE = 64


class Where(msgspec.Struct, frozen=True, rename="camel"):
    """The dialog that is open, and which place is meant; absent: outside of dialogs, all places."""

    dialog_id: DialogId | None = None
    placement: Annotated[str, msgspec.Meta(max_length=_MAX_CODE)] = ""


class Opening(msgspec.Struct, frozen=True, rename="camel"):
    """Where it is opened; ``messageId`` for the context menu of a message."""

    dialog_id: DialogId | None = None
    message_id: MessageId | None = None


class Entry(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """One entry of a place."""

    id: int
    application_id: int
    placement: str
    title: str
    description: str
    group: str
    icon: str  # class of Font Awesome 4, "" = none
    color: str  # name of a colour, "" = the theme's
    width: int  # wished sizes as they were given, 0 = none
    height: int


class Entries(msgspec.Struct, frozen=True):
    """The answer of the list."""

    placements: list[Entry]


@route("GET", "/api/placements", query=Where, mode="read")
async def list_placements(tx: Tx, call: Call[Where]) -> Entries:
    """List them, oldest first: five statements at most."""
    place = await _place(tx, call, call.given.dialog_id)
    found = await placements_at(tx, call.person, place, call.given.placement.upper())
    return Entries([_entry(one, name, language_of(call)) for one, name in found])


@route("POST", "/api/placements/{id}/open", body=Opening, mode="read")
async def open_one(tx: Tx, call: Call[Opening]) -> OpenedFrame:
    """Open one."""
    place = await _place(tx, call, call.given.dialog_id)
    window = window_of(call)
    placement, frame = await open_placement(tx, window, place, call.ids["id"], call.given.message_id or 0)
    entry = _entry(placement, frame.application.name, window.language)
    return opened(frame, entry.title, entry.width, entry.height)


async def _place(tx: Tx, call: Call[Any], dialog_id: str | None) -> Place | None:
    return None if dialog_id is None else await place_of(tx, call.person, read_dialog(dialog_id))


def _entry(placement: Placement, name: str, language: str) -> Entry:
    words, options = choose_phrase(placement.read_phrases(), language), placement.read_options()
    return Entry(
        id=placement.id,
        application_id=placement.application_id,
        placement=placement.placement,
        title=words.get("title") or placement.title or name,
        description=words.get("description") or placement.description,
        group=words.get("group_name") or placement.group_name,
        icon=options.get("iconName", ""),
        color=options.get("color", ""),
        width=options.get("width", 0),
        height=options.get("height", 0),
    )
