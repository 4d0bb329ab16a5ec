"""``user.access``: does one of these access codes mean the caller?

Source: spec ``bitrix24-transport.md`` §10; docs ``user.access``. Codes: ``core/access_codes.py``.
"""

from __future__ import annotations

import msgspec

from skvorets.core import access_codes
from skvorets.dialects.bitrix24.registry import Call, Tx, method


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    ACCESS: tuple[str, ...] = ()  # codes; one may come as a text


@method("user.access", scope="", params=Params, mode="read")
async def user_access(tx: Tx, call: Call, params: Params) -> bool:
    """Answer true for administrators always, for others if a code means them."""
    return await access_codes.has_any_code(tx, call.caller.person, params.ACCESS)
