"""``im.message.add``: send a message to a chat or a person.

Source: spec ``bitrix24-im.md`` §8.1; seed "im.message.add".
"""

from __future__ import annotations

from msgspec import Struct

from skvorets.core import chats
from skvorets.core.access import Dialog
from skvorets.core.messages import NewMessage, post_message
from skvorets.dialects.bitrix24.content import read_content, without_empty
from skvorets.dialects.bitrix24.errors import (
    ACCESS_ERROR,
    DIALOG_ID_EMPTY,
    USER_NOT_FOUND,
    Fault,
)
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import ChatNotFoundError, PersonNotFoundError


class Params(Struct, frozen=True):
    """Parameters as documented."""

    DIALOG_ID: Dialog  # chatN or the id of a person
    MESSAGE: str = ""  # BB codes; longer than 20,000 characters is cut
    SYSTEM: bool = False  # show it as a message of the system
    ATTACH: Structure | None = None
    KEYBOARD: Structure | None = None
    MENU: Structure | None = None
    BOT_ID: int = 0  # which bot gets the commands of KEYBOARD and MENU
    URL_PREVIEW: bool = True  # may links be shown as cards
    TEMPLATE_ID: str = ""  # id made by the client, at most 255 characters


@method(
    "im.message.add",
    scope="im",
    params=Params,
    aliases={"CHAT_ID": "DIALOG_ID", "USER_ID": "DIALOG_ID"},
    faults={"DIALOG_ID": DIALOG_ID_EMPTY, "MESSAGE": Fault("MESSAGE_EMPTY", "Wrong message type")},
    errors={ChatNotFoundError: ACCESS_ERROR, PersonNotFoundError: USER_NOT_FOUND},
)
async def im_message_add(tx: Tx, call: Call, params: Params) -> int:
    """Post the message; its id."""
    seat = await chats.seat_to_write(tx, call.caller.person, params.DIALOG_ID)
    content = without_empty(read_content(params, seat.chat, bot_id=params.BOT_ID, now=tx.now))
    message = await post_message(
        tx,
        NewMessage(
            chat=seat.chat,
            author_id=call.caller.person.id,
            actor_id=call.caller.person.id,
            text=params.MESSAGE,
            params=content,
            client_id=params.TEMPLATE_ID[:255] or None,
        ),
    )
    return message.id
