"""``server.time``: what time it is on the portal.

Source: spec ``bitrix24-transport.md`` §10; docs ``server.time``.
"""

from __future__ import annotations

import time

from skvorets.dialects.bitrix24.envelope import Clock
from skvorets.dialects.bitrix24.registry import Call, NoParams, method

_MILLISECONDS = 1000


@method("server.time", scope="", mode="free")
async def server_time(call: Call, params: NoParams) -> str:
    """Tell the time as ATOM text in the portal's zone."""
    return Clock(call.surroundings.config.utc_offset_minutes).atom(int(time.time() * _MILLISECONDS))
