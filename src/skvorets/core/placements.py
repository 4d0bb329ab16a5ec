"""Placements: addresses of applications that open at named places of the messenger.

    bind (an administrator, for the application) ──► shown to whom OPTIONS mean ──► opened: ``core/app_frames.py``

Rules: spec ``bitrix24-imbot.md`` §12; seed "Приложения для Нового чата".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from skvorets.core import colors
from skvorets.core.addresses import check_handler_url, portal_for
from skvorets.core.app_places import CHAT, CRM, LINES, USER, Place
from skvorets.errors import AlreadyBoundError, CoreError, PlacementNotFoundError, TooLargeError
from skvorets.storage import placements
from skvorets.storage.applications import Application
from skvorets.storage.database import Tx
from skvorets.storage.people import Person
from skvorets.storage.placements import Placement

NAVIGATION, TEXTAREA, SIDEBAR = "IM_NAVIGATION", "IM_TEXTAREA", "IM_SIDEBAR"
CONTEXT_MENU, SMILES = "IM_CONTEXT_MENU", "IM_SMILES_SELECTOR"
MAX_ICON_NAME = 50  # characters
MAX_SIDE = 10_000  # of a wished width or height; ours
# Placements of one application. The documentation knows no limit; this one only keeps the table readable.
MAX_OF_APPLICATION = 1000
ADMIN = "ADMIN"
EVERYWHERE = "ALL"
# Order in which several contexts are written.
_CONTEXTS = ("USER", "CHAT", "LINES", "CRM", EVERYWHERE)
_KINDS = {"USER": USER, "CHAT": CHAT, "LINES": LINES, "CRM": CRM}
_ICON_NAME = re.compile(r"[A-Za-z0-9 _-]*[A-Za-z -][A-Za-z0-9 _-]*")


class WrongOptionError(CoreError):
    """An option of a place that is missing or unreadable."""

    def __init__(self, name: str, *, is_missing: bool = False) -> None:
        """Name the option as documented."""
        super().__init__(name)
        self.name = name
        self.is_missing = is_missing


class NewPlacement(msgspec.Struct, frozen=True, kw_only=True):
    """What shall open where."""

    placement: str  # a key of PLACES
    handler: str
    title: str = ""
    description: str = ""
    group_name: str = ""
    phrases: Mapping[str, Mapping[str, str]]  # language → title, description, group_name
    options: Mapping[str, Any]  # as given


def _read_icon(value: Any) -> str:
    name = "" if value is None else _text("iconName", value)
    if not name:
        raise WrongOptionError("iconName", is_missing=True)
    if len(name) > MAX_ICON_NAME or not _ICON_NAME.fullmatch(name):
        raise WrongOptionError("iconName")
    return name


def _read_context(value: Any) -> str:
    wanted = {part.strip().upper() for part in _text("context", value).split(";")} if value is not None else {""}
    if wanted == {""}:
        return EVERYWHERE
    if not wanted <= {*_CONTEXTS}:
        raise WrongOptionError("context")
    return EVERYWHERE if EVERYWHERE in wanted else ";".join(one for one in _CONTEXTS if one in wanted)


def _chooser(name: str, values: Sequence[str], default: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        chosen = "" if value is None else _text(name, value).upper()
        if chosen and chosen not in values:
            raise WrongOptionError(name)
        return chosen or default

    return read


def _sizer(name: str) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if value is None:
            return _DEFAULT_SIDE
        text = _text(name, value)
        if not (text.isascii() and text.isdecimal() and len(text) <= _MAX_DIGITS and 0 < int(text) <= MAX_SIDE):
            raise WrongOptionError(name)
        return int(text)

    return read


def _text(name: str, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise WrongOptionError(name)
    return str(value).strip()


_DEFAULT_SIDE = 100  # [seed]
_MAX_DIGITS = 6
_ROLE = _chooser("role", ("USER", ADMIN), "USER")
_EXTRANET = _chooser("extranet", ("Y", "N"), "N")
_COLOR = _chooser("color", colors.PLACEMENT_COLORS, "")
_COMMON: Mapping[str, Callable[[Any], Any]] = {"role": _ROLE, "extranet": _EXTRANET}
_OF_DIALOG: Mapping[str, Callable[[Any], Any]] = {"context": _read_context, **_COMMON}
# Every place with the options that it knows.
PLACES: Mapping[str, Mapping[str, Callable[[Any], Any]]] = {
    CONTEXT_MENU: _OF_DIALOG,
    NAVIGATION: {"iconName": _read_icon, **_COMMON},
    SIDEBAR: {"iconName": _read_icon, **_OF_DIALOG, "color": _COLOR},
    SMILES: _OF_DIALOG,
    TEXTAREA: {
        "iconName": _read_icon,
        **_OF_DIALOG,
        "color": _COLOR,
        "width": _sizer("width"),
        "height": _sizer("height"),
    },
}


async def bind_placement(tx: Tx, application: Application, new: NewPlacement) -> int:
    """Bind an address to a place; its id.

    Raises PlacementNotFoundError, WrongOptionError, WrongProtocolError, WrongAddressError, AlreadyBoundError,
    TooLargeError.
    """
    readers = PLACES.get(new.placement)
    if readers is None:
        raise PlacementNotFoundError
    read = {name: reader(new.options.get(name)) for name, reader in readers.items()}
    options = {name: value for name, value in read.items() if value != ""}
    handler = check_handler_url(
        msgspec.structs.replace(portal_for(tx.portal, application), allow_private_handlers=True), new.handler
    )
    bound = await placements.of_application(tx, application.id)
    if any(one.placement == new.placement and one.handler == handler for one in bound):
        raise AlreadyBoundError
    if len(bound) >= MAX_OF_APPLICATION:
        raise TooLargeError
    row = Placement(
        id=0,
        application_id=application.id,
        placement=new.placement,
        handler=handler,
        title=new.title,
        description=new.description,
        group_name=new.group_name,
        phrases=msgspec.json.encode(new.phrases).decode(),
        options=msgspec.json.encode(options).decode(),
        created_at=tx.now,
    )
    return await placements.insert(tx, row)


async def unbind_placements(tx: Tx, application: Application, placement: str, handler: str) -> int:
    """Remove the application's bindings of a place, of one address if it is given; how many there were."""
    bound = await placements.of_application(tx, application.id)
    meant = [one for one in bound if one.placement == placement and handler in {"", one.handler}]
    for one in meant:
        await placements.delete(tx, one.id)
    return len(meant)


async def placements_at(
    tx: Tx, viewer: Person, place: Place | None, placement: str = ""
) -> list[tuple[Placement, str]]:
    """What is shown to this person there with the names of the applications, oldest first: one statement.

    ``place`` None: outside of all dialogs. ``placement`` empty: of all places.
    """
    found = await placements.shown(tx)
    return [(one, name) for one, name in found if placement in {"", one.placement} and is_shown(one, viewer, place)]


def is_shown(placement: Placement, viewer: Person, place: Place | None) -> bool:
    """Is it shown to this person there?"""
    options = placement.read_options()
    if options.get("role") == ADMIN and not viewer.admin:
        return False
    if viewer.extranet and options.get("extranet") != "Y":
        return False
    if placement.placement == NAVIGATION or place is None:
        return placement.placement == NAVIGATION and place is None
    contexts = str(options.get("context", EVERYWHERE)).split(";")
    return EVERYWHERE in contexts or place.kind in {_KINDS[one] for one in contexts}
