"""``imopenlines.config.path.get``: where lines are configured.

Source: spec ``bitrix24-openlines.md`` §5; docs ``imopenlines.config.path.get``.
"""

from __future__ import annotations

import msgspec

from skvorets.dialects.bitrix24.lines import SCOPE
from skvorets.dialects.bitrix24.registry import Call, NoParams, method

# The page of lines within this server's address.
PUBLIC_PATH = "/admin/lines"


class Path(msgspec.Struct, frozen=True):
    """The documented answer."""

    SERVER_ADDRESS: str
    PUBLIC_PATH: str


@method("imopenlines.config.path.get", scope=SCOPE, mode="free")
async def imopenlines_config_path_get(call: Call, params: NoParams) -> Path:
    """Give the address of the server and the path of the page."""
    return Path(call.surroundings.config.base_url, PUBLIC_PATH)
