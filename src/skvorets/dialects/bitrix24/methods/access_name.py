"""``access.name``: what access codes are called.

Source: spec ``bitrix24-transport.md`` §10; docs ``access.name``. Codes: ``core/access_codes.py``.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from skvorets.core import access_codes
from skvorets.dialects.bitrix24.params import Anything
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.values import to_list


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    ACCESS: Anything | None = None  # list of codes


@method("access.name", scope="", params=Params, mode="read")
async def access_name(tx: Tx, call: Call, params: Params) -> dict[str, Any] | list[Any] | Literal[False]:
    """Give the names of the codes that exist; COMPAT(bitrix24): `[]` for none, `false` when there is no list."""
    given = params.ACCESS.value if params.ACCESS else None
    if not isinstance(given, (list, dict)) or not given:
        return False
    codes = [code for code in to_list(given) if isinstance(code, str)]
    names = await access_codes.names_of(tx, call.caller.person, codes)
    return {code: msgspec.structs.asdict(name) for code, name in names.items()} or []
