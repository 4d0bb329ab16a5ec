"""``imopenlines.bot.session.finish``: the bot ends the conversation.

Source: spec ``bitrix24-openlines.md`` §4.7, §3.2; seed "imopenlines.bot.session.finish".
"""

from __future__ import annotations

from skvorets.core.lines import finishing
from skvorets.dialects.bitrix24.lines import BOTS, CHAT_FAULTS, SCOPE, BotSessionParams, chat_number, led_by_bot
from skvorets.dialects.bitrix24.registry import Call, Tx, method


@method("imopenlines.bot.session.finish", scope=SCOPE, beside=BOTS, params=BotSessionParams, faults=CHAT_FAULTS)
async def imopenlines_bot_session_finish(tx: Tx, call: Call, params: BotSessionParams) -> bool:
    """Finish by the line's rule: a closing text or the question for a rating come before the end."""
    led = await led_by_bot(tx, call, chat_number(params.CHAT_ID))
    await finishing.finish_session(tx, led.bot, led.session)
    return True
