"""``im.message.command``: press a button of a keyboard, or choose an item of a context menu.

Source: spec ``bitrix24-im.md`` §8.3, ``bitrix24-events.md`` §5.5; seed "im.message.command".
"""

from __future__ import annotations

from skvorets.core import clicks
from skvorets.core.clicks import Pressed
from skvorets.dialects.bitrix24.errors import MESSAGE_ID_ERROR, PARAMS_ERROR, ApiError, Fault
from skvorets.dialects.bitrix24.naming import MessageParams, lock_of_message, message_of
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import CommandNotFoundError, MessageNotFoundError

BOT_ID_EMPTY = Fault("BOT_ID_ERROR", "Bot ID can't be empty")
COMMAND_EMPTY = Fault("COMMAND_ERROR", "Command can't be empty")


class Params(MessageParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    BOT_ID: int
    COMMAND: str
    COMMAND_PARAMS: str


@method(
    "im.message.command",
    scope="im",
    params=Params,
    faults={
        "MESSAGE_ID": MESSAGE_ID_ERROR,
        "BOT_ID": BOT_ID_EMPTY,
        "COMMAND": COMMAND_EMPTY,
        "COMMAND_PARAMS": PARAMS_ERROR,
    },
    errors={MessageNotFoundError: PARAMS_ERROR, CommandNotFoundError: PARAMS_ERROR},
    lock=lock_of_message,
)
async def im_message_command(tx: Tx, call: Call, params: Params) -> bool:
    """Call the bot's command; nothing is published."""
    message_id = message_of(params)
    if params.BOT_ID <= 0:
        raise ApiError(BOT_ID_EMPTY)
    if not params.COMMAND.strip().lstrip("/").strip():
        raise ApiError(COMMAND_EMPTY)
    pressed = Pressed(bot_id=params.BOT_ID, command=params.COMMAND, params=params.COMMAND_PARAMS)
    await clicks.press(tx, call.caller.person, message_id, pressed)
    return True
