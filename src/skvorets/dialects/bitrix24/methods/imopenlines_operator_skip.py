"""``imopenlines.operator.skip``: give a conversation to the next operator.

Source: spec ``bitrix24-openlines.md`` §5; docs ``imopenlines.operator.skip``.
"""

from __future__ import annotations

from skvorets.core.lines import queue
from skvorets.dialects.bitrix24.errors import Fault
from skvorets.dialects.bitrix24.line_operators import CHAT_FAULTS, SERVING_ERRORS, ServingParams, served_by
from skvorets.dialects.bitrix24.lines import SCOPE
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import NotAllowedError

CANNOT_SKIP = Fault("ACCESS_DENIED_KICK", "You can not refuse this dialog")


@method(
    "imopenlines.operator.skip",
    scope=SCOPE,
    params=ServingParams,
    faults=CHAT_FAULTS,
    errors={**SERVING_ERRORS, NotAllowedError: CANNOT_SKIP},
)
async def imopenlines_operator_skip(tx: Tx, call: Call, params: ServingParams) -> bool:
    """Pass it on; one who is alone in the queue keeps it."""
    served = await served_by(tx, call, params)
    await queue.skip_session(tx, call.caller.person, served.session)
    return True
