"""How the server is doing, for administrators."""

from __future__ import annotations

import asyncio
import time

from skvorets import __version__
from support.administration import refuses_others
from support.browsers import browser_of
from support.world import World


async def test_everything_that_matters_is_told(world: World) -> None:
    await world.bob.call("im.message.add", DIALOG_ID=world.carol.id, MESSAGE="hi")
    async with browser_of(world, world.alice) as browser:
        doing = await browser.get("/api/admin/health")
        for _ in range(100):
            if not any(one["behind"] for one in doing["readers"]):
                break
            await asyncio.sleep(0.05)
            doing = await browser.get("/api/admin/health")
    assert doing["version"] == __version__
    assert doing["engine"] == ("postgres" if world.config.database else "sqlite")
    assert 0 < doing["latencyUs"] < 5_000_000
    assert 0 <= doing["now"] - doing["startedAt"] < 600_000
    assert abs(doing["now"] - time.time() * 1000) < 60_000
    assert {"delivery"} <= {one["name"] for one in doing["readers"]}
    assert {one["behind"] for one in doing["readers"]} == {0}  # also what an idle reader has not stored
    assert (doing["sockets"], doing["connected"]) == (0, 0)
    assert doing["memoryBytes"] > 10_000_000
    assert 0 < doing["diskFreeBytes"] < doing["diskTotalBytes"]
    assert set(doing) == {
        *("version", "python", "startedAt", "now", "engine", "latencyUs", "readers", "waiting", "sending", "dead"),
        *("oldestWaitingAt", "sockets", "connected", "memoryBytes", "diskFreeBytes", "diskTotalBytes"),
    }


async def test_only_administrators_look(world: World) -> None:
    await refuses_others(world, "GET", "/api/admin/health")
