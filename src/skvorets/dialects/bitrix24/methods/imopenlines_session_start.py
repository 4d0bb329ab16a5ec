"""``imopenlines.session.start``: begin a conversation with a customer who wrote formerly.

Source: spec ``bitrix24-openlines.md`` §5; docs ``imopenlines.session.start``.
"""

from __future__ import annotations

from skvorets.core.lines import queue, sessions
from skvorets.dialects.bitrix24.line_operators import CHAT_FAULTS, SERVING_ERRORS, ServingParams, served_by
from skvorets.dialects.bitrix24.lines import SCOPE
from skvorets.dialects.bitrix24.registry import Call, Tx, method


@method("imopenlines.session.start", scope=SCOPE, params=ServingParams, faults=CHAT_FAULTS, errors=SERVING_ERRORS)
async def imopenlines_session_start(tx: Tx, call: Call, params: ServingParams) -> bool:
    """Begin a new one, or take the one that goes on and that nobody has."""
    served, person = await served_by(tx, call, params), call.caller.person
    if served.session.is_open:
        await queue.take_session(tx, person, served.session)
    else:
        await sessions.start_by_operator(tx, person, served.client, served.line)
    return True
