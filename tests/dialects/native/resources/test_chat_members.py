"""``/api/chats/{id}/members``: who takes part, inviting, removing, managers, coming in."""

from __future__ import annotations

from typing import Any
from unittest.mock import ANY

import pytest

from support.browsers import Browser, RefusedError, browser_of
from support.chats import dismiss, general_chat_id
from support.native import chat_of, person_shape
from support.queries import count_queries
from support.world import World


async def members(browser: Browser, chat: int, query: str = "") -> list[int]:
    return [one["personId"] for one in (await browser.get(f"/api/chats/{chat}/members{query}"))["members"]]


async def test_members_are_listed(world: World) -> None:
    chat = await world.chat(world.alice, world.bob)
    async with browser_of(world, world.bob) as browser:
        answer = await browser.get(f"/api/chats/{chat}/members")
    alices = {"personId": world.alice.id, "role": "owner", "joinedAt": ANY, "readId": ANY, "readAt": ANY}
    bobs = {"personId": world.bob.id, "role": "member", "joinedAt": ANY, "readId": 0, "readAt": 0}
    assert answer == {
        "members": [alices, bobs],
        "people": [person_shape(world.alice), person_shape(world.bob)],
        "hasMore": False,
        "total": 2,
    }


async def test_long_lists_come_in_pages_and_names_are_found(world: World) -> None:
    chat = await world.chat(world.alice, world.bob, world.carol, world.outsider)
    async with browser_of(world, world.bob) as browser:
        first = await browser.get(f"/api/chats/{chat}/members?limit=3")
        assert (len(first["members"]), first["hasMore"], first["total"]) == (3, True, 4)
        rest = await browser.get(f"/api/chats/{chat}/members?limit=3&afterId={first['members'][-1]['personId']}")
        assert ([one["personId"] for one in rest["members"]], rest["hasMore"]) == ([world.outsider.id], False)
        found = await browser.get(f"/api/chats/{chat}/members?find=c%20sid")
        assert ([one["personId"] for one in found["members"]], found["total"]) == ([world.carol.id], 1)
        assert await members(browser, chat, "?find=gost") == [world.outsider.id]
        assert await members(browser, chat, "?find=nobody") == []
        await dismiss(world, world.carol)
        assert world.carol.id not in await members(browser, chat)
        assert world.bob.id in await members(browser, await general_chat_id(world))


async def test_a_list_costs_four_queries(world: World) -> None:
    chat = await world.chat(world.alice, world.bob, world.carol)
    async with browser_of(world, world.bob) as browser:
        with count_queries(world) as queries:
            await browser.get(f"/api/chats/{chat}/members?find=a%20p")
    assert queries.count == 6  # the session (2) and four


async def test_people_are_invited(world: World) -> None:
    chat = await world.chat(world.alice, world.bob)
    first = await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat}", MESSAGE="Before")
    async with browser_of(world, world.bob) as browser:
        path = f"/api/chats/{chat}/members"
        answer = await browser.call("POST", path, {"ids": [world.carol.id, world.bob.id, 999_999]})
        assert answer["chat"]["memberCount"] == 3
        hidden = await browser.call("POST", path, {"ids": [world.stranger.id], "showsHistory": False})
        assert hidden["chat"]["memberCount"] == 4
        before = len(await world.events())
        again = await browser.call("POST", path, {"ids": [world.carol.id]})
        assert again["chat"]["memberCount"] == 4
        assert len(await world.events()) == before
    async with browser_of(world, world.carol) as browser:
        assert (await chat_of(browser, chat))["mine"]["firstId"] == 0
    async with browser_of(world, world.stranger) as browser:
        shown = await chat_of(browser, chat)
        assert shown["mine"]["firstId"] > first
        assert shown["last"]["id"] >= shown["mine"]["firstId"]


async def test_members_leave_and_are_removed(world: World) -> None:
    chat = await world.chat(world.alice, world.bob, world.carol, world.stranger)
    async with browser_of(world, world.bob) as browser:
        with pytest.raises(RefusedError, match="403 not_allowed"):
            await browser.call("DELETE", f"/api/chats/{chat}/members/{world.carol.id}")
        assert await browser.call("DELETE", f"/api/chats/{chat}/members/{world.bob.id}") is None
        with pytest.raises(RefusedError, match="404 no_such_chat"):
            await browser.get(f"/api/chats/{chat}")
    async with browser_of(world, world.alice) as browser:
        path = f"/api/chats/{chat}/members/{world.carol.id}"
        assert await browser.call("PATCH", path, {"isManager": True}) is None
        roles = {one["personId"]: one["role"] for one in (await browser.get(f"/api/chats/{chat}/members"))["members"]}
        assert roles == {world.alice.id: "owner", world.carol.id: "manager", world.stranger.id: "member"}
    async with browser_of(world, world.carol) as browser:
        rights = (await chat_of(browser, chat))["rights"]
        assert (rights["canManage"], rights["canRemove"]) == (False, True)
        assert await browser.call("DELETE", f"/api/chats/{chat}/members/{world.stranger.id}") is None
        with pytest.raises(RefusedError, match="403 not_allowed"):
            await browser.call("DELETE", f"/api/chats/{chat}/members/{world.alice.id}")
        with pytest.raises(RefusedError, match="403 not_allowed"):
            await browser.call("PATCH", f"/api/chats/{chat}/members/{world.alice.id}", {"isManager": False})


async def test_open_chats_are_joined(world: World) -> None:
    chat = await world.chat(world.alice, TYPE="OPEN")
    async with browser_of(world, world.bob) as browser:
        answer = await browser.call("POST", f"/api/chats/{chat}/join")
        assert (answer["chat"]["mine"]["role"], answer["chat"]["memberCount"]) == ("member", 2)
        before = len(await world.events())
        assert (await browser.call("POST", f"/api/chats/{chat}/join"))["chat"]["memberCount"] == 2
        assert len(await world.events()) == before
    async with browser_of(world, world.outsider) as browser:
        with pytest.raises(RefusedError, match="404 no_such_chat"):
            await browser.call("POST", f"/api/chats/{chat}/join")


ROUTES = [
    ("GET", "members", {}),
    ("POST", "members", {"ids": [1]}),
    ("DELETE", "members/1", {}),
    ("PATCH", "members/1", {"isManager": True}),
    ("POST", "join", {}),
]


@pytest.mark.parametrize(("verb", "path", "given"), ROUTES)
async def test_strangers_do_nothing(world: World, verb: str, path: str, given: dict[str, Any]) -> None:
    chat = await world.chat(world.alice, world.bob)
    before = len(await world.events())
    async with browser_of(world, world.stranger) as browser:
        with pytest.raises(RefusedError, match="404 no_such_chat"):
            await browser.call(verb, f"/api/chats/{chat}/{path}", given)
    assert len(await world.events()) == before


@pytest.mark.parametrize(
    ("verb", "path", "given"),
    [
        ("GET", "members?limit=0", {}),
        ("GET", "members?limit=201", {}),
        ("GET", "members?find=%00", {}),
        ("GET", "members?afterId=x", {}),
        ("POST", "members", {}),
        ("POST", "members", {"ids": {"a": 1}}),
        ("POST", "members", {"ids": [-1]}),
        ("POST", "members", {"ids": [2**64]}),
        ("PATCH", "members/1", {"isManager": "Y"}),
    ],
)
async def test_bad_input_is_refused(world: World, verb: str, path: str, given: dict[str, Any]) -> None:
    chat = await world.chat(world.alice, world.bob)
    async with browser_of(world, world.alice) as browser:
        with pytest.raises(RefusedError, match="400 malformed"):
            await browser.call(verb, f"/api/chats/{chat}/{path}", given)
