"""``/api/find``: people and chats by the beginnings of their names, and what was found last."""

from __future__ import annotations

from typing import Any

import pytest

from support.bots import robot
from support.browsers import Browser, RefusedError, browser_of
from support.chats import general_chat_id
from support.native import ids_of, person_shape
from support.queries import count_queries
from support.world import World


async def found(browser: Browser, query: str) -> tuple[list[int], list[int]]:
    answer = await browser.get(f"/api/find?find={query}")
    return answer["personIds"], ids_of(answer, "chats")


async def test_people_bots_and_chats_are_found(world: World) -> None:
    bot = await robot(world)
    chat = await world.bob.call("im.chat.add", TITLE="Petrovka", USERS=[world.alice.id])
    foreign = await world.alice.call("im.chat.add", TITLE="Petrel", USERS=[world.carol.id])
    async with browser_of(world, world.bob) as browser:
        answer = await browser.get("/api/find?find=petr")
        assert answer["personIds"] == [world.alice.id]
        # By its title, and by the name of a member.
        assert ids_of(answer, "chats") == [chat, await general_chat_id(world)]
        assert person_shape(world.alice) in answer["people"]
        assert world.bob.id in ids_of(answer), "the owner of the chat is named, too"
        assert await found(browser, "ec") == ([bot.id], [])
        assert await found(browser, "e") == ([], [])
        assert await found(browser, "nothing") == ([], [])
    assert foreign != chat


async def test_words_of_the_other_keyboard_layout_are_understood(world: World) -> None:
    person = await world.add("Пётр", "Чехов")
    async with browser_of(world, world.bob) as browser:
        assert (await found(browser, "xt%5Bj"))[0] == [person.id]
        assert (await found(browser, "ызфд"))[0] == []
        assert (await found(browser, "сфкщд"))[0] == [world.carol.id]


async def test_people_from_outside_find_only_what_is_theirs(world: World) -> None:
    await world.alice.call("im.chat.add", TITLE="Petrel", TYPE="OPEN", USERS=[world.bob.id])
    async with browser_of(world, world.outsider) as browser:
        assert await found(browser, "petr") == ([], [])


async def test_without_words_the_last_choices_are_offered(world: World) -> None:
    chat = await world.chat(world.alice, world.bob)
    async with browser_of(world, world.bob) as browser:
        assert await browser.call("PUT", "/api/find/last", {"chatId": chat}) is None
        assert await browser.call("PUT", "/api/find/last", {"personId": world.carol.id}) is None
        assert await found(browser, "") == ([world.carol.id], [chat])
    async with browser_of(world, world.alice) as browser:
        assert await found(browser, "") == ([], [])


@pytest.mark.parametrize("given", [{}, {"chatId": 1, "personId": 1}, {"chatId": -1}, {"chatId": "x"}])
async def test_a_choice_names_one_thing(world: World, given: dict[str, Any]) -> None:
    async with browser_of(world, world.bob) as browser:
        with pytest.raises(RefusedError, match="400 malformed"):
            await browser.call("PUT", "/api/find/last", given)


async def test_what_is_hidden_cannot_be_chosen(world: World) -> None:
    chat = await world.chat(world.alice, world.bob)
    async with browser_of(world, world.stranger) as browser:
        for given, refusal in (({"chatId": chat}, "404 no_such_chat"), ({"personId": 999_999}, "404 no_such_person")):
            with pytest.raises(RefusedError, match=refusal):
                await browser.call("PUT", "/api/find/last", given)
        assert await found(browser, "") == ([], [])


async def test_a_search_costs_the_same_however_much_is_found(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        for count in (1, 5):
            for _ in range(count):
                await world.bob.call("im.chat.add", TITLE="Petrovka", USERS=[world.alice.id])
            with count_queries(world) as queries:
                await found(browser, "petr")
            # The session (2), people, chats, seats, newest messages, likes, people, seen messages, drafts.
            assert queries.count == 10


@pytest.mark.parametrize("query", ["limit=0", "limit=51", "find=" + "x" * 201, "find=%00"])
async def test_bad_input_is_refused(world: World, query: str) -> None:
    async with browser_of(world, world.bob) as browser:
        with pytest.raises(RefusedError, match="400 malformed"):
            await browser.get(f"/api/find?{query}")
