"""``events``: the names of the events that the application may bind.

Source: spec ``bitrix24-transport.md`` §10; seed "events"; docs ``events``.
"""

from __future__ import annotations

import msgspec

from skvorets.dialects.bitrix24.context import application_of
from skvorets.dialects.bitrix24.event_names import EVENTS, every_name, names_for
from skvorets.dialects.bitrix24.registry import Call, method

# COMPAT(bitrix24): of texts PHP takes only these for false.
_PHP_FALSE = frozenset({"", "0"})


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    SCOPE: str | None = None  # the events of one scope; empty = those that need none
    FULL: str = ""  # all events that there are


@method("events", scope="", params=Params, mode="free")
async def events(call: Call, params: Params) -> list[str]:
    """List the names in capitals."""
    application_of(call)
    if params.SCOPE is not None:
        return list(EVENTS.get(params.SCOPE.strip(), ()))
    return every_name() if params.FULL not in _PHP_FALSE else names_for(call.caller.scopes)
