"""``placement.list``: the places at which the application may bind addresses.

Source: spec ``bitrix24-imbot.md`` §12.1; docs ``placement.list``.
"""

from __future__ import annotations

import msgspec

from skvorets.dialects.bitrix24.placement_rules import MESSENGER, calling_application, known_places
from skvorets.dialects.bitrix24.registry import Call, method


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    SCOPE: str = ""  # only the places of this right
    FULL: bool = False  # of all rights there are; counts only without SCOPE


@method("placement.list", scope="placement", params=Params, mode="free")
async def placement_list(call: Call, params: Params) -> list[str]:
    """List the codes."""
    calling_application(call)
    scope = params.SCOPE.strip().lower()
    if scope:
        return known_places(frozenset({scope}))
    return known_places(frozenset({MESSENGER}) if params.FULL else call.caller.scopes)
