"""``imopenlines.bot.session.transfer``: the bot gives its conversation to a person or to another line.

Source: spec ``bitrix24-openlines.md`` §4.6; seed "imopenlines.bot.session.transfer".
"""

from __future__ import annotations

from skvorets.core.lines import transfers
from skvorets.dialects.bitrix24.errors import Fault
from skvorets.dialects.bitrix24.line_targets import TARGET_FAULTS, target_of
from skvorets.dialects.bitrix24.lines import BOTS, CHAT_FAULTS, SCOPE, BotSessionParams, chat_number, led_by_bot
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import LineNotFoundError, SessionClosedError, WrongOperatorError

# COMPAT(bitrix24): the seed has this code for the person as well; later versions say OPERATOR_WRONG.
WRONG_TARGET = Fault("WRONG_CHAT", "You can not redirect to this operator")


class Params(BotSessionParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    USER_ID: int | None = None  # an employee; or …
    QUEUE_ID: int | None = None  # … another line; or …
    TRANSFER_ID: str | None = None  # … either: 12 or queue3; wins over the others
    LEAVE: bool = False  # Y: the bot leaves at once; N: when the person has taken over


@method(
    "imopenlines.bot.session.transfer",
    scope=SCOPE,
    beside=BOTS,
    params=Params,
    faults={**CHAT_FAULTS, **TARGET_FAULTS},
    errors={WrongOperatorError: WRONG_TARGET, LineNotFoundError: WRONG_TARGET, SessionClosedError: WRONG_TARGET},
)
async def imopenlines_bot_session_transfer(tx: Tx, call: Call, params: Params) -> bool:
    """Transfer the conversation."""
    chat_id, target = chat_number(params.CHAT_ID), target_of(params)
    led = await led_by_bot(tx, call, chat_id, missing=WRONG_TARGET)
    if target.line_id:
        await transfers.transfer_to_line(tx, led.bot, led.session, target.line_id)
    else:
        await transfers.transfer_to_person(tx, led.bot, led.session, target.person_id, leaves=params.LEAVE)
    return True
