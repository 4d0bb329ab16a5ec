"""``imbot.command.register``: register a slash command of the bot.

Source: spec ``bitrix24-imbot.md`` §5.2; seed "imbot.command.register".
"""

from __future__ import annotations

from skvorets.core.commands import NewCommand, register_command
from skvorets.dialects.bitrix24.bot_fields import checked_url
from skvorets.dialects.bitrix24.command_fields import (
    COMMAND_ERROR,
    HANDLER_MISSING,
    HANDLER_WRONG,
    LANG_ERROR,
    read_phrases,
)
from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.ownership import (
    BOT_ERRORS,
    BOT_FAULTS,
    BotParams,
    acting_bot,
    portal_of_call,
)
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import EmptyCodeError, EmptyPhrasesError, WrongNameError

_NOT_CREATED = Fault("WRONG_REQUEST", "Command can't be created")


class Params(BotParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    COMMAND: str = ""  # what people type; a leading slash is dropped
    COMMON: bool = False  # usable where the bot is absent, too
    HIDDEN: bool = False  # not suggested while typing
    EXTRANET_SUPPORT: bool = False
    LANG: Structure | None = None  # required for visible commands
    EVENT_COMMAND_ADD: str = ""  # address of all commands of the application


@method(
    "imbot.command.register",
    scope="imbot",
    params=Params,
    faults={**BOT_FAULTS, "COMMAND": COMMAND_ERROR, "LANG": LANG_ERROR, "EVENT_COMMAND_ADD": HANDLER_WRONG},
    errors={
        **BOT_ERRORS,
        EmptyCodeError: COMMAND_ERROR,
        WrongNameError: _NOT_CREATED,
        EmptyPhrasesError: LANG_ERROR,
    },
)
async def imbot_command_register(tx: Tx, call: Call, params: Params) -> int:
    """Register the command; its id."""
    portal = await portal_of_call(tx, call)  # a webhook without CLIENT_ID is told so first
    if not params.EVENT_COMMAND_ADD.strip():
        raise ApiError(HANDLER_MISSING)
    url = checked_url(portal, params.EVENT_COMMAND_ADD, HANDLER_WRONG)
    if not params.COMMAND.strip().removeprefix("/"):
        raise ApiError(COMMAND_ERROR)
    bot, _ = await acting_bot(tx, call, params.BOT_ID)
    new = NewCommand(
        command=params.COMMAND,
        is_common=params.COMMON,
        is_hidden=params.HIDDEN,
        for_extranet=params.EXTRANET_SUPPORT,
        phrases=read_phrases(params.LANG),
        handler_url=url,
    )
    return await register_command(tx, bot, new)
