"""``user.option.get``: settings that the application for the caller keeps here.

Source: spec ``bitrix24-transport.md`` §10; docs ``user.option.get``.
"""

from __future__ import annotations

from typing import Any

import msgspec

from skvorets.dialects.bitrix24.context import application_of
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.storage import options


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    OPTION: str = ""  # name of one setting; empty = all


@method("user.option.get", scope="", params=Params, mode="read")
async def user_option_get(tx: Tx, call: Call, params: Params) -> Any:
    """Give one value (null for none) or the map of all; COMPAT(bitrix24): an empty map is `[]`."""
    application_id = application_of(call).id
    if params.OPTION:
        return await options.find(tx, application_id, call.caller.person.id, params.OPTION)
    return await options.every(tx, application_id, call.caller.person.id) or []
