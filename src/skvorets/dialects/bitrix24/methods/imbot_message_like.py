"""``imbot.message.like``: let the bot like a message or take it back.

Source: spec ``bitrix24-imbot.md`` §4.2; seed "imbot.message.like".
"""

from __future__ import annotations

from skvorets.core.messages import like_message
from skvorets.dialects.bitrix24.errors import MESSAGE_ID_ERROR, ApiError
from skvorets.dialects.bitrix24.naming import lock_of_message
from skvorets.dialects.bitrix24.ownership import BOT_ERRORS, BOT_FAULTS, BotParams, acting_bot
from skvorets.dialects.bitrix24.registry import Call, Tx, method

_WISHES = {"plus": True, "minus": False}


class Params(BotParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    MESSAGE_ID: int = 0  # any message of the bot's dialogs
    ACTION: str = "auto"  # plus, minus; anything else changes over


@method(
    "imbot.message.like",
    scope="imbot",
    params=Params,
    faults={**BOT_FAULTS, "MESSAGE_ID": MESSAGE_ID_ERROR},
    errors=BOT_ERRORS,
    lock=lock_of_message,
)
async def imbot_message_like(tx: Tx, call: Call, params: Params) -> bool:
    """Like or take back; true."""
    _, person = await acting_bot(tx, call, params.BOT_ID)
    if params.MESSAGE_ID <= 0:
        raise ApiError(MESSAGE_ID_ERROR)
    await like_message(tx, person, params.MESSAGE_ID, wish=_WISHES.get(params.ACTION.strip().lower()))
    return True
