"""``imopenlines.session.intercept``: take a conversation over from another operator.

Source: spec ``bitrix24-openlines.md`` §5; docs ``imopenlines.session.intercept``.
"""

from __future__ import annotations

from skvorets.core.lines import queue
from skvorets.dialects.bitrix24.errors import CHAT_ID_EMPTY
from skvorets.dialects.bitrix24.line_operators import TRANSFER_ERRORS, ServingParams, served_by
from skvorets.dialects.bitrix24.lines import SCOPE, chat_number
from skvorets.dialects.bitrix24.registry import Call, Tx, method


@method(
    "imopenlines.session.intercept",
    scope=SCOPE,
    params=ServingParams,
    faults={"CHAT_ID": CHAT_ID_EMPTY},
    errors=TRANSFER_ERRORS,
)
async def imopenlines_session_intercept(tx: Tx, call: Call, params: ServingParams) -> bool:
    """Serve the customer from now on, whoever did before."""
    chat_number(params.CHAT_ID)
    served = await served_by(tx, call, params)
    await queue.take_session(tx, call.caller.person, served.session, takes_over=True)
    return True
