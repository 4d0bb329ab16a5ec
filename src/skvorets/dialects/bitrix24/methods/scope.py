"""``scope``: what the caller was granted.

Source: spec ``bitrix24-transport.md`` §10; docs ``scope``.
"""

from __future__ import annotations

import msgspec

from skvorets.dialects.bitrix24.registry import METHODS, Call, method

# COMPAT(bitrix24): of texts PHP takes only these for false.
_PHP_FALSE = frozenset({"", "0"})


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    FULL: str = ""  # all scopes that there are


@method("scope", scope="", params=Params, mode="free")
async def scope(call: Call, params: Params) -> list[str]:
    """List the scopes, ascending."""
    if params.FULL not in _PHP_FALSE:
        return sorted({row.scope for row in METHODS.values() if row.scope} | call.caller.scopes)
    return sorted(call.caller.scopes)
