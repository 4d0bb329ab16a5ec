"""``/api/status`` and ``/api/idle``: presence, as others see it."""

from __future__ import annotations

import time

import pytest

from skvorets.core.events_people import PersonStatus
from support.browsers import Browser, RefusedError, browser_of
from support.world import World


async def test_a_status_is_chosen(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        assert await browser.get("/api/status") == {"status": "online", "idleSince": 0}
        assert await browser.call("PUT", "/api/status", {"status": "dnd"}) is None
        assert await browser.get("/api/status") == {"status": "dnd", "idleSince": 0}
    event = (await world.events("person.status"))[-1]
    assert isinstance(event, PersonStatus)
    assert event.status == "dnd"


async def test_people_go_away_and_come_back(world: World) -> None:
    now = int(time.time() * 1000)
    async with browser_of(world, world.bob) as browser:
        await browser.call("PUT", "/api/idle", {"since": now - 60_000})
        assert (await browser.get("/api/status"))["idleSince"] == now - 60_000
        await browser.call("PUT", "/api/idle", {"since": now + 3600_000})
        assert now <= (await browser.get("/api/status"))["idleSince"] < now + 60_000
        await browser.call("DELETE", "/api/idle")
        assert (await browser.get("/api/status"))["idleSince"] == 0


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("status", {"status": "asleep"}),
        ("status", {}),
        ("status", {"status": []}),
        ("idle", {"since": 0}),
        ("idle", {"since": -1}),
        ("idle", {"since": 2**53}),
        ("idle", {"since": "now"}),
    ],
)
async def test_bad_input_is_refused(world: World, path: str, given: object) -> None:
    async with browser_of(world, world.bob) as browser:
        with pytest.raises(RefusedError, match="400 malformed"):
            await browser.call("PUT", f"/api/{path}", given)
        assert await browser.get("/api/status") == {"status": "online", "idleSince": 0}


async def test_strangers_are_refused(world: World) -> None:
    async with Browser(world.url) as browser:
        for verb, path in (("GET", "status"), ("PUT", "status"), ("PUT", "idle"), ("DELETE", "idle")):
            with pytest.raises(RefusedError, match="401 not_logged_in"):
                await browser.call(verb, f"/api/{path}")
