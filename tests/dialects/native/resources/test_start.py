"""``/api/start``: the first screen, exactly; its counters and its position."""

from __future__ import annotations

import json
from typing import Any

import pytest

from skvorets.storage.event_log import Position
from support.browsers import RefusedError, browser_of
from support.chats import general_chat_id
from support.native import ids_of, person_shape
from support.queries import count_queries
from support.world import World


async def test_the_first_screen_has_everything(world: World) -> None:
    chat = await world.chat(world.alice, world.bob)
    sent = await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat}", MESSAGE="Hello")
    private = await world.carol.call("im.message.add", DIALOG_ID=str(world.bob.id), MESSAGE="Psst")
    async with browser_of(world, world.bob) as browser:
        start = await browser.get("/api/start")
    assert start["me"] == person_shape(world.bob, isHere=True)
    assert [one["kind"] for one in start["chats"]] == ["private", "group", "open"]
    assert [one["last"] and one["last"]["id"] for one in start["chats"]] == [private, sent, None]
    assert [one["title"] for one in start["chats"][:2]] == ["Carol Sidorova", "Test"]
    assert start["hasMore"] is False
    assert start["people"] == [person_shape(one) for one in (world.alice, world.bob, world.carol)]
    # The chat's line of the system and the two messages.
    assert start["counters"] == {"chats": 2, "unread": 3, "notifications": 0}
    assert set(start) == {"me", "chats", "hasMore", "people", "counters", "position"}


async def test_the_position_is_where_the_log_stands(world: World) -> None:
    await world.chat(world.alice, world.bob)
    await world.events()  # all of them can be seen by now
    async with browser_of(world, world.bob) as browser:
        before = Position.parse((await browser.get("/api/start"))["position"])
        await world.alice.call("im.message.add", DIALOG_ID=str(world.bob.id), MESSAGE="Hello")
        await world.events()
        after = Position.parse((await browser.get("/api/start"))["position"])
    assert after > before


async def test_muted_chats_do_not_count_and_marked_ones_count_once(world: World) -> None:
    muted, marked = await world.chat(world.alice, world.bob), await world.chat(world.alice, world.bob)
    async with browser_of(world, world.bob) as browser:
        await browser.call("PATCH", f"/api/chats/{muted}/mine", {"isMuted": True})
        await browser.call("POST", f"/api/chats/{marked}/read")
        assert (await browser.get("/api/start"))["counters"] == {"chats": 0, "unread": 0, "notifications": 0}
        await browser.call("PATCH", f"/api/chats/{marked}/mine", {"isMarkedUnread": True})
        await browser.call("PATCH", f"/api/chats/{muted}/mine", {"isMarkedUnread": True})
        assert (await browser.get("/api/start"))["counters"] == {"chats": 1, "unread": 1, "notifications": 0}


async def test_a_page_is_as_long_as_asked_for(world: World) -> None:
    newest = [await world.chat(world.alice, world.bob) for _ in range(3)][::-1]
    async with browser_of(world, world.bob) as browser:
        start = await browser.get("/api/start?limit=2")
        assert (ids_of(start, "chats"), start["hasMore"]) == (newest[:2], True)
        rest = await browser.get("/api/chats?offset=2")
        assert (ids_of(rest, "chats"), rest["hasMore"]) == ([newest[2], await general_chat_id(world)], False)


async def test_the_number_of_queries_does_not_grow(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        for count in (1, 9):
            for _ in range(count):
                chat = await world.chat(world.alice, world.bob, world.carol)
                first = await world.carol.call("im.message.add", DIALOG_ID=f"chat{chat}", MESSAGE="Hello")
                await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat}", MESSAGE="Hi", REPLY_ID=first)
            with count_queries(world) as queries:
                await browser.get("/api/start")
            # The session (2), the lines, likes and quotes of the newest messages, people, first unread and seen
            # messages, drafts, counters (2), the log's head and start.
            assert queries.count == 13, json.dumps(queries.statements, indent=1)


@pytest.mark.parametrize("query", ["?limit=0", "?limit=201", "?limit=x"])
async def test_bad_input_is_refused(world: World, query: str) -> None:
    async with browser_of(world, world.bob) as browser:
        with pytest.raises(RefusedError, match="400 malformed"):
            await browser.get(f"/api/start{query}")


async def test_nobody_else_gets_it(world: World) -> None:
    chat = await world.chat(world.alice, world.bob)
    async with browser_of(world, world.stranger) as browser:
        start: dict[str, Any] = await browser.get("/api/start")
        assert chat not in ids_of(start, "chats")
        browser.cookie = ""
        with pytest.raises(RefusedError, match="401 not_logged_in"):
            await browser.get("/api/start")
