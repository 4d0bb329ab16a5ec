"""``method.get``: does a method exist, and may the caller use it?

Source: spec ``bitrix24-transport.md`` §10; docs ``method.get``.
"""

from __future__ import annotations

import msgspec

from skvorets.dialects.bitrix24.registry import METHODS, Call, method


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    NAME: str = ""  # in any case; an empty one exists not


class MethodState(msgspec.Struct, frozen=True):
    """What is known of the name."""

    isExisting: bool  # noqa: N815 — the documented name
    isAvailable: bool  # noqa: N815 — the documented name


@method("method.get", scope="", params=Params, mode="free")
async def method_get(call: Call, params: Params) -> MethodState:
    """Look the name up in the table."""
    row = METHODS.get(params.NAME.strip().lower())
    if row is None:
        return MethodState(isExisting=False, isAvailable=False)
    return MethodState(isExisting=True, isAvailable=row.is_open_to(call.caller.scopes))
