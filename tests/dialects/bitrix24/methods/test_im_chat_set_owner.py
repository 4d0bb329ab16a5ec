"""``im.chat.setOwner``: only the owner, only to a member; each documented error."""

from __future__ import annotations

import pytest

from skvorets.core.events import ChatChanged
from support.chats import general_chat_id, left_chat
from support.world import World

NOT_CHANGED = (400, "WRONG_REQUEST")


async def test_the_owner_hands_the_chat_over(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    said = len(await world.events("message.added"))
    answer = await world.alice.ask("im.chat.setOwner", CHAT_ID=chat_id, USER_ID=str(world.bob.id))
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    view = await world.bob.call("im.dialog.get", DIALOG_ID=f"chat{chat_id}")
    assert (view["owner"], view["role"]) == (str(world.bob.id), "owner")
    assert len(await world.events("message.added")) == said
    [changed] = await world.events("chat.changed")
    assert isinstance(changed, ChatChanged)
    assert (changed.chat_id, changed.changed) == (chat_id, ["owner"])


async def test_nobody_but_the_owner_may(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.carol, world.bob)
    await world.alice.call("im.chat.setManager", CHAT_ID=chat_id, USER_ID=world.carol.id)
    unknown = await world.bob.ask("im.chat.setOwner", CHAT_ID=999_999, USER_ID=world.bob.id)
    assert unknown.refusal == NOT_CHANGED
    assert unknown.body["error_description"] == "Change owner can only owner and user must be member in chat"
    for actor in (world.carol, world.bob, world.stranger):
        assert (await actor.ask("im.chat.setOwner", CHAT_ID=chat_id, USER_ID=actor.id)).body == unknown.body
    assert (await world.alice.call("im.dialog.get", DIALOG_ID=f"chat{chat_id}"))["owner"] == str(world.alice.id)


async def test_the_new_owner_must_be_a_member(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    before = len(await world.events())
    for person_id in (world.carol.id, 999_999, 2**63):
        assert await world.alice.refused("im.chat.setOwner", CHAT_ID=chat_id, USER_ID=person_id) == NOT_CHANGED
    assert len(await world.events()) == before


async def test_the_general_chat_has_no_owner(world: World) -> None:
    answer = await world.alice.ask("im.chat.setOwner", CHAT_ID=await general_chat_id(world), USER_ID=world.alice.id)
    assert (answer.refusal, answer.body["error_description"]) == ((403, "ACCESS_ERROR"), "Action unavailable")


@pytest.mark.parametrize("person_id", [None, "", 0, -1, "x", [1]])
async def test_a_person_must_be_named(world: World, person_id: object) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    refusal = await world.alice.refused("im.chat.setOwner", CHAT_ID=chat_id, USER_ID=person_id)
    assert refusal == (400, "USER_ID_EMPTY")


async def test_a_chat_must_be_named(world: World) -> None:
    assert await world.alice.refused("im.chat.setOwner", USER_ID=1) == (400, "CHAT_ID_EMPTY")
