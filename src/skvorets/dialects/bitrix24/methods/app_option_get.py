"""``app.option.get``: settings that the application, the same for all people keeps here.

Source: spec ``bitrix24-transport.md`` §10; docs ``app.option.get``.
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


@method("app.option.get", scope="", params=Params, mode="read")
async def app_option_get(tx: Tx, call: Call, params: Params) -> Any:
    """Give one value (null for none) or the map of all; COMPAT(bitrix24): an empty map is `[]`."""
    application_id = application_of(call).id
    if params.OPTION:
        return await options.find(tx, application_id, 0, params.OPTION)
    return await options.every(tx, application_id, 0) or []
