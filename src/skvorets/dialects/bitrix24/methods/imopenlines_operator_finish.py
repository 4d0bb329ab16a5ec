"""``imopenlines.operator.finish``: end one's conversation with a customer.

Source: spec ``bitrix24-openlines.md`` §5; docs ``imopenlines.operator.finish``.
"""

from __future__ import annotations

from skvorets.core.lines import finishing
from skvorets.dialects.bitrix24.line_operators import CHAT_FAULTS, SERVING_ERRORS, ServingParams, served_by
from skvorets.dialects.bitrix24.lines import SCOPE
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import NotAllowedError


@method("imopenlines.operator.finish", scope=SCOPE, params=ServingParams, faults=CHAT_FAULTS, errors=SERVING_ERRORS)
async def imopenlines_operator_finish(tx: Tx, call: Call, params: ServingParams) -> bool:
    """Finish by the line's rule; a second time closes at once."""
    served = await served_by(tx, call, params)
    if served.session.operator_id not in {0, call.caller.person.id}:
        raise NotAllowedError
    await finishing.finish_session(tx, call.caller.person, served.session)
    return True
