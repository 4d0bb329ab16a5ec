"""``imopenlines.bot.session.message.send``: an automatic message to the customer.

Known formerly as ``imopenlines.bot.session.send.message``.
Source: spec ``bitrix24-openlines.md`` §4.8; seed "imopenlines.bot.session.message.send".
"""

from __future__ import annotations

from skvorets.core.lines import speaking
from skvorets.core.lines.conversation import line_of
from skvorets.core.lines.settings import settings_of
from skvorets.dialects.bitrix24.lines import BOTS, CHAT_FAULTS, SCOPE, BotSessionParams, Led, chat_number, led_by_bot
from skvorets.dialects.bitrix24.registry import Call, Tx, method


class Params(BotSessionParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    MESSAGE: str = ""  # the text for DEFAULT
    NAME: str = ""  # WELCOME = the line's own welcome text, DEFAULT = MESSAGE; anything else: nothing is sent


@method(
    "imopenlines.bot.session.message.send",
    scope=SCOPE,
    beside=BOTS,
    params=Params,
    faults=CHAT_FAULTS,
    also=("imopenlines.bot.session.send.message",),
)
async def imopenlines_bot_session_message_send(tx: Tx, call: Call, params: Params) -> bool:
    """Send the text in the line's name; true also when there was nothing to send."""
    led = await led_by_bot(tx, call, chat_number(params.CHAT_ID))
    text = await _text(tx, led, params)
    if text:
        await speaking.send_to_client(tx, led.client, text)
    return True


async def _text(tx: Tx, led: Led, params: Params) -> str:
    match params.NAME.strip().upper():
        case "WELCOME":
            return settings_of(await line_of(tx, led.session)).welcome_text.strip()
        case "DEFAULT":
            return params.MESSAGE.strip()
    return ""
