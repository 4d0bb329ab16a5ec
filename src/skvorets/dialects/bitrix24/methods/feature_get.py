"""``feature.get``: is a part of the REST API switched on here? Everything is.

Source: spec ``bitrix24-transport.md`` §10; docs ``feature.get`` (an unknown code may be answered with Y).
"""

from __future__ import annotations

import msgspec

from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.registry import Call, method

CODE_EMPTY = Fault("CODE_EMPTY", "CODE can't be empty")
_FEATURES = frozenset({"rest_offline_extended", "rest_auth_connector"})
_EMPTY = frozenset({"", "0"})


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    CODE: str = ""  # rest_offline_extended or rest_auth_connector


@method("feature.get", scope="", params=Params, mode="free", faults={"CODE": CODE_EMPTY})
async def feature_get(call: Call, params: Params) -> dict[str, str]:
    """Answer Y for what there is."""
    if params.CODE in _EMPTY:
        raise ApiError(CODE_EMPTY)
    return {"value": "Y" if params.CODE.lower() in _FEATURES else "N"}
