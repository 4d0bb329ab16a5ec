"""``imopenlines.session.mode.pin``: keep a conversation from being finished by itself.

Source: spec ``bitrix24-openlines.md`` §5; docs ``imopenlines.session.mode.pin``.
"""

from __future__ import annotations

from skvorets.core.lines import modes
from skvorets.dialects.bitrix24.line_operators import CHAT_FAULTS, SERVING_ERRORS, ServingParams, served_by
from skvorets.dialects.bitrix24.lines import SCOPE
from skvorets.dialects.bitrix24.registry import Call, Tx, method


class Params(ServingParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    ACTIVATE: bool = True  # N unpins


@method("imopenlines.session.mode.pin", scope=SCOPE, params=Params, faults=CHAT_FAULTS, errors=SERVING_ERRORS)
async def imopenlines_session_mode_pin(tx: Tx, call: Call, params: Params) -> bool:
    """Pin it or unpin it."""
    served = await served_by(tx, call, params)
    await modes.set_pinned(tx, call.caller.person, served.session, is_on=params.ACTIVATE)
    return True
