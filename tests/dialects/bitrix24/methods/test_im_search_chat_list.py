"""``im.search.chat.list``: the documented map of chats, found by title and members, only one's own and open ones."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.storage import chats
from skvorets.storage.database import Tx
from support.chats import left_chat
from support.queries import count_queries
from support.world import Actor, World


async def found(actor: Actor, phrase: str = "", **params: Any) -> list[int]:
    """Ids of the chats found, newest first; none is an empty list, not an empty map."""
    if phrase:
        params["FIND"] = phrase
    shown = await actor.call("im.search.chat.list", **params)
    if isinstance(shown, list):
        assert shown == []
        return []
    assert [int(one) for one in shown] == [chat["id"] for chat in shown.values()]
    return [int(one) for one in shown]


async def titled(world: World, title: str, *members: Actor, **more: Any) -> int:
    creator, *others = members
    chat_id: int = await creator.call("im.chat.add", TITLE=title, USERS=[one.id for one in others], **more)
    return chat_id


async def test_chats_are_given_by_id_as_documented(world: World) -> None:
    chat_id = await titled(world, "Мятный чат №3", world.alice, world.bob, COLOR="MINT")
    answer = await world.bob.ask("im.search.chat.list", FIND="Мятный")
    assert set(answer.body) == {"result", "total", "time"}
    assert answer.body["total"] == 1
    [(key, chat)] = answer.result.items()
    assert key == str(chat_id)
    sample = {
        "id": chat_id,
        "title": "Мятный чат №3",
        "owner": world.alice.id,
        "extranet": False,
        "avatar": "",
        "color": "#4ba984",
        "type": "chat",
        "entity_type": "",
        "entity_data_1": "",
        "entity_data_2": "",
        "entity_data_3": "",
        "message_type": "C",
    }
    assert {name: chat[name] for name in sample} == sample
    whole = await world.bob.call("im.dialog.get", DIALOG_ID=f"chat{chat_id}")
    assert chat["date_create"] == whole["date_create"]
    assert {name: chat[name] for name in ("name", "counter", "role", "user_counter")} == {
        "name": "Мятный чат №3",
        "counter": 1,
        "role": "member",
        "user_counter": 2,
    }


@pytest.mark.parametrize(
    "phrase", ["мятный", "МЯТ чат", "чат мят", "№3 мятный", "жёлт", "ЖЕЛТ", "bob", "ivanov мятный"]
)
async def test_chats_are_found_by_title_and_members_names_in_any_order(world: World, phrase: str) -> None:
    chat_id = await titled(world, "Мятно-жёлтый чат №3 (мятный)", world.alice, world.bob)
    await titled(world, "Красный", world.alice, world.carol)
    assert [one for one in await found(world.alice, phrase) if one != 1] == [chat_id]


async def test_members_are_not_found_by_position_or_address(world: World) -> None:
    boss = await world.add("Пётр", "Великий", work_position="Царь", email="peter@example.com")
    chat_id = await titled(world, "Верфь", world.alice, boss)
    assert chat_id in await found(world.alice, "великий петр")
    for phrase in ("царь", "peter@example.com", "example"):
        assert await found(world.alice, phrase) == []


async def test_a_renamed_chat_is_found_by_its_new_title_only(world: World) -> None:
    chat_id = await titled(world, "Старое", world.alice, world.bob)
    await world.alice.call("im.chat.updateTitle", CHAT_ID=chat_id, TITLE="Новое")
    assert (await found(world.bob, "старое"), await found(world.bob, "новое")) == ([], [chat_id])


async def test_only_own_and_open_chats_are_found_and_outside_only_own_ones(world: World) -> None:
    closed = await titled(world, "Общее дело", world.alice, world.bob, world.outsider)
    opened = await titled(world, "Общее место", world.alice, world.bob, TYPE="OPEN")
    assert await found(world.bob, "общее") == [opened, closed]
    assert await found(world.stranger, "общее") == [opened]
    assert await found(world.outsider, "общее") == [closed]
    assert await found(world.stranger, "bob ivanov общее") == [opened]
    left = await left_chat(world, world.alice, world.bob)
    assert left not in await found(world.bob, "test")
    assert left in await found(world.alice, "test")


async def test_who_left_is_a_name_of_the_chat_no_more(world: World) -> None:
    chat_id = await titled(world, "Дело", world.alice, world.bob, world.carol)
    assert await found(world.alice, "дело sidorova") == [chat_id]
    await world.carol.call("im.chat.leave", CHAT_ID=chat_id)
    assert await found(world.alice, "дело sidorova") == []


async def test_private_dialogs_are_found_as_people_and_not_here(world: World) -> None:
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="раз")
    general = [one for one in await found(world.alice, "ivanov") if one != 1]
    assert general == []


async def test_chats_of_lines_have_a_phrase_of_their_own(world: World) -> None:
    chat_id = await titled(world, "Обращение", world.alice, world.bob)
    line_id = await titled(world, "Обращение", world.alice, world.bob)
    await world.unit(make_line, line_id)
    assert await found(world.bob, "обращ") == [chat_id]
    assert await found(world.bob, FIND_LINES="обращ") == [line_id]
    assert await found(world.stranger, FIND_LINES="обращ") == []


async def test_pages_follow_one_another_newest_first(world: World) -> None:
    made = [await titled(world, f"Номер {number}", world.alice, world.bob) for number in range(12)][::-1]
    first = await world.alice.ask("im.search.chat.list", FIND="номер")
    assert ([*map(int, first.result)], first.body["next"], first.body["total"]) == (
        made[:10],
        10,
        12,
    )
    assert await found(world.alice, "номер") == made[:10]
    assert await found(world.alice, "номер", OFFSET=10) == made[10:]
    assert await found(world.alice, "номер", start=10) == made[10:]
    assert await found(world.alice, "номер", LIMIT=2, OFFSET=3) == made[3:5]
    assert await found(world.alice, "номер", LIMIT="9" * 40) == made
    assert await found(world.alice, "номер", OFFSET="9" * 40) == []


@pytest.mark.parametrize("phrase", [None, "", "чт", "---", ["чат"], {"a": "чат"}])
async def test_short_phrases_are_refused(world: World, phrase: object) -> None:
    for params in ({"FIND": phrase}, {"FIND_LINES": phrase}):
        answer = await world.alice.ask("im.search.chat.list", **params)
        assert answer.refusal == (400, "FIND_SHORT")
        assert answer.body["error_description"] == "Too short a search phrase."


async def test_the_queries_of_a_page_do_not_grow_with_it(world: World) -> None:
    for number in range(12):
        await titled(world, f"Номер {number}", world.alice, world.bob)
    for limit in (1, 12):
        with count_queries(world) as queries:
            await found(world.bob, "номер", LIMIT=limit)
        # Those found, chats of the page with the reader's part, managers and mutes, never counted ones, first unread.
        assert queries.count == 5, queries.statements
    with count_queries(world) as queries:
        await found(world.bob, "ничего")
    assert queries.count == 1, queries.statements


async def make_line(tx: Tx, chat_id: int) -> None:
    await chats.change(tx, chat_id, kind="line", entity_type="LINES")
