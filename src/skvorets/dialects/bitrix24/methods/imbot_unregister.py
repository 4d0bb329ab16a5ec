"""``imbot.unregister``: remove a bot with its commands and private dialogs.

Source: spec ``bitrix24-imbot.md`` §2.3; seed "imbot.unregister".
"""

from __future__ import annotations

from skvorets.core import bots
from skvorets.dialects.bitrix24.ownership import BOT_ERRORS, BOT_FAULTS, BotParams, acting_application
from skvorets.dialects.bitrix24.registry import Call, Tx, method


class Params(BotParams, frozen=True, kw_only=True):
    """Parameters as documented; BOT_ID is required here."""


@method("imbot.unregister", scope="imbot", params=Params, faults=BOT_FAULTS, errors=BOT_ERRORS)
async def imbot_unregister(tx: Tx, call: Call, params: Params) -> bool:
    """Remove the bot; true."""
    application = await acting_application(tx, call)
    # Nothing is removed by default: 0 would mean the first bot, -1 is nobody's.
    bot, _ = await bots.bot_of(tx, application, params.BOT_ID or -1)
    await bots.delete_bot(tx, call.caller.person, bot)
    return True
