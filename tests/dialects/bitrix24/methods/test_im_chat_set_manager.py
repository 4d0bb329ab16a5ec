"""``im.chat.setManager``: only the owner, only members, there and back; each documented error."""

from __future__ import annotations

import pytest

from skvorets.core.events import ChatChanged
from support.chats import general_chat_id, left_chat
from support.world import World

NOT_CHANGED = (400, "WRONG_REQUEST")


async def test_a_member_becomes_a_manager_and_a_member_again(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    dialog = f"chat{chat_id}"
    answer = await world.alice.ask("im.chat.setManager", CHAT_ID=chat_id, USER_ID=world.bob.id)
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    view = await world.bob.call("im.dialog.get", DIALOG_ID=dialog)
    assert (view["manager_list"], view["role"]) == ([world.bob.id], "manager")
    await world.alice.call("im.chat.setManager", CHAT_ID=chat_id, USER_ID=world.bob.id, IS_MANAGER="N")
    view = await world.bob.call("im.dialog.get", DIALOG_ID=dialog)
    assert (view["manager_list"], view["role"]) == ([], "member")
    changed = (await world.events("chat.changed"))[0]
    assert isinstance(changed, ChatChanged)
    assert (changed.chat_id, changed.changed) == (chat_id, ["managers"])


async def test_nobody_but_the_owner_may(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.carol, world.bob)
    await world.alice.call("im.chat.setManager", CHAT_ID=chat_id, USER_ID=world.carol.id)
    unknown = await world.bob.ask("im.chat.setManager", CHAT_ID=999_999, USER_ID=world.bob.id)
    assert unknown.refusal == NOT_CHANGED
    assert unknown.body["error_description"] == "Change manager can only owner and user must be member in chat"
    for actor in (world.carol, world.bob, world.stranger):
        assert (await actor.ask("im.chat.setManager", CHAT_ID=chat_id, USER_ID=actor.id)).body == unknown.body


async def test_a_manager_must_be_a_member(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    before = len(await world.events())
    for person_id in (world.carol.id, 999_999):
        assert await world.alice.refused("im.chat.setManager", CHAT_ID=chat_id, USER_ID=person_id) == NOT_CHANGED
    assert len(await world.events()) == before


async def test_the_general_chat_has_no_managers(world: World) -> None:
    params = {"CHAT_ID": await general_chat_id(world), "USER_ID": world.bob.id}
    assert await world.alice.refused("im.chat.setManager", **params) == (403, "ACCESS_ERROR")


@pytest.mark.parametrize("person_id", [None, "", 0, -1, "x", [1]])
async def test_a_person_must_be_named(world: World, person_id: object) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    refusal = await world.alice.refused("im.chat.setManager", CHAT_ID=chat_id, USER_ID=person_id)
    assert refusal == (400, "USER_ID_EMPTY")


async def test_a_chat_must_be_named(world: World) -> None:
    assert await world.alice.refused("im.chat.setManager", USER_ID=1) == (400, "CHAT_ID_EMPTY")
