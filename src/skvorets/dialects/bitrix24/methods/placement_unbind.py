"""``placement.unbind``: take the application's addresses away from a place.

Source: spec ``bitrix24-imbot.md`` §12.1; docs ``placement.unbind``.
"""

from __future__ import annotations

import msgspec

from skvorets.core.placements import unbind_placements
from skvorets.dialects.bitrix24.placement_rules import managed_application, required
from skvorets.dialects.bitrix24.registry import Call, Tx, method

# COMPAT(bitrix24): each handler is counted once when it is found and once more when it is removed.
_COUNTED_PER_HANDLER = 2


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    PLACEMENT: str = ""  # code of the place, in any case
    HANDLER: str = ""  # empty = every address bound to the place
    USER_ID: int = 0  # nothing is bound for one person only, so with it nothing is meant


@method("placement.unbind", scope="placement", params=Params)
async def placement_unbind(tx: Tx, call: Call, params: Params) -> dict[str, int]:
    """Count what was removed, as documented."""
    application = managed_application(call)
    placement = required("PLACEMENT", params.PLACEMENT).upper()
    if params.USER_ID:
        return {"count": 0}
    count = await unbind_placements(tx, application, placement, params.HANDLER.strip())
    return {"count": count * _COUNTED_PER_HANDLER}
