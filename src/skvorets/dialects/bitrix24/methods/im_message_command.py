"""``im.message.command``: press a button of a keyboard, or choose an item of a context menu.

Source: spec ``bitrix24-im.md`` §8.3, ``bitrix24-events.md`` §5.5; seed "im.message.command".
"""

from __future__ import annotations

from skvorets.core import access, commands
from skvorets.core.commands import Click
from skvorets.core.keyboard import find_button
from skvorets.dialects.bitrix24.errors import MESSAGE_ID_ERROR, PARAMS_ERROR, ApiError, Fault
from skvorets.dialects.bitrix24.naming import MessageParams, lock_of_message, message_of
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import MessageNotFoundError
from skvorets.storage import commands as command_rows
from skvorets.storage.messages import Message

BOT_ID_EMPTY = Fault("BOT_ID_ERROR", "Bot ID can't be empty")
COMMAND_EMPTY = Fault("COMMAND_ERROR", "Command can't be empty")

# Where commands are offered, and what the event says of it.
_CONTEXTS = ("KEYBOARD", "MENU")


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
    errors={MessageNotFoundError: PARAMS_ERROR},
    lock=lock_of_message,
)
async def im_message_command(tx: Tx, call: Call, params: Params) -> bool:
    """Call the bot's command; nothing is published."""
    message_id = message_of(params)
    if params.BOT_ID <= 0:
        raise ApiError(BOT_ID_EMPTY)
    name = params.COMMAND.strip().lstrip("/").strip()
    if not name:
        raise ApiError(COMMAND_EMPTY)
    message, seat = await access.message_to_read(tx, call.caller.person, message_id)
    context = _context_of(message, params)
    known = [one for one in await command_rows.named(tx, name) if one.bot_id == params.BOT_ID]
    if seat.member is None or not context or not known:
        raise ApiError(PARAMS_ERROR)
    click = Click(
        chat=seat.chat,
        person=call.caller.person,
        message=message,
        command=known[0],
        params=params.COMMAND_PARAMS.strip(),
        context=context,
    )
    await commands.call_button(tx, click)
    return True


def _context_of(message: Message, params: Params) -> str:
    """Where the message offers this very command; empty when nowhere."""
    offered = message.read_params()
    for name in _CONTEXTS:
        if find_button(offered.get(name), params.BOT_ID, params.COMMAND, params.COMMAND_PARAMS):
            return name
    return ""
