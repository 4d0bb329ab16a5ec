"""``/api/people``: people by id and by name, and cards."""

from __future__ import annotations

import pytest

from skvorets.core import people
from skvorets.storage.database import Tx
from support.bots import command, robot
from support.browsers import Browser, RefusedError, browser_of
from support.chats import dismiss
from support.company import company
from support.native import ids_of, person_shape
from support.queries import count_queries
from support.world import World


async def names(browser: Browser, query: str = "") -> list[str]:
    return [one["name"] for one in (await browser.get(f"/api/people{query}"))["people"]]


async def test_people_are_found_by_the_beginnings_of_words(world: World) -> None:
    alina = await world.add("Alina", "Petrenko", work_position="Editor")
    async with browser_of(world, world.bob) as browser:
        assert await names(browser, "?find=petr") == ["Alina Petrenko", "Alice Petrova"]
        assert await names(browser, "?find=petr%20ali&limit=1") == ["Alina Petrenko"]
        assert await names(browser, "?find=pe") == ["Alina Petrenko", "Alice Petrova"]
        assert await names(browser, "?find=p") == []
        assert await names(browser, "?find=gost") == []
        everybody = ["Stranger Chuzhoy", "Bob Ivanov", "Alina Petrenko", "Alice Petrova", "Carol Sidorova"]
        assert await names(browser) == everybody
        found = (await browser.get("/api/people?find=petrenko"))["people"]
    assert found == [person_shape(alina, position="Editor")]


async def test_bots_are_found_when_they_are_wanted(world: World) -> None:
    await robot(world)
    async with browser_of(world, world.bob) as browser:
        assert await names(browser, "?find=echo") == []
        assert await names(browser, "?find=echo&withBots=true") == ["Echo"]


async def test_people_are_given_by_id(world: World) -> None:
    await dismiss(world, world.carol)
    async with browser_of(world, world.bob) as browser:
        answer = await browser.get(f"/api/people?ids={world.carol.id},999999,{world.alice.id}")
        assert answer["people"] == [person_shape(world.alice), person_shape(world.carol, isActive=False)]
        with count_queries(world) as queries:
            await browser.get("/api/people?ids=1,2,3,4,5")
        assert queries.count == 3  # the session (2) and one
    async with browser_of(world, world.outsider) as browser:
        both = f"{world.outsider.id},{world.alice.id}"
        assert await names(browser, f"?ids={both}") == ["Outsider Gost"]


async def test_people_from_outside_find_only_whom_they_share_a_chat_with(world: World) -> None:
    async with browser_of(world, world.outsider) as browser:
        assert await names(browser) == []
        await world.chat(world.bob, world.outsider)
        assert await names(browser) == ["Bob Ivanov"]
        assert await names(browser, "?find=petr") == []


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=51", "limit=x", "find=" + "x" * 201, "ids=a", "ids=0", "ids=1,,2", "ids=" + "1," * 200 + "1"],
)
async def test_bad_input_is_refused(world: World, query: str) -> None:
    async with browser_of(world, world.bob) as browser:
        with pytest.raises(RefusedError, match="400 malformed"):
            await names(browser, f"?{query}")


async def test_a_card_says_all_that_is_known(world: World) -> None:
    tree = await company(world)
    shared = await world.chat(world.bob, world.carol)
    await world.chat(world.alice, world.carol)
    private = await world.bob.call("im.message.add", DIALOG_ID=str(world.carol.id), MESSAGE="Hello")
    await world.unit(_describe, world.carol.id)
    async with browser_of(world, world.bob) as browser:
        answer = await browser.get(f"/api/people/{world.carol.id}")
        chat = (await browser.call("PUT", f"/api/people/{world.carol.id}/chat"))["chat"]
    assert chat["last"]["id"] == private
    general = answer["contact"]["commonChatIds"][-1]
    assert answer["contact"] == {
        "person": person_shape(world.carol, position="Seller"),
        "picture": "",
        "email": "carol@example.com",
        "www": "https://example.com",
        "workPhone": "1",
        "mobile": "2",
        "innerPhone": "3",
        "birthday": "1990-03-12",
        "gender": "F",
        "departments": ["Company / Sales", "Company / Sales / North"],
        "chatId": chat["id"],
        "commonChatIds": [shared, general],
        "commands": [],
    }
    assert ids_of(answer, "chats") == [shared, general]
    assert set(ids_of(answer)) >= {world.bob.id, world.carol.id}
    assert tree.root


async def test_a_bots_card_has_its_commands(world: World) -> None:
    bot = await robot(world)
    await command(bot, "echo")
    await command(bot, "secret", HIDDEN="Y")
    async with browser_of(world, world.bob) as browser:
        contact = (await browser.get(f"/api/people/{bot.id}"))["contact"]
    assert (contact["commands"], contact["person"]["kind"]) == (["/echo"], "bot")


async def test_cards_of_hidden_people_are_not_shown(world: World) -> None:
    await company(world)
    async with browser_of(world, world.bob) as browser:
        with pytest.raises(RefusedError, match="404 no_such_person"):
            await browser.get("/api/people/999999")
    async with browser_of(world, world.outsider) as browser:
        with pytest.raises(RefusedError, match="403 not_allowed"):
            await browser.get(f"/api/people/{world.bob.id}")
        await world.chat(world.bob, world.outsider)
        assert (await browser.get(f"/api/people/{world.bob.id}"))["contact"]["departments"] == []


async def test_a_card_costs_the_same_however_many_chats_are_common(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        for count in (1, 5):
            for _ in range(count):
                await world.chat(world.bob, world.carol)
            with count_queries(world) as queries:
                await browser.get(f"/api/people/{world.carol.id}")
            # The session (2), the person, common chats, their seats, newest messages, likes, people, seen messages,
            # drafts, departments, the private dialog.
            assert queries.count == 12


async def _describe(tx: Tx, person_id: int) -> None:
    contacts = {"work_phone": "1", "personal_mobile": "2", "inner_phone": "3", "www": "https://example.com"}
    own = {"email": "carol@example.com", "birthday": "1990-03-12", "work_position": "Seller"}
    await people.change_person(tx, person_id, **contacts, **own)
