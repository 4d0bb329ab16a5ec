"""Addresses of ours that keep what is sent to them: for their owner, the last fifty, for a week."""

from __future__ import annotations

import pytest

from skvorets.core import inspectors
from skvorets.core.masking import MASK
from skvorets.storage import inspectors as rows
from support.browsers import RefusedError, browser_of
from support.deliveries import until
from support.world import World


async def _send(world: World, url: str, body: bytes, **headers: str) -> int:
    path = url.removeprefix(world.app.config.base_url)
    async with world.session.post(world.url + path, data=body, headers=headers) as response:
        return response.status


async def test_what_is_sent_is_kept_for_the_owner_with_secrets_as_dots(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        made = await browser.call("POST", "/api/dev/inspectors")
        assert await browser.get("/api/dev/inspectors") == [made]
        form = {"Content-Type": "application/x-www-form-urlencoded", "Authorization": "Basic abc"}
        assert await _send(world, made["url"] + "?a=b", b"auth[access_token]=xyz&data[A]=%D1%8F", **form) == 200
        assert await _send(world, made["url"], b"\xff\x00 plain") == 200
        path = f"/api/dev/inspectors/{made['id']}"
        plain, kept = (await browser.get(path))["requests"]
        revealed = (await browser.call("POST", f"{path}/reveal"))["requests"][1]
    assert kept["form"] == [["auth[access_token]", MASK], ["data[A]", "я"]]
    assert (kept["verb"], kept["query"], kept["bodySize"], kept["body"]) == ("POST", "a=b", 37, "")
    assert ["Authorization", MASK] in kept["headers"]
    assert revealed["form"][0] == ["auth[access_token]", "xyz"]
    assert ["Authorization", "Basic abc"] in revealed["headers"]
    assert (plain["form"], plain["body"], plain["bodySize"]) == (None, "\ufffd\ufffd plain", 8)


async def test_a_bot_can_listen_there(world: World) -> None:
    async with browser_of(world, world.alice) as browser:
        made = await browser.call("POST", "/api/dev/inspectors")
        url = world.url + made["url"].removeprefix(world.app.config.base_url)
        await world.install(handler_url=url)
        await until(world, lambda found: bool(found) and found[0].state == "delivered")
        [kept] = (await browser.get(f"/api/dev/inspectors/{made['id']}"))["requests"]
    assert kept["form"][0] == ["event", "ONAPPINSTALL"]


async def test_the_last_fifty_are_kept_and_long_bodies_are_cut(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        made = await browser.call("POST", "/api/dev/inspectors")
        for number in range(inspectors.KEPT_REQUESTS + 3):
            await _send(world, made["url"], b"%d" % number)
        await _send(world, made["url"], b"x" * 200_000)
        found = (await browser.get(f"/api/dev/inspectors/{made['id']}"))["requests"]
    assert len(found) == inspectors.KEPT_REQUESTS
    assert (len(found[0]["body"]), found[0]["bodySize"]) == (64 * 1024, 200_000)
    assert [found[1]["body"], found[-1]["body"]] == ["52", "4"]


async def test_nobody_else_sees_it_and_a_wrong_address_keeps_nothing(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        made = await browser.call("POST", "/api/dev/inspectors")
        path = f"/api/dev/inspectors/{made['id']}"
        assert await _send(world, made["url"] + "x", b"1") == 404
        assert await _send(world, made["url"].rpartition("/")[0] + "/%00%ff", b"1") == 404
        assert (await browser.get(path))["requests"] == []
    async with browser_of(world, world.alice) as browser:
        assert await browser.get("/api/dev/inspectors") == []
        for verb, tail in (("GET", ""), ("DELETE", ""), ("POST", "/reveal")):
            with pytest.raises(RefusedError, match="404 not_found"):
                await browser.call(verb, path + tail)


async def test_it_ends_after_a_week_or_when_it_is_removed(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        old, new = [await browser.call("POST", "/api/dev/inspectors") for _ in range(2)]
        await world.unit(rows.prolong, old["id"], 1)
        assert await _send(world, old["url"], b"1") == 404
        assert await browser.get("/api/dev/inspectors") == [new]
        await browser.call("DELETE", f"/api/dev/inspectors/{new['id']}")
        assert await _send(world, new["url"], b"1") == 404
        for _ in range(inspectors.MAX_INSPECTORS):
            await browser.call("POST", "/api/dev/inspectors")
        with pytest.raises(RefusedError, match="403 not_allowed"):
            await browser.call("POST", "/api/dev/inspectors")
