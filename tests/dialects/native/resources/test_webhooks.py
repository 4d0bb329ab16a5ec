"""Inbound webhooks through the native API: made for oneself, seen and revoked by whom they belong to."""

from __future__ import annotations

import json

import pytest

from support.browsers import RefusedError, browser_of
from support.world import World


async def test_a_webhook_is_shown_once_and_works(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        made = await browser.call("POST", "/api/dev/webhooks", {"scopes": ["im"], "title": "Мой", "days": 3})
        listed = await browser.get("/api/dev/webhooks")
    secret = made["url"].rstrip("/").rpartition("/")[2]
    path = made["url"].removeprefix(world.app.config.base_url)
    answer = await world.post(f"{path}profile", b"{}", "application/json")
    assert answer.result["ID"] == str(world.bob.id)
    assert secret not in json.dumps(listed)
    newest = listed[0]
    assert (newest["title"], newest["scopes"], newest["personId"]) == ("Мой", ["im"], world.bob.id)
    assert newest["personName"] == "Bob Ivanov"
    assert newest["isActive"] is True
    assert newest["expiresAt"] - newest["createdAt"] == 3 * 24 * 3600 * 1000


async def test_people_see_their_own_and_administrators_see_all(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        own = await browser.get("/api/dev/webhooks")
    async with browser_of(world, world.alice) as browser:
        everybodys = await browser.get("/api/dev/webhooks")
    assert {one["personId"] for one in own} == {world.bob.id}
    assert {one["personId"] for one in everybodys} == {person.id for person, _ in world.cast}


async def test_a_revoked_webhook_is_void_and_gone_from_the_list(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        [mine] = await browser.get("/api/dev/webhooks")
        await browser.call("DELETE", f"/api/dev/webhooks/{mine['id']}")
        assert await browser.get("/api/dev/webhooks") == []
        with pytest.raises(RefusedError, match="404 not_found"):
            await browser.call("DELETE", f"/api/dev/webhooks/{mine['id']}")
    assert await world.events("webhook.changed")


async def test_a_stranger_cannot_revoke_it_and_an_administrator_can(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        [mine] = await browser.get("/api/dev/webhooks")
    async with browser_of(world, world.stranger) as browser:
        with pytest.raises(RefusedError, match="404 not_found"):
            await browser.call("DELETE", f"/api/dev/webhooks/{mine['id']}")
    async with browser_of(world, world.alice) as browser:
        await browser.call("DELETE", f"/api/dev/webhooks/{mine['id']}")


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"scopes": []},
        {"scopes": "im"},
        {"scopes": ["root"]},
        {"scopes": ["im\n"]},
        {"scopes": ["im"], "title": "a\0b"},
        {"scopes": ["im"], "title": "x" * 256},
        {"scopes": ["im"], "days": -1},
        {"scopes": ["im"], "days": [1]},
    ],
)
async def test_bad_input_makes_no_webhook(world: World, given: dict[str, object]) -> None:
    async with browser_of(world, world.bob) as browser:
        with pytest.raises(RefusedError, match=r"^400 "):
            await browser.call("POST", "/api/dev/webhooks", given)
        assert len(await browser.get("/api/dev/webhooks")) == 1


async def test_a_guest_of_the_company_gets_none(world: World) -> None:
    async with browser_of(world, world.outsider) as browser:
        with pytest.raises(RefusedError, match="403 not_allowed"):
            await browser.call("POST", "/api/dev/webhooks", {"scopes": ["im"]})
