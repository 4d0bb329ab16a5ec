"""``imopenlines.session.mode.silent``: keep what operators write from the customer.

Source: spec ``bitrix24-openlines.md`` §5; docs ``imopenlines.session.mode.silent``.
"""

from __future__ import annotations

from skvorets.core.lines import modes
from skvorets.dialects.bitrix24.line_operators import CHAT_FAULTS, SERVING_ERRORS, ServingParams, served_by
from skvorets.dialects.bitrix24.lines import SCOPE
from skvorets.dialects.bitrix24.registry import Call, Tx, method


class Params(ServingParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    ACTIVATE: bool = False  # Y = on, anything else = off


@method("imopenlines.session.mode.silent", scope=SCOPE, params=Params, faults=CHAT_FAULTS, errors=SERVING_ERRORS)
async def imopenlines_session_mode_silent(tx: Tx, call: Call, params: Params) -> bool:
    """Switch the silent mode on or off."""
    served = await served_by(tx, call, params)
    await modes.set_silent(tx, call.caller.person, served.session, is_on=params.ACTIVATE)
    return True
