"""``imopenlines.bot.session.operator``: the bot gives its conversation to the operators of the line.

Source: spec ``bitrix24-openlines.md`` §4.5; seed "imopenlines.bot.session.operator".
"""

from __future__ import annotations

from skvorets.core.lines import queue
from skvorets.core.lines.conversation import has_bot_in_charge
from skvorets.dialects.bitrix24.errors import ApiError
from skvorets.dialects.bitrix24.lines import (
    BOTS,
    CHAT_FAULTS,
    SCOPE,
    WRONG_CHAT,
    BotSessionParams,
    chat_number,
    led_by_bot,
)
from skvorets.dialects.bitrix24.registry import Call, Tx, method


@method("imopenlines.bot.session.operator", scope=SCOPE, beside=BOTS, params=BotSessionParams, faults=CHAT_FAULTS)
async def imopenlines_bot_session_operator(tx: Tx, call: Call, params: BotSessionParams) -> bool:
    """Hand over to whoever is free; only the bot in charge may."""
    led = await led_by_bot(tx, call, chat_number(params.CHAT_ID), missing=WRONG_CHAT)
    if not has_bot_in_charge(led.session):
        raise ApiError(WRONG_CHAT)
    await queue.to_queue(tx, led.session, actor_id=led.bot.id)
    return True
