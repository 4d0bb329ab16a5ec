"""``im.chat.user.delete``: who may remove whom, leaving by one's own id, each documented error."""

from __future__ import annotations

import pytest

from skvorets.core.events import MembersLeft, MessageAdded
from support.chats import entity_chat, general_chat_id, left_chat
from support.world import World

NOT_REMOVED = (400, "WRONG_REQUEST")


async def test_the_owner_removes_a_member_who_then_sees_nothing(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, world.carol)
    answer = await world.alice.ask("im.chat.user.delete", CHAT_ID=chat_id, USER_ID=world.bob.id)
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    assert await world.alice.call("im.chat.user.list", CHAT_ID=chat_id) == [world.alice.id, world.carol.id]
    dialog = f"chat{chat_id}"
    assert await world.bob.refused("im.dialog.messages.get", DIALOG_ID=dialog) == (403, "ACCESS_ERROR")
    [left] = await world.events("members.left")
    assert isinstance(left, MembersLeft)
    assert (left.chat_id, left.person_ids, left.actor_id) == (chat_id, [world.bob.id], world.alice.id)
    said = (await world.events("message.added"))[-1]
    assert isinstance(said, MessageAdded)
    assert said.params is not None
    assert said.params["CODE"] == "CHAT_LEAVE"


async def test_managers_may_remove_members_but_not_the_owner(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, world.carol)
    await world.alice.call("im.chat.setManager", CHAT_ID=chat_id, USER_ID=world.bob.id)
    assert await world.bob.refused("im.chat.user.delete", CHAT_ID=chat_id, USER_ID=world.alice.id) == NOT_REMOVED
    assert await world.bob.call("im.chat.user.delete", CHAT_ID=chat_id, USER_ID=world.carol.id) is True


async def test_members_may_remove_nobody_but_themselves(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, world.carol)
    assert await world.bob.refused("im.chat.user.delete", CHAT_ID=chat_id, USER_ID=world.carol.id) == NOT_REMOVED
    assert await world.bob.call("im.chat.user.delete", CHAT_ID=chat_id, USER_ID=world.bob.id) is True
    assert await world.alice.call("im.chat.user.list", CHAT_ID=chat_id) == [world.alice.id, world.carol.id]


async def test_strangers_and_former_members_are_refused_like_for_unknown_chats(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.carol, world.bob)
    unknown = await world.bob.ask("im.chat.user.delete", CHAT_ID=999_999, USER_ID=world.carol.id)
    assert unknown.refusal == NOT_REMOVED
    for actor in (world.bob, world.stranger):
        answer = await actor.ask("im.chat.user.delete", CHAT_ID=chat_id, USER_ID=world.carol.id)
        assert answer.body == unknown.body
    assert world.carol.id in await world.alice.call("im.chat.user.list", CHAT_ID=chat_id)


async def test_an_employee_cannot_remove_from_an_open_chat_that_he_has_not_joined(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, TYPE="OPEN")
    assert await world.stranger.refused("im.chat.user.delete", CHAT_ID=chat_id, USER_ID=world.bob.id) == NOT_REMOVED


async def test_somebody_who_is_no_member_cannot_be_removed(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    before = len(await world.events())
    for person_id in (world.carol.id, 999_999, 2**63):
        assert await world.alice.refused("im.chat.user.delete", CHAT_ID=chat_id, USER_ID=person_id) == NOT_REMOVED
    assert len(await world.events()) == before


async def test_the_general_chat_and_chats_of_fixed_members_are_refused(world: World) -> None:
    general = await general_chat_id(world)
    answer = await world.alice.ask("im.chat.user.delete", CHAT_ID=general, USER_ID=world.bob.id)
    assert (answer.refusal, answer.body["error_description"]) == ((403, "ACCESS_ERROR"), "Action unavailable")
    fixed = await entity_chat(world, world.alice, world.bob, entity="SONET_GROUP")
    answer = await world.alice.ask("im.chat.user.delete", CHAT_ID=fixed, USER_ID=world.bob.id)
    assert answer.refusal == (403, "ACCESS_ERROR")
    assert answer.body["error_description"] == "It is forbidden to delete users of this chat"


@pytest.mark.parametrize("person_id", [None, "", 0, -1, "x", [1]])
async def test_a_person_must_be_named(world: World, person_id: object) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    refusal = await world.alice.refused("im.chat.user.delete", CHAT_ID=chat_id, USER_ID=person_id)
    assert refusal == (400, "USER_ID_EMPTY")


async def test_a_chat_must_be_named(world: World) -> None:
    assert await world.alice.refused("im.chat.user.delete", USER_ID=1) == (400, "CHAT_ID_EMPTY")
