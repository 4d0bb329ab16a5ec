"""``im.search.user.list``: the documented map of users, who is found by what, pages, who is hidden."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.people import NewPerson, add_person
from skvorets.storage import departments
from skvorets.storage.database import Tx
from support.bots import robot
from support.chats import dismiss
from support.queries import count_queries
from support.world import Actor, World


async def found(actor: Actor, phrase: str, **params: Any) -> list[int]:
    """Ids of the people found; nobody is an empty list, not an empty map."""
    users = await actor.call("im.search.user.list", FIND=phrase, **params)
    if isinstance(users, list):
        assert users == []
        return []
    assert [int(one) for one in users] == [user["id"] for user in users.values()]
    return [int(one) for one in users]


async def test_users_are_given_by_id_as_documented(world: World) -> None:
    answer = await world.alice.ask("im.search.user.list", FIND="ivanov", AVATAR_HR="Y")
    assert set(answer.body) == {"result", "total", "time"}
    assert answer.body["total"] == 1
    [(key, user)] = answer.result.items()
    assert key == str(world.bob.id)
    assert user == await world.alice.call("im.user.get", ID=world.bob.id, AVATAR_HR="Y")
    assert (user["id"], user["name"], user["bot"], user["connector"]) == (world.bob.id, "Bob Ivanov", False, False)


@pytest.mark.parametrize(
    "phrase",
    [
        "алёна журавлёва",
        "ЖУРАВЛЕВА Алена",
        "  алёна   ж",
        "алена, журав",
        "жур дизайн алена",
        "старший",
        "a.zhuravleva@example.com",
        "A.Zhuravleva@exa",
        "zhuravleva example",
        "отдел развития",
        "разв алена",
    ],
)
async def test_people_are_found_by_names_position_address_and_department_in_any_order(
    world: World, phrase: str
) -> None:
    position, email = "Старший дизайнер", "A.Zhuravleva@example.com"
    alyona = await world.add("Алёна", "Журавлёва", work_position=position, email=email)
    await world.add("Алина", "Журова")
    await world.unit(employ, "Отдел развития", alyona.id)
    assert await found(world.bob, phrase) == [alyona.id]


@pytest.mark.parametrize("phrase", ["лёна", "алёнаа", "алёна петрова", "zhuravleva@example.org", "xample"])
async def test_words_that_begin_none_of_a_persons_words_find_nobody(world: World, phrase: str) -> None:
    await world.add("Алёна", "Журавлёва", email="a.zhuravleva@example.com")
    answer = await world.bob.ask("im.search.user.list", FIND=phrase)
    assert (answer.result, answer.body["total"]) == ([], 0)


async def test_the_case_of_cyrillic_letters_does_not_matter(world: World) -> None:
    ivanov = await world.add("Пётр", "Иванов")
    for phrase in ("иванов", "ИВАНОВ", "иВАНОВ пЕТР", "Петр", "ПЁТР"):
        assert await found(world.bob, phrase) == [ivanov.id]


async def test_changed_names_are_found_and_old_ones_are_not(world: World) -> None:
    bot = await robot(world)
    assert await found(world.bob, "echo") == [bot.id]
    await bot.owner.call("imbot.update", BOT_ID=bot.id, FIELDS={"PROPERTIES": {"NAME": "Отголосок"}})
    assert (await found(world.bob, "отголос"), await found(world.bob, "echo")) == ([bot.id], [])


async def test_bots_are_found_except_among_business_users(world: World) -> None:
    human, bot = await world.add("Робот", "Роботов"), await world.add("Робот", kind="bot")
    network = await world.add("Робот", kind="network")
    assert await found(world.bob, "робот") == [human.id, bot.id, network.id]
    assert await found(world.bob, "робот", BUSINESS="Y") == [human.id]


async def test_people_from_outside_clients_of_lines_and_the_dismissed_are_not_found(world: World) -> None:
    for more in ({"extranet": True}, {"kind": "guest"}):
        await world.add("Робот", **more)
    await dismiss(world, await world.add("Робот"))
    assert await found(world.bob, "робот") == []


async def test_who_comes_from_outside_finds_only_those_who_share_a_chat_with_him(world: World) -> None:
    assert await found(world.outsider, "bob ivanov") == []
    await world.bob.call("im.message.add", DIALOG_ID=world.outsider.id, MESSAGE="привет")
    assert await found(world.outsider, "bob ivanov") == []  # a private dialog is no common group
    chat_id = await world.chat(world.alice, world.bob, world.outsider)
    assert await found(world.outsider, "bob ivanov") == [world.bob.id]
    assert await found(world.outsider, "sidorova") == []
    await world.outsider.call("im.chat.leave", CHAT_ID=chat_id)
    assert await found(world.outsider, "bob ivanov") == []


async def test_pages_follow_one_another(world: World) -> None:
    everybody = [(await world.add(f"Робот {number}")).id for number in range(12)]
    first = await world.alice.ask("im.search.user.list", FIND="робот")
    assert [int(one) for one in first.result] == everybody[:10]
    assert (first.body["next"], first.body["total"]) == (10, 12)
    assert await found(world.alice, "робот", OFFSET=10) == everybody[10:]
    assert await found(world.alice, "робот", start=10) == everybody[10:]
    assert await found(world.alice, "робот", LIMIT=3, OFFSET=2) == everybody[2:5]
    last = await world.alice.ask("im.search.user.list", FIND="робот", OFFSET=10)
    assert "next" not in last.body
    beyond = await world.alice.ask("im.search.user.list", FIND="робот", OFFSET=20)
    assert (beyond.result, beyond.body["total"]) == ([], 12)
    uncounted = await world.alice.ask("im.search.user.list", FIND="робот", start=-1)
    assert set(uncounted.body) == {"result", "time"}


async def test_a_page_has_at_most_fifty(world: World) -> None:
    await world.unit(add_robots)
    assert len(await found(world.alice, "робот", LIMIT=1_000)) == 50
    assert len(await found(world.alice, "робот", LIMIT="9" * 40)) == 50
    for odd in (0, -1, "x"):
        assert len(await found(world.alice, "робот", LIMIT=odd)) == 10
    assert await found(world.alice, "робот", OFFSET="9" * 40) == []
    assert len(await found(world.alice, "робот", OFFSET=-5)) == 10


@pytest.mark.parametrize("phrase", [None, "", "ив", " ив ", "---", ["иван"], {"a": "иван"}, 12, True])
async def test_short_phrases_are_refused(world: World, phrase: object) -> None:
    answer = await world.alice.ask("im.search.user.list", FIND=phrase)
    assert answer.refusal == (400, "FIND_SHORT")
    assert answer.body == {"error": "FIND_SHORT", "error_description": "Too short a search phrase."}


@pytest.mark.parametrize("phrase", ["%%%", "___", "'; DROP TABLE people --", "боб" * 50_000, "а " * 100_000, "a\0b c"])
async def test_whatever_is_searched_for_is_answered(world: World, phrase: str) -> None:
    answer = await world.alice.ask("im.search.user.list", FIND=phrase)
    assert answer.status == 400 or answer.result == []
    assert await found(world.alice, "ivanov") == [world.bob.id]


async def test_three_queries_however_many_are_found_and_one_more_for_bots(world: World) -> None:
    await world.unit(add_robots)
    for limit in (1, 50):
        with count_queries(world) as queries:
            await found(world.alice, "робот", LIMIT=limit)
        # Those found, the people of the page, their departments.
        assert queries.count == 3, queries.statements
    await world.add("Робот", kind="bot")
    with count_queries(world) as queries:
        await found(world.alice, "робот", OFFSET=60)
    assert queries.count == 4, queries.statements
    with count_queries(world) as queries:
        await found(world.alice, "никого")
    assert queries.count == 1, queries.statements


async def employ(tx: Tx, name: str, person_id: int) -> None:
    await departments.add_person(tx, await departments.insert(tx, name, 0), person_id)


async def add_robots(tx: Tx) -> None:
    for _ in range(60):
        await add_person(tx, NewPerson(first_name="Робот"))
