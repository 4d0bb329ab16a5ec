"""Chat applications: what a bot puts above the input field — a command, or a frame.

    icon above the field ──► command: put, sent, called      button of a keyboard or menu ──► the same, hidden ones, too
                         └─► frame: its address carries the person, the dialog and signatures (``chat_app_frames.py``)

Rules: spec ``bitrix24-imbot.md`` §11; seed "Приложения для чата".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

import msgspec

from skvorets.core.addresses import check_handler_url, portal_for
from skvorets.core.app_places import BOT, CHAT, CRM, USER, Place
from skvorets.errors import (
    ChatAppNotFoundError,
    CoreError,
    EmptyCodeError,
    EmptyPhrasesError,
    NotOwnerError,
    TooLargeError,
    WrongAddressError,
    WrongNameError,
)
from skvorets.storage import chat_apps
from skvorets.storage.applications import Application
from skvorets.storage.bots import Bot
from skvorets.storage.chat_apps import ChatApp
from skvorets.storage.database import Portal, Tx
from skvorets.storage.people import Person

MAX_CODE = 255  # characters
MAX_PARAM = 255  # characters
MAX_HASH = 32  # characters; the rest is cut. [source: im]
# Chat applications of one bot; ours.
MAX_OF_BOT = 100
# Sizes of a frame, pixels. [seed]; the largest is ours.
DEFAULT_WIDTH: Final = 320
DEFAULT_HEIGHT: Final = 250
MIN_WIDTH: Final = 250
MIN_HEIGHT: Final = 50
MAX_SIDE: Final = 10_000
ADMINS_ONLY = "-admin"
EVERYWHERE = "all"
CONTEXTS = frozenset({EVERYWHERE, "user", "chat", "bot", "lines", "call"})
# What a command may do -> what its parameter may hold. [docs]
_COMMAND_TEXT = re.compile(r"[A-Za-z0-9+_/ -]+")
COMMANDS: Mapping[str, re.Pattern[str]] = {
    "PUT": _COMMAND_TEXT,
    "SEND": _COMMAND_TEXT,
    "CALL": re.compile(r"[0-9+()# -]+"),
    "SUPPORT": re.compile(r"[0-9A-Fa-f]{32}"),
}


class WrongCommandError(CoreError):
    """Neither a command that chat applications know, with a parameter as it must be, nor a frame."""


class EmptyHashError(CoreError):
    """A frame without the word with which its address is signed."""


class Phrase(msgspec.Struct, frozen=True):
    """What is shown of a chat application in one language."""

    title: str
    description: str = ""
    copyright: str = ""


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a chat application; None = as it is, of a new one: as documented."""

    js_method: str | None = None
    js_param: str | None = None
    iframe: str | None = None
    width: int | None = None  # pixels; 0 = the documented default
    height: int | None = None  # pixels; 0 = the documented default
    is_popup: bool | None = None
    hash: str | None = None
    icon: str | None = None  # digest in the blob store
    context: str | None = None  # an unknown one is "everywhere"
    is_hidden: bool | None = None
    for_extranet: bool | None = None
    for_livechat: bool | None = None
    phrases: Mapping[str, Phrase] | None = None  # by language, lower case; replaces all


async def register_chat_app(tx: Tx, application: Application, bot: Bot, code: str, given: Changes) -> int:
    """Register a chat application; its id. A known code of the same application gives the known id.

    Raises EmptyCodeError, WrongNameError, WrongCommandError, WrongAddressError, EmptyHashError, EmptyPhrasesError,
    TooLargeError (too many of one bot).
    """
    code = code.strip()
    if not code:
        raise EmptyCodeError
    if len(code) > MAX_CODE:
        raise WrongNameError
    known = await chat_apps.find_by_code(tx, application.id, code)
    if known is not None:
        return known.id
    app = _changed(portal_for(tx.portal, application), _blank(bot, code, tx.now), given)
    if await chat_apps.count_of_bot(tx, bot.person_id) >= MAX_OF_BOT:
        raise TooLargeError
    return await chat_apps.insert(tx, app)


async def update_chat_app(tx: Tx, application: Application, app: ChatApp, given: Changes) -> None:
    """Change a chat application. Raises the refusals of ``register_chat_app`` but those of the code."""
    changed = _changed(portal_for(tx.portal, application), app, given)
    values = {
        name: getattr(changed, name)
        for name in ChatApp.__struct_fields__
        if getattr(changed, name) != getattr(app, name)
    }
    if values:
        await chat_apps.change(tx, app.id, **values)


async def unregister_chat_app(tx: Tx, app: ChatApp) -> None:
    """Remove a chat application; buttons that name it open nothing any more."""
    await chat_apps.delete(tx, app.id)


async def chat_app_of(tx: Tx, application: Application | None, app_id: int) -> ChatApp:
    """The application's chat application. Raises ChatAppNotFoundError, NotOwnerError."""
    app = await chat_apps.find(tx, app_id)
    if app is None:
        raise ChatAppNotFoundError
    if application is None or app.application_id != application.id:
        raise NotOwnerError
    return app


async def chat_apps_at(tx: Tx, viewer: Person, place: Place) -> list[ChatApp]:
    """Those that have a button for this person at this place, oldest first: one statement."""
    bot_id = place.partner.id if place.partner is not None and place.kind == BOT else 0
    return [one for one in await chat_apps.shown(tx, bot_id) if is_shown(one, viewer, place)]


def is_shown(app: ChatApp, viewer: Person, place: Place) -> bool:
    """Has the chat application a button for this person at this place?"""
    return not app.is_hidden and may_open(app, viewer, place) and _fits(app, place)


def may_open(app: ChatApp, viewer: Person, place: Place) -> bool:
    """May the person open it, be it by a button of a message?"""
    if app.context.endswith(ADMINS_ONLY) and not viewer.admin:
        return False
    if place.is_live_chat and not app.for_livechat:
        return False
    return bool(app.for_extranet) or not viewer.extranet


def _fits(app: ChatApp, place: Place) -> bool:
    context = app.context.removesuffix(ADMINS_ONLY)
    if context == EVERYWHERE:
        return True
    if context == BOT:
        return place.kind == BOT and place.partner is not None and place.partner.id == app.bot_id
    if context == USER:  # a dialog of two, with whomever
        return place.partner is not None
    return context == (CHAT if place.kind == CRM else place.kind)


def _blank(bot: Bot, code: str, now: int) -> ChatApp:
    return ChatApp(
        id=0,
        bot_id=bot.person_id,
        application_id=bot.application_id,
        code=code,
        js_method="",
        js_param="",
        iframe="",
        width=DEFAULT_WIDTH,
        height=DEFAULT_HEIGHT,
        is_popup=0,
        hash="",
        icon="",
        context=EVERYWHERE,
        is_hidden=0,
        for_extranet=0,
        for_livechat=0,
        phrases="{}",
        created_at=now,
    )


def _changed(portal: Portal, app: ChatApp, given: Changes) -> ChatApp:
    """Put together what is and what is said, in the documented order of checks."""
    values: dict[str, object] = _action(portal, app, given)
    if given.hash is not None and given.hash.strip():
        values["hash"] = given.hash.strip()[:MAX_HASH]
    if values.get("iframe", app.iframe) and not values.get("hash", app.hash):
        raise EmptyHashError
    for name in ("is_popup", "is_hidden", "for_extranet", "for_livechat"):
        if (flag := getattr(given, name)) is not None:
            values[name] = int(flag)
    if given.width is not None:
        values["width"] = _side(given.width, DEFAULT_WIDTH, MIN_WIDTH)
    if given.height is not None:
        values["height"] = _side(given.height, DEFAULT_HEIGHT, MIN_HEIGHT)
    if given.icon is not None:
        values["icon"] = given.icon
    if given.context is not None:
        values["context"] = read_context(given.context)
    if given.phrases is not None:
        values["phrases"] = msgspec.json.encode(dict(given.phrases)).decode()
    changed = msgspec.structs.replace(app, **values)
    if not changed.is_hidden and changed.phrases == "{}":
        raise EmptyPhrasesError
    return changed


def _action(portal: Portal, app: ChatApp, given: Changes) -> dict[str, object]:
    """Read what a click does. A command wins over a frame. [seed]"""
    if given.js_method or given.js_param:
        method = (given.js_method or app.js_method).strip().upper()
        param = (app.js_param if given.js_param is None else given.js_param).strip()
        pattern = COMMANDS.get(method)
        if pattern is None or len(param) > MAX_PARAM or not pattern.fullmatch(param):
            raise WrongCommandError
        return {"js_method": method, "js_param": param, "iframe": ""}
    if given.iframe is not None and given.iframe.strip():
        return {"js_method": "", "js_param": "", "iframe": check_frame_url(portal, given.iframe.strip())}
    if not app.js_method and not app.iframe:
        raise WrongCommandError
    return {}


def check_frame_url(portal: Portal, url: str) -> str:
    """Give the address of a frame back: https with a host. Raises WrongAddressError.

    People's browsers open it, not we: it may lie in the company's own network. Where private handlers are allowed
    (development), http will do.
    """
    check_handler_url(msgspec.structs.replace(portal, allow_private_handlers=True), url)
    if urlsplit(url).scheme != "https" and not portal.allow_private_handlers:
        raise WrongAddressError
    return url


def read_context(given: str) -> str:
    """Read a context in any case, with or without the mark of administrators; an unknown one is "everywhere"."""
    context = given.strip().lower()
    return context if context.removesuffix(ADMINS_ONLY) in CONTEXTS else EVERYWHERE


def _side(given: int, default: int, least: int) -> int:
    return min(max(given or default, least), MAX_SIDE)
