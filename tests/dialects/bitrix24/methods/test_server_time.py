"""``server.time``."""

from __future__ import annotations

import time
from datetime import datetime

from support.world import World


async def test_the_time_is_told_in_the_portals_zone(world: World) -> None:
    text = await world.bob.call("server.time")
    assert text.endswith("+03:00")
    assert abs(datetime.fromisoformat(text).timestamp() - time.time()) < 5
