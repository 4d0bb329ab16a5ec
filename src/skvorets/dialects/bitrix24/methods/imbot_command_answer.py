"""``imbot.command.answer``: answer a slash command in the dialog where it was called.

Source: spec ``bitrix24-imbot.md`` §5.3; seed "imbot.command.answer".
"""

from __future__ import annotations

from skvorets.core import answers
from skvorets.core.bots import bot_of
from skvorets.core.commands import command_named, command_of
from skvorets.dialects.bitrix24.bot_content import NOT_ADDED_ERRORS, BotWords, require_text, words_of
from skvorets.dialects.bitrix24.command_fields import COMMAND_ERRORS, COMMAND_ID_ERROR
from skvorets.dialects.bitrix24.errors import MESSAGE_EMPTY, ApiError, Fault
from skvorets.dialects.bitrix24.naming import lock_of_message
from skvorets.dialects.bitrix24.ownership import BOT_FAULTS, acting_application
from skvorets.dialects.bitrix24.registry import Call, Tx, method

MESSAGE_ID_EMPTY = Fault("MESSAGE_ID_EMPTY", "Message ID can't be empty")


class Params(BotWords, frozen=True, kw_only=True):
    """Parameters as documented."""

    COMMAND_ID: int = 0  # which command is answered …
    COMMAND: str = ""  # … or its name
    MESSAGE_ID: int = 0  # the message that called it


@method(
    "imbot.command.answer",
    scope="imbot",
    params=Params,
    faults={
        **BOT_FAULTS,
        "COMMAND_ID": COMMAND_ID_ERROR,
        "COMMAND": COMMAND_ID_ERROR,
        "MESSAGE_ID": MESSAGE_ID_EMPTY,
        "MESSAGE": MESSAGE_EMPTY,
    },
    errors={**COMMAND_ERRORS, **NOT_ADDED_ERRORS},
    lock=lock_of_message,
)
async def imbot_command_answer(tx: Tx, call: Call, params: Params) -> int | bool:
    """Post the answer; its id, or true when the time to answer is over and nothing was posted."""
    application = await acting_application(tx, call)
    if params.COMMAND_ID:
        command = await command_of(tx, application, params.COMMAND_ID)
    else:
        command = await command_named(tx, application, params.COMMAND.strip(), params.MESSAGE_ID)
    if params.MESSAGE_ID <= 0:
        raise ApiError(MESSAGE_ID_EMPTY)
    require_text(params)
    bot, person = await bot_of(tx, application, command.bot_id)
    chat = await answers.chat_to_answer(tx, person, params.MESSAGE_ID)
    if chat is None:
        return True
    return (await answers.answer_command(tx, person, command, chat, words_of(tx, params, bot, chat))).id
