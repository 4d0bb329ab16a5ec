"""``/api/search/messages``: words and conditions, and only what the person may read."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from support.browsers import Browser, browser_of
from support.files import send_file
from support.messenger import refusal, send
from support.queries import count_queries
from support.world import World


@pytest.fixture
async def chat_id(world: World) -> int:
    """Give a chat of bob and carol."""
    return await world.chat(world.bob, world.carol)


async def search(browser: Browser, find: str, more: str = "") -> dict[str, Any]:
    found: dict[str, Any] = await browser.get(f"/api/search/messages?find={quote(find)}{more}")
    assert set(found) == {"messages", "people", "chats", "hasMore", "words"}
    return found


async def found_texts(browser: Browser, find: str, more: str = "") -> list[str]:
    return [one["text"] for one in (await search(browser, find, more))["messages"]]


async def test_what_was_just_written_is_found_in_any_form(world: World, chat_id: int) -> None:
    async with browser_of(world, world.bob) as bob, browser_of(world, world.stranger) as stranger:
        message = await send(bob, chat_id, "Встретимся в СУББОТУ, [B]суббота[/B] свободна")
        found = await search(bob, "субботы")
        assert found["messages"] == [message]
        assert [one["id"] for one in found["people"]] == [world.bob.id]
        assert [(one["id"], one["title"]) for one in found["chats"]] == [(chat_id, "Test")]
        assert (found["hasMore"], found["words"]) == (False, ["субботу", "суббота"])
        assert await found_texts(bob, "субботы", f"&chatId={chat_id}") == [message["text"]]
        assert await search(stranger, "субботы") == {
            "messages": [],
            "people": [],
            "chats": [],
            "hasMore": False,
            "words": [],
        }
        assert await refusal(stranger, "GET", f"/api/search/messages?find=x&chatId={chat_id}") == "404 no_such_chat"


async def test_pages_follow_one_another(world: World, chat_id: int) -> None:
    async with browser_of(world, world.bob) as bob:
        for number in range(5):
            await send(bob, chat_id, f"word {number}")
        for place in ("", f"&chatId={chat_id}"):
            page = await search(bob, "word", f"&limit=3{place}")
            assert ([one["text"] for one in page["messages"]], page["hasMore"]) == (
                ["word 4", "word 3", "word 2"],
                True,
            )
            rest = await search(bob, "word", f"&limit=3{place}&beforeId={page['messages'][-1]['id']}")
            assert ([one["text"] for one in rest["messages"]], rest["hasMore"]) == (["word 1", "word 0"], False)


async def test_conditions_stand_between_words(world: World, chat_id: int) -> None:
    other = await world.chat(world.bob, world.alice)
    await world.bob.call("im.chat.updateTitle", CHAT_ID=other, TITLE="Продажи")
    async with browser_of(world, world.bob) as bob, browser_of(world, world.carol) as carol:
        await send(bob, chat_id, "план мой https://example.com")
        await send(carol, chat_id, "план её")
        await send(bob, other, "план продаж")
        await send_file(world.carol, chat_id, "a.txt", text="план в файле")
        assert await found_texts(bob, "план from:carol") == ["план в файле", "план её"]
        assert await found_texts(bob, 'план от:"Carol Sidorova" есть:файл') == ["план в файле"]
        assert await found_texts(bob, "from:me план") == ["план продаж", "план мой https://example.com"]
        assert await found_texts(bob, "в:прод план") == ["план продаж"]
        assert await found_texts(bob, "has:link") == ["план мой https://example.com"]
        assert await found_texts(bob, "has:file", f"&chatId={chat_id}") == ["план в файле"]
        assert await found_texts(bob, "план в:прод", f"&chatId={chat_id}") == []
        assert await found_texts(bob, "план from:nobody") == []
        assert len(await found_texts(bob, "план after:2000-01-01 before:2100-01-01")) == 4
        assert await found_texts(bob, "план before:2000-01-01") == []
        assert await found_texts(bob, "план after:2100-01-01") == []
        assert await found_texts(bob, "  ") == []
        assert await found_texts(bob, "  ", f"&chatId={chat_id}") == []
        assert await found_texts(bob, "before:2100-01-01") == []
        assert len(await found_texts(bob, "before:2100-01-01 from:carol", f"&chatId={chat_id}")) == 2


async def test_hidden_history_is_not_found(world: World, chat_id: int) -> None:
    async with browser_of(world, world.bob) as bob, browser_of(world, world.alice) as alice:
        await send(bob, chat_id, "word hidden")
        await world.bob.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[world.alice.id], HIDE_HISTORY="Y")
        await send(bob, chat_id, "word shown")
        for place in ("", f"&chatId={chat_id}"):
            assert await found_texts(alice, "word from:bob", place) == ["word shown"]


@pytest.mark.parametrize(
    "query", ["", *("?find=x&" + one for one in ("limit=0", "limit=101", "chatId=y")), f"?find={'x' * 501}"]
)
async def test_bad_input_is_refused(world: World, query: str) -> None:
    async with browser_of(world, world.bob) as bob:
        assert await refusal(bob, "GET", f"/api/search/messages{query}") == "400 malformed"


async def test_a_search_costs_the_same_however_much_is_found(world: World) -> None:
    async with browser_of(world, world.bob) as bob:

        async def cost() -> int:
            with count_queries(world) as queries:
                await search(bob, "word")
            return len([one for one in queries.statements if "set_config" not in one])

        for _ in range(2):
            await send(bob, await world.chat(world.bob, world.carol), "word")
        few = await cost()
        for _ in range(8):
            await send(bob, await world.chat(world.bob, world.carol), "word")
        # The session and its person, the head of the log; hits, their messages, likes, chats; for the chats the newest
        # messages, likes of those, people, who has seen, drafts.
        assert await cost() == few == 12
