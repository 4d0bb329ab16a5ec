"""``im.message.like``: there, back, by turns; who may; each documented error."""

from __future__ import annotations

import pytest

from skvorets.core.events import MessageLiked
from support.chats import left_chat
from support.world import World

UNCHANGED = (400, "WITHOUT_CHANGES")


async def likes(world: World, message_id: int) -> list[int]:
    found = await world.alice.call("im.dialog.messages.get", DIALOG_ID=world.bob.id)
    [view] = [one for one in found["messages"] if one["id"] == message_id]
    return list((view["params"] or {}).get("LIKE", []))


async def test_a_like_is_given_and_taken_back_by_turns(world: World) -> None:
    message_id = await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="x")
    answer = await world.bob.ask("im.message.like", MESSAGE_ID=message_id)
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    await world.alice.call("im.message.like", MESSAGE_ID=message_id, ACTION="auto")
    assert set(await likes(world, message_id)) == {world.alice.id, world.bob.id}
    await world.bob.call("im.message.like", MESSAGE_ID=message_id)
    assert await likes(world, message_id) == [world.alice.id]
    found = [one for one in await world.events("message.liked") if isinstance(one, MessageLiked)]
    assert [(one.actor_id, one.is_liked) for one in found] == [
        (world.bob.id, True),
        (world.alice.id, True),
        (world.bob.id, False),
    ]
    assert found[-1].likes == [world.alice.id]


async def test_a_wish_that_is_fulfilled_already_is_refused(world: World) -> None:
    message_id = await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="x")
    assert await world.bob.refused("im.message.like", MESSAGE_ID=message_id, ACTION="minus") == UNCHANGED
    assert await world.bob.call("im.message.like", MESSAGE_ID=message_id, ACTION="PLUS") is True
    before = len(await world.events())
    answer = await world.bob.ask("im.message.like", MESSAGE_ID=message_id, ACTION="plus")
    assert (answer.refusal, answer.body["error_description"]) == (UNCHANGED, "Action completed without changes")
    assert len(await world.events()) == before
    assert await world.bob.call("im.message.like", MESSAGE_ID=message_id, ACTION="minus") is True


async def test_strangers_and_former_members_are_refused_like_for_unknown_messages(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.bob)
    opened = await world.chat(world.alice, world.carol, TYPE="OPEN")
    unknown = await world.bob.ask("im.message.like", MESSAGE_ID=999_999)
    assert unknown.refusal == UNCHANGED
    for actor, target in ((world.bob, chat_id), (world.stranger, chat_id), (world.stranger, opened)):
        message_id = await world.alice.call("im.message.add", DIALOG_ID=f"chat{target}", MESSAGE="x")
        assert (await actor.ask("im.message.like", MESSAGE_ID=message_id)).body == unknown.body
    assert not await world.events("message.liked")


async def test_a_deleted_or_hidden_message_is_not_liked(world: World) -> None:
    message_id = await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="x")
    await world.alice.call("im.message.delete", MESSAGE_ID=message_id)
    assert await world.bob.refused("im.message.like", MESSAGE_ID=message_id) == UNCHANGED
    chat_id = await world.chat(world.alice, world.bob)
    hidden = await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x")
    await world.alice.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[world.carol.id], HIDE_HISTORY="Y")
    assert await world.carol.refused("im.message.like", MESSAGE_ID=hidden) == UNCHANGED


@pytest.mark.parametrize("message_id", [None, "", 0, -1, "x", [1], {"a": 1}])
async def test_a_message_must_be_named(world: World, message_id: object) -> None:
    answer = await world.alice.ask("im.message.like", MESSAGE_ID=message_id)
    assert (answer.refusal, answer.body["error_description"]) == (
        (400, "MESSAGE_ID_ERROR"),
        "Message ID can't be empty",
    )
