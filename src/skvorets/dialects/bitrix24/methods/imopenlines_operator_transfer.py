"""``imopenlines.operator.transfer``: give a conversation to another operator or line.

Source: spec ``bitrix24-openlines.md`` §4.6, §5; docs ``imopenlines.operator.transfer``.
"""

from __future__ import annotations

from skvorets.core.lines import transfers
from skvorets.dialects.bitrix24.line_operators import CHAT_FAULTS, TRANSFER_ERRORS, ServingParams, served_by
from skvorets.dialects.bitrix24.line_targets import TARGET_FAULTS, target_of
from skvorets.dialects.bitrix24.lines import SCOPE
from skvorets.dialects.bitrix24.registry import Call, Tx, method


class Params(ServingParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    USER_ID: int | None = None  # an employee; or …
    QUEUE_ID: int | None = None  # … another line; or …
    TRANSFER_ID: str | None = None  # … either: 12 or queue3; wins over the others


@method(
    "imopenlines.operator.transfer",
    scope=SCOPE,
    params=Params,
    faults={**CHAT_FAULTS, **TARGET_FAULTS},
    errors=TRANSFER_ERRORS,
)
async def imopenlines_operator_transfer(tx: Tx, call: Call, params: Params) -> bool:
    """Transfer the conversation."""
    served, target, person = await served_by(tx, call, params), target_of(params), call.caller.person
    if target.line_id:
        await transfers.transfer_to_line(tx, person, served.session, target.line_id)
    else:
        await transfers.transfer_to_person(tx, person, served.session, target.person_id)
    return True
