"""``imopenlines.operator.spam``: mark a conversation as spam.

Source: spec ``bitrix24-openlines.md`` §5; docs ``imopenlines.operator.spam``.
"""

from __future__ import annotations

from skvorets.core.lines import finishing
from skvorets.dialects.bitrix24.line_operators import CHAT_FAULTS, SERVING_ERRORS, ServingParams, served_by
from skvorets.dialects.bitrix24.lines import SCOPE
from skvorets.dialects.bitrix24.registry import Call, Tx, method


@method("imopenlines.operator.spam", scope=SCOPE, params=ServingParams, faults=CHAT_FAULTS, errors=SERVING_ERRORS)
async def imopenlines_operator_spam(tx: Tx, call: Call, params: ServingParams) -> bool:
    """Close it, and take nothing from the customer any more."""
    served = await served_by(tx, call, params)
    await finishing.mark_spam(tx, call.caller.person, served.session)
    return True
