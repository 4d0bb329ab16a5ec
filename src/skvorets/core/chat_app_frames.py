"""Opening a chat application: what it is at this place, and the whole address of its frame.

    icon                     DIALOG_ID, DIALOG_CONTEXT, CONTEXT=textarea
    button of a message      MESSAGE_ID, BUTTON_PARAMS, CONTEXT=button: only what the message really carries
    both                     DOMAIN and USER_ID, each with a hash of it and the application's own word

Rules: spec ``bitrix24-imbot.md`` §11.3; seed "Cоздание IFRAME-обработчика".
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from urllib.parse import quote_plus, urlencode, urlsplit

import msgspec

from skvorets.core.app_places import CHAT, CRM, LINES, Place, message_at
from skvorets.core.chat_apps import is_shown, may_open
from skvorets.core.content_values import fields_of, is_yes, members_of, positive_int, text_of
from skvorets.errors import ChatAppNotFoundError, MessageNotFoundError
from skvorets.storage import bots, chat_apps
from skvorets.storage.bots import Bot
from skvorets.storage.chat_apps import ChatApp
from skvorets.storage.database import Tx
from skvorets.storage.people import Person


class Button(msgspec.Struct, frozen=True):
    """The button of a keyboard or item of a menu that was clicked."""

    message_id: int
    params: str  # its APP_PARAMS


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """Who looks, and from where."""

    viewer: Person
    base_url: str  # the portal's address
    language: str
    is_chrome: bool


async def open_chat_app(
    tx: Tx, window: Window, place: Place, app_id: int, button: Button | None
) -> tuple[ChatApp, str]:
    """Give the chat application and the address of its frame, "" for a command.

    Raises ChatAppNotFoundError for everything that is not shown to this person at this place.
    """
    app = await chat_apps.find(tx, app_id)
    if app is None or not may_open(app, window.viewer, place):
        raise ChatAppNotFoundError
    if button is None and not is_shown(app, window.viewer, place):
        raise ChatAppNotFoundError
    if button is not None:
        await _check_button(tx, window.viewer, place, app, button)
    bot = await bots.find(tx, app.bot_id)
    if bot is None:
        raise ChatAppNotFoundError
    return app, "" if app.is_command else _address(app, bot, window, place, button)


async def _check_button(tx: Tx, viewer: Person, place: Place, app: ChatApp, button: Button) -> None:
    try:
        message = await message_at(tx, viewer, place, button.message_id)
    except MessageNotFoundError:
        raise ChatAppNotFoundError from None
    params = message.read_params()
    buttons = [*members_of(params.get("KEYBOARD")), *members_of(params.get("MENU"))]
    if not any(_is_button(fields_of(one), app.id, button.params) for one in buttons):
        raise ChatAppNotFoundError


def _is_button(fields: Mapping[str, object], app_id: int, params: str) -> bool:
    return (
        positive_int(fields.get("APP_ID")) == app_id
        and text_of(fields.get("APP_PARAMS")) == params
        and not is_yes(fields.get("DISABLED"))
    )


def _address(app: ChatApp, bot: Bot, window: Window, place: Place, button: Button | None) -> str:
    """Put the documented parameters behind the application's own: whoever reads the last of two takes ours."""
    host = urlsplit(window.base_url).hostname or ""
    query: dict[str, str | int] = {
        "BOT_ID": bot.person_id,
        "BOT_CODE": bot.code,
        "APP_ID": app.id,
        "APP_CODE": app.code,
        "DOMAIN": window.base_url,
        # COMPAT(bitrix24): the host without scheme and port, as the documented check computes it.
        "DOMAIN_HASH": sign(host, app.hash),
        "USER_ID": window.viewer.id,
        "USER_HASH": sign(str(window.viewer.id), app.hash),
        "DIALOG_ID": place.dialog_id,
        "CONTEXT": "textarea" if button is None else "button",
        "LANG": window.language,
        "IS_CHROME": "Y" if window.is_chrome else "N",
        "DIALOG_CONTEXT": CHAT if place.kind == CRM else place.kind,
    }
    if button is not None:
        query |= {"MESSAGE_ID": button.message_id, "BUTTON_PARAMS": button.params}
    if place.kind == LINES and place.chat is not None:
        query |= {"DIALOG_ENTITY_ID": place.chat.entity_id, "DIALOG_ENTITY_DATA_1": place.chat.entity_data_1}
    parts = urlsplit(app.iframe)
    own = f"{parts.query}&" if parts.query else ""
    return parts._replace(query=own + urlencode(query, quote_via=quote_plus)).geturl()


def sign(text: str, word: str) -> str:
    """Hash a text with the application's word, as documented; it proves nothing to whoever may guess the word.

    COMPAT(bitrix24): MD5 of the two joined, as the handlers of applications compute it.
    """
    return hashlib.md5(f"{text}{word}".encode(), usedforsecurity=False).hexdigest()
