"""``/api/chat-apps``: what bots put above the input field of a dialog.

GET  /api/chat-apps?dialogId=      those that this person sees there: {apps: [...]}
POST /api/chat-apps/{id}/open      {dialogId, messageId?, buttonParams?} → what a click does, or the frame's address

Whoever cannot see one gets 404; a button of a message opens what the message really carries, hidden ones included.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from skvorets.core.app_places import choose_phrase, place_of
from skvorets.core.chat_app_frames import Button, Window, open_chat_app
from skvorets.core.chat_apps import chat_apps_at
from skvorets.dialects.native.app_frames import DialogId, MessageId, language_of, read_dialog
from skvorets.dialects.native.registry import Call, route
from skvorets.storage.chat_apps import ChatApp
from skvorets.storage.database import Tx


class Where(msgspec.Struct, frozen=True, rename="camel"):
    """The dialog that is open."""

    dialog_id: DialogId


class Opening(msgspec.Struct, frozen=True, rename="camel"):
    """Where it is opened, and by which button; without ``messageId`` by its icon."""

    dialog_id: DialogId
    message_id: MessageId | None = None
    button_params: Annotated[str, msgspec.Meta(max_length=65_536)] = ""


class Icon(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """One chat application as the field shows it."""

    id: int
    bot_id: int
    code: str
    title: str
    description: str
    copyright: str
    icon: str  # address of a picture whose left half is the idle icon and whose right half the active one; "" = none
    is_command: bool
    js_method: str  # PUT, SEND, CALL, SUPPORT; "" of a frame
    js_param: str
    width: int  # wished sizes of the frame, pixels
    height: int
    is_popup: bool  # the frame stays when the dialog is changed


class Icons(msgspec.Struct, frozen=True):
    """The answer of the list."""

    apps: list[Icon]


class Opened(msgspec.Struct, frozen=True, rename="camel"):
    """What was opened: a command to be done by the client, or a frame."""

    app: Icon
    url: str  # "" for a command
    is_in_context: bool  # opened by a message's button: always in place, never as a window


@route("GET", "/api/chat-apps", query=Where, mode="read")
async def list_chat_apps(tx: Tx, call: Call[Where]) -> Icons:
    """List them, oldest first: five statements at most."""
    place = await place_of(tx, call.person, read_dialog(call.given.dialog_id))
    return Icons([_icon(one, call) for one in await chat_apps_at(tx, call.person, place)])


@route("POST", "/api/chat-apps/{id}/open", body=Opening, mode="read")
async def open_one(tx: Tx, call: Call[Opening]) -> Opened:
    """Open one."""
    given = call.given
    place = await place_of(tx, call.person, read_dialog(given.dialog_id))
    button = None if given.message_id is None else Button(given.message_id, given.button_params)
    window = Window(
        viewer=call.person,
        base_url=call.services.config.base_url,
        language=language_of(call),
        is_chrome="Chrome/" in call.user_agent,
    )
    app, url = await open_chat_app(tx, window, place, call.ids["id"], button)
    return Opened(_icon(app, call), url, button is not None)


def _icon(app: ChatApp, call: Call[Where] | Call[Opening]) -> Icon:
    words = choose_phrase(app.read_phrases(), language_of(call))
    return Icon(
        id=app.id,
        bot_id=app.bot_id,
        code=app.code,
        title=words.get("title") or app.code,
        description=words.get("description", ""),
        copyright=words.get("copyright", ""),
        icon=f"{call.services.config.base_url}/files/icon/{app.icon}" if app.icon else "",
        is_command=app.is_command,
        js_method=app.js_method,
        js_param=app.js_param,
        width=app.width,
        height=app.height,
        is_popup=bool(app.is_popup),
    )
