"""``imopenlines.network.message.add``: write to a person in the name of a line that was joined.

Source: spec ``bitrix24-openlines.md`` §4.3 (order of the checks); the seed lists the method without a page.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from skvorets.core.lines import network_join, network_messages
from skvorets.core.lines.network_messages import LineWords
from skvorets.dialects.bitrix24.content import read_content, without_empty
from skvorets.dialects.bitrix24.errors import (
    ATTACH_ERROR,
    KEYBOARD_ERROR,
    MESSAGE_EMPTY,
    USER_ID_EMPTY,
    ApiError,
    Fault,
)
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import LineNotFoundError, NotAllowedError, NotFoundError, TooSoonError
from skvorets.storage.chats import Chat
from skvorets.storage.database import lock_key

CODE_ERROR = Fault("CODE", "You entered an invalid code")
NOT_FOUND = Fault("NOT_FOUND", "Line not found")
USER_MESSAGE_LIMIT = Fault("USER_MESSAGE_LIMIT", "You cant send more than one message per week to each user.")
NOT_ADDED = Fault("WRONG_REQUEST", "Message isn't added")


class Params(Struct, frozen=True):
    """Parameters as documented."""

    CODE: str = ""  # 32 characters of a line that was joined
    USER_ID: int = 0
    MESSAGE: str = ""  # required also beside ATTACH
    ATTACH: Structure | None = None
    KEYBOARD: Structure | None = None  # links only: no bot would get a command
    MENU: Structure | None = None  # not documented here: never kept
    URL_PREVIEW: bool = True  # may links be shown as cards?


def _lock(_call: Call, params: Params) -> int:
    return lock_key("network message", abs(params.USER_ID))


@method(
    "imopenlines.network.message.add",
    scope="imopenlines",
    params=Params,
    faults={
        "CODE": CODE_ERROR,
        "USER_ID": USER_ID_EMPTY,
        "MESSAGE": MESSAGE_EMPTY,
        "ATTACH": ATTACH_ERROR,
        "KEYBOARD": KEYBOARD_ERROR,
    },
    errors={
        LineNotFoundError: NOT_FOUND,
        TooSoonError: USER_MESSAGE_LIMIT,
        NotFoundError: NOT_ADDED,
        NotAllowedError: NOT_ADDED,
    },
    lock=_lock,
)
async def imopenlines_network_message_add(tx: Tx, call: Call, params: Params) -> bool:
    """Post the message in the person's dialog with the line."""
    address = network_join.read_code(params.CODE)
    if address is None:
        raise ApiError(CODE_ERROR)
    line = await network_messages.joined_line(tx, address.code, address.server)
    if params.USER_ID <= 0:
        raise ApiError(USER_ID_EMPTY)
    await network_messages.require_pause(tx, line, params.USER_ID, call.surroundings.config.network_message_days)
    if not params.MESSAGE.strip():
        raise ApiError(MESSAGE_EMPTY)
    bot, chat = await network_messages.dialog_to_write(tx, call.caller.person, line, params.USER_ID)
    words = LineWords(text=params.MESSAGE, params=_content(params, chat, tx.now), previews_links=params.URL_PREVIEW)
    await network_messages.write(tx, bot, chat, words)
    return True


def _content(params: Params, chat: Chat, now: int) -> dict[str, Any]:
    """Check attachment and keyboard. Raises ContentError, and ApiError for buttons that are no links."""
    content = without_empty(read_content(params, chat, bot_id=None, now=now))
    content.pop("MENU", None)
    keyboard = content.get("KEYBOARD", [])
    if any(one.get("TYPE") != "NEWLINE" and not one.get("LINK") for one in keyboard):
        raise ApiError(KEYBOARD_ERROR)
    return content
