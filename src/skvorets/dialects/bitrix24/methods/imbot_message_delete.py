"""``imbot.message.delete``: delete a message of the bot.

Source: spec ``bitrix24-imbot.md`` §4.2; seed "imbot.message.delete".
"""

from __future__ import annotations

from skvorets.core.messages import delete_message
from skvorets.dialects.bitrix24.errors import MESSAGE_ID_ERROR, ApiError
from skvorets.dialects.bitrix24.naming import lock_of_message
from skvorets.dialects.bitrix24.ownership import BOT_ERRORS, BOT_FAULTS, BotParams, acting_bot
from skvorets.dialects.bitrix24.registry import Call, Tx, method


class Params(BotParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    MESSAGE_ID: int = 0
    COMPLETE: bool = False  # remove it without trace


@method(
    "imbot.message.delete",
    scope="imbot",
    params=Params,
    faults={**BOT_FAULTS, "MESSAGE_ID": MESSAGE_ID_ERROR},
    errors=BOT_ERRORS,
    lock=lock_of_message,
)
async def imbot_message_delete(tx: Tx, call: Call, params: Params) -> bool:
    """Empty the message or remove it; true."""
    _, person = await acting_bot(tx, call, params.BOT_ID)
    if params.MESSAGE_ID <= 0:
        raise ApiError(MESSAGE_ID_ERROR)
    await delete_message(tx, person, params.MESSAGE_ID, is_complete=params.COMPLETE)
    return True
