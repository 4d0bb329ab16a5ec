"""``imopenlines.session.join``: come into the chat of a conversation without taking it.

Source: spec ``bitrix24-openlines.md`` §5; docs ``imopenlines.session.join``.
"""

from __future__ import annotations

from skvorets.core.lines import conversation
from skvorets.dialects.bitrix24.line_operators import CHAT_FAULTS, SERVING_ERRORS, ServingParams, served_by
from skvorets.dialects.bitrix24.lines import SCOPE
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import SessionClosedError


@method("imopenlines.session.join", scope=SCOPE, params=ServingParams, faults=CHAT_FAULTS, errors=SERVING_ERRORS)
async def imopenlines_session_join(tx: Tx, call: Call, params: ServingParams) -> bool:
    """Take a seat; the one who serves the customer stays the same."""
    served, person = await served_by(tx, call, params), call.caller.person
    if not served.session.is_open:
        raise SessionClosedError
    await conversation.seat(tx, served.session, conversation.require_operator(person))
    return True
