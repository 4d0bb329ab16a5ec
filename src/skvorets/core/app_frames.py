"""Opening an application's page in a frame: its own page, its installer, or one that is bound to a place.

    who may see it ──► address + what is posted there (tokens of this person for this application) ──► the frame
                  └──► what its library asks for first (``getInitData``), and later: fresh tokens, options, "installed"

Who may not see it learns that there is nothing. Rules: spec ``bitrix24-transport.md`` §11.1, §11.3, imbot §12, §13.3.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

import msgspec

from skvorets.core import applications, options, placements, tokens
from skvorets.core.app_places import Place, message_at
from skvorets.core.applications import TokenPair
from skvorets.errors import (
    ApplicationNotFoundError,
    MessageNotFoundError,
    NotAllowedError,
    PlacementNotFoundError,
    TooLargeError,
)
from skvorets.storage import applications as rows
from skvorets.storage import options as option_rows
from skvorets.storage import placements as placement_rows
from skvorets.storage.applications import Application
from skvorets.storage.database import Tx
from skvorets.storage.people import Person
from skvorets.storage.placements import Placement

# The application's own page, as PLACEMENT names it.
DEFAULT = "DEFAULT"
# Bytes of JSON that an application may hand to the page that it opens; ours.
MAX_PASSED = 65_536
_EXPIRES = str(tokens.ACCESS_TOKEN_S)
_LOCAL = "L"
# Where the messenger is, as handlers are told. [docs]
_PAGE = "/online/"


class NotInstalledError(ApplicationNotFoundError):
    """The application is there, but an administrator has not finished installing it."""


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """Who looks, and from where."""

    viewer: Person
    base_url: str  # the portal's address
    language: str


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """A frame to be opened: post ``fields`` to ``url`` with a frame called ``name`` as the target."""

    url: str
    name: str  # DOMAIN|PROTOCOL|APP_SID
    app_sid: str
    fields: Mapping[str, str]
    init: Mapping[str, Any]  # what the library in the frame asks for first
    application: Application
    is_installer: bool


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """What is opened."""

    application: Application
    handler: str
    placement: str = DEFAULT
    passed: Mapping[str, Any] = {}
    is_installer: bool = False


async def open_application(tx: Tx, window: Window, application_id: int, passed: Mapping[str, Any]) -> Frame:
    """Open an application's own page; its installer as long as it is not installed.

    Raises ApplicationNotFoundError, NotInstalledError (only administrators install), TooLargeError.
    """
    application = await rows.find(tx, application_id)
    if application is None or not _has_pages(application) or window.viewer.extranet:
        raise ApplicationNotFoundError
    if not application.installed and not window.viewer.admin:
        raise NotInstalledError
    is_installer = not application.installed
    handler = application.install_url if is_installer else application.handler_url
    target = Target(application=application, handler=handler, passed=passed, is_installer=is_installer)
    return await _frame(tx, window, target)


async def open_placement(
    tx: Tx, window: Window, place: Place | None, placement_id: int, message_id: int = 0
) -> tuple[Placement, Frame]:
    """Open what is bound to a place. Raises PlacementNotFoundError for everything that is not shown there."""
    placement = await placement_rows.find(tx, placement_id)
    if placement is None or not placements.is_shown(placement, window.viewer, place):
        raise PlacementNotFoundError
    application = await rows.find(tx, placement.application_id)
    if application is None or not application.active or not application.installed:
        raise PlacementNotFoundError
    passed: dict[str, Any] = {}
    if place is not None:
        passed["dialogId"] = place.dialog_id
        if placement.placement == placements.CONTEXT_MENU:
            passed["messageId"] = str(await _message_id(tx, window.viewer, place, message_id))
    passed["URI"] = _PAGE
    target = Target(application=application, handler=placement.handler, placement=placement.placement, passed=passed)
    return placement, await _frame(tx, window, target)


async def application_in_frame(tx: Tx, viewer: Person, application_id: int) -> Application:
    """Find an application of which a frame may be open before this person. Raises ApplicationNotFoundError."""
    application = await rows.find(tx, application_id)
    if application is None or application.kind != "local" or not application.active:
        raise ApplicationNotFoundError
    if viewer.extranet:
        bound = await placement_rows.of_application(tx, application.id)
        if not any(one.read_options().get("extranet") == "Y" for one in bound):
            raise ApplicationNotFoundError
    if not application.installed and not viewer.admin:
        raise ApplicationNotFoundError
    return application


async def renew_tokens(tx: Tx, viewer: Person, application_id: int) -> TokenPair:
    """Give a frame fresh tokens of the person who looks. Raises ApplicationNotFoundError."""
    return applications.issue_tokens(tx, await application_in_frame(tx, viewer, application_id), viewer.id)


async def finish(tx: Tx, viewer: Person, application_id: int) -> None:
    """Count an application as installed, at the word of its page. Raises ApplicationNotFoundError, NotAllowedError."""
    application = await application_in_frame(tx, viewer, application_id)
    if not viewer.admin:
        raise NotAllowedError
    await applications.finish_installation(tx, viewer, application.id)


async def greet(tx: Tx, viewer: Person, application_id: int) -> None:
    """Note that the person has seen the application's greeting. Raises ApplicationNotFoundError."""
    application = await application_in_frame(tx, viewer, application_id)
    await placement_rows.welcome_guest(tx, application.id, viewer.id)


async def set_option(
    tx: Tx, viewer: Person, application_id: int, setting: Mapping[str, Any], *, is_for_all: bool
) -> dict[str, Any]:
    """Keep settings at the word of an application's page; all of their kind. Those for all: administrators.

    Raises ApplicationNotFoundError, NotAllowedError, TooLargeError.
    """
    application = await application_in_frame(tx, viewer, application_id)
    if is_for_all and not viewer.admin:
        raise NotAllowedError
    person_id = 0 if is_for_all else viewer.id
    await options.set_options(tx, application.id, person_id, setting)
    return await option_rows.every(tx, application.id, person_id)


def _has_pages(application: Application) -> bool:
    is_there = application.kind == "local" and application.active and application.installation
    return bool(is_there and not application.api_only and application.handler_url)


async def _message_id(tx: Tx, viewer: Person, place: Place, message_id: int) -> int:
    try:
        return (await message_at(tx, viewer, place, message_id)).id
    except MessageNotFoundError:
        raise PlacementNotFoundError from None


async def _frame(tx: Tx, window: Window, target: Target) -> Frame:
    passed = msgspec.json.encode(target.passed).decode()
    if len(passed) > MAX_PASSED:
        raise TooLargeError
    application, viewer = target.application, window.viewer
    portal = urlsplit(window.base_url)
    protocol = "1" if portal.scheme == "https" else "0"
    app_sid = secrets.token_hex(16)
    pair = applications.issue_tokens(tx, application, viewer.id)
    query = {"DOMAIN": portal.netloc, "PROTOCOL": protocol, "LANG": window.language, "APP_SID": app_sid}
    fields = {
        "AUTH_ID": pair.access_token,
        "AUTH_EXPIRES": _EXPIRES,
        "REFRESH_ID": pair.refresh_token,
        "SERVER_ENDPOINT": f"{window.base_url}/rest/",
        "APPLICATION_TOKEN": tokens.application_token(tx.portal, application.id, application.installation),
        "APPLICATION_SCOPE": application.scopes,
        "member_id": tx.portal.member_id,
        "status": _LOCAL,
        "PLACEMENT": target.placement,
        "PLACEMENT_OPTIONS": passed,
    }
    return Frame(
        url=_with_query(target.handler, query),
        name=f"{portal.netloc}|{protocol}|{app_sid}",
        app_sid=app_sid,
        fields=fields,
        init=await _init_data(tx, window, target, fields),
        application=application,
        is_installer=target.is_installer,
    )


async def _init_data(tx: Tx, window: Window, target: Target, fields: Mapping[str, str]) -> dict[str, Any]:
    """Give what ``getInitData`` answers."""
    application, viewer = target.application, window.viewer
    portal = urlsplit(window.base_url)
    return {
        "DOMAIN": portal.netloc,
        "PROTOCOL": "1" if portal.scheme == "https" else "0",
        "PATH": "/rest",
        "LANG": window.language,
        "AUTH_ID": fields["AUTH_ID"],
        "REFRESH_ID": fields["REFRESH_ID"],
        "AUTH_EXPIRES": _EXPIRES,
        "MEMBER_ID": tx.portal.member_id,
        "IS_ADMIN": bool(viewer.admin),
        "APP_OPTIONS": await option_rows.every(tx, application.id, 0),
        "USER_OPTIONS": await option_rows.every(tx, application.id, viewer.id),
        "PLACEMENT": target.placement,
        "PLACEMENT_OPTIONS": target.passed,
        "INSTALL": target.is_installer,
        "FIRST_RUN": not await placement_rows.is_guest(tx, application.id, viewer.id),
    }


def _with_query(url: str, query: Mapping[str, str]) -> str:
    parts = urlsplit(url)
    own = f"{parts.query}&" if parts.query else ""
    return parts._replace(query=own + urlencode(query)).geturl()
