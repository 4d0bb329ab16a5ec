"""The notification object. Source: spec ``bitrix24-im.md`` §4.9; docs ``im.notify.get``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from skvorets.core.notifications import CONFIRM, read_buttons
from skvorets.dialects.bitrix24.markup_html import to_html
from skvorets.dialects.bitrix24.views import Frame, View
from skvorets.dialects.bitrix24.views_people import load_people
from skvorets.storage.database import Tx
from skvorets.storage.notifications import Notification

# How a button of a notification answers on the wire. [source: im]
_COMMAND = "notifyConfirm"


class Shown(msgspec.Struct, frozen=True):
    """How notifications are to be shown."""

    chat_id: int  # the chat that stands for them
    frame: Frame
    is_html: bool  # text as HTML instead of BB codes


async def view_notifications(tx: Tx, found: Sequence[Notification], shown: Shown) -> dict[str, Any]:
    """Give notifications and their authors as the documented lists: at most three queries."""
    authors = await load_people(tx, {one.author_id for one in found}, shown.frame)
    return {"notifications": [notification_view(one, shown) for one in found], "users": list(authors.values())}


def notification_view(notification: Notification, shown: Shown) -> View:
    """Give the documented notification object; ``notify_buttons`` only for those that ask for an answer."""
    view = {
        "id": notification.id,
        "chat_id": shown.chat_id,
        "author_id": notification.author_id,
        "date": shown.frame.clock.atom(notification.created_at),
        "notify_type": notification.kind,
        "notify_module": notification.module,
        "notify_event": notification.event,
        "notify_tag": notification.tag,
        "notify_sub_tag": notification.sub_tag,
        "notify_title": notification.title,
        "setting_name": f"{notification.module}|{notification.event}",
        "text": to_html(notification.text, shown.frame.clock) if shown.is_html else notification.text,
        "notify_read": "Y" if notification.is_read else "N",
        # COMPAT(bitrix24): `null`, not an empty object, as in the documented sample.
        "params": notification.read_params() or None,
    }
    if notification.kind == CONFIRM:
        view["notify_buttons"] = _buttons(notification)
    return view


def _buttons(notification: Notification) -> str:
    """COMPAT(bitrix24): the keyboard as JSON text; its command names the notification and the button's value."""
    keyboard = [
        {
            "TYPE": "BUTTON",
            "TEXT": button.text,
            "COMMAND": _COMMAND,
            "COMMAND_PARAMS": f"{notification.id}|{button.value}",
            "DISPLAY": "LINE",
            **({"BG_COLOR": button.color, "TEXT_COLOR": "#ffffff"} if button.color else {}),
        }
        for button in read_buttons(notification)
    ]
    return msgspec.json.encode(keyboard).decode()
