"""``imopenlines.operator.answer``: take a conversation with a customer.

Source: spec ``bitrix24-openlines.md`` §5; docs ``imopenlines.operator.answer``.
"""

from __future__ import annotations

from skvorets.core.lines import queue
from skvorets.dialects.bitrix24.line_operators import CHAT_FAULTS, SERVING_ERRORS, ServingParams, served_by
from skvorets.dialects.bitrix24.lines import SCOPE
from skvorets.dialects.bitrix24.registry import Call, Tx, method


@method("imopenlines.operator.answer", scope=SCOPE, params=ServingParams, faults=CHAT_FAULTS, errors=SERVING_ERRORS)
async def imopenlines_operator_answer(tx: Tx, call: Call, params: ServingParams) -> bool:
    """Serve the customer from now on, unless another operator does."""
    served = await served_by(tx, call, params)
    await queue.take_session(tx, call.caller.person, served.session)
    return True
