"""``imopenlines.operator.another.finish``: end another operator's conversation with a customer.

Source: spec ``bitrix24-openlines.md`` §5; docs ``imopenlines.operator.another.finish``.
"""

from __future__ import annotations

from skvorets.core.lines import finishing
from skvorets.dialects.bitrix24.line_operators import CHAT_FAULTS, SERVING_ERRORS, ServingParams, served_by
from skvorets.dialects.bitrix24.lines import SCOPE
from skvorets.dialects.bitrix24.registry import Call, Tx, method


@method(
    "imopenlines.operator.another.finish", scope=SCOPE, params=ServingParams, faults=CHAT_FAULTS, errors=SERVING_ERRORS
)
async def imopenlines_operator_another_finish(tx: Tx, call: Call, params: ServingParams) -> bool:
    """Finish by the line's rule, whoever serves the customer; a second time closes at once."""
    served = await served_by(tx, call, params)
    await finishing.finish_session(tx, call.caller.person, served.session)
    return True
