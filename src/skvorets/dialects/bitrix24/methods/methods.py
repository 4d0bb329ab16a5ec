"""``methods``: the names of the methods that the caller may use.

Source: spec ``bitrix24-transport.md`` §10; docs ``methods`` (old programs still ask).
"""

from __future__ import annotations

import msgspec

from skvorets.dialects.bitrix24.registry import METHODS, Call, method

# COMPAT(bitrix24): of texts PHP takes only these for false; "false" in a form asks for the full list.
_PHP_FALSE = frozenset({"", "0"})


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    FULL: str = ""  # all methods, also those of scopes not granted
    SCOPE: str | None = None  # the methods of one scope; empty = those that need none


@method("methods", scope="", params=Params, mode="free")
async def methods(call: Call, params: Params) -> list[str]:
    """List the names in lower case, ascending."""
    scopes = call.caller.scopes
    if params.SCOPE is not None:
        return sorted(name for name, row in METHODS.items() if row.scope == params.SCOPE.strip())
    is_full = params.FULL not in _PHP_FALSE
    return sorted(name for name, row in METHODS.items() if is_full or row.is_open_to(scopes))
