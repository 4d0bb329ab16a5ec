"""``im.chat.user.list``: ids in the order of joining; who may see them; wrong ids."""

from __future__ import annotations

import pytest

from support.chats import dismiss, general_chat_id, left_chat
from support.queries import count_queries
from support.world import World


async def test_ids_come_in_the_order_of_joining(world: World) -> None:
    chat_id = await world.chat(world.bob, world.carol)
    await world.bob.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[world.alice.id])
    answer = await world.carol.ask("im.chat.user.list", CHAT_ID=chat_id)
    assert answer.result == [world.bob.id, world.carol.id, world.alice.id]
    assert set(answer.body) == {"result", "time"}
    assert await world.carol.call("im.chat.user.list", DIALOG_ID=f"chat{chat_id}") == answer.result


async def test_dismissed_people_are_left_out(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, world.carol)
    await dismiss(world, world.bob)
    assert await world.alice.call("im.chat.user.list", CHAT_ID=chat_id) == [world.alice.id, world.carol.id]


async def test_unknown_chats_and_chats_of_others_look_the_same(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.bob)
    unknown = await world.bob.ask("im.chat.user.list", CHAT_ID=999_999)
    assert unknown.refusal == (400, "CHAT_ID_EMPTY")
    for actor in (world.bob, world.stranger, world.outsider):
        foreign = await actor.ask("im.chat.user.list", CHAT_ID=chat_id)
        assert foreign.body == unknown.body


async def test_an_open_chat_shows_its_members_to_employees_only(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, TYPE="OPEN")
    assert await world.stranger.call("im.chat.user.list", CHAT_ID=chat_id) == [world.alice.id, world.bob.id]
    assert await world.outsider.refused("im.chat.user.list", CHAT_ID=chat_id) == (400, "CHAT_ID_EMPTY")


async def test_the_general_chat_is_refused(world: World) -> None:
    answer = await world.alice.ask("im.chat.user.list", CHAT_ID=await general_chat_id(world))
    assert answer.refusal == (403, "ACCESS_ERROR")
    assert answer.body["error_description"] == "Action unavailable"


@pytest.mark.parametrize("chat_id", [None, "", 0, -1, "chat1", "x", [1], {"a": 1}, 2**70])
async def test_wrong_ids_are_refused(world: World, chat_id: object) -> None:
    assert await world.alice.refused("im.chat.user.list", CHAT_ID=chat_id) == (400, "CHAT_ID_EMPTY")


@pytest.mark.parametrize("dialog", ["", "5", 5, "chat0", "x", ["chat1"]])
async def test_private_dialogs_are_refused(world: World, dialog: object) -> None:
    assert await world.alice.refused("im.chat.user.list", DIALOG_ID=dialog) == (400, "DIALOG_ID_EMPTY")


async def test_two_queries_however_many_members(world: World) -> None:
    few = await world.chat(world.alice, world.bob)
    many = await world.chat(world.alice, *[await world.add(f"P{number}") for number in range(20)])
    for chat_id in (few, many):
        with count_queries(world) as queries:
            await world.alice.call("im.chat.user.list", CHAT_ID=chat_id)
        assert queries.count == 2, queries.statements
