"""``im.dialog.unread``: from the message on, never fewer than before, each documented error."""

from __future__ import annotations

import pytest

from skvorets.core.events import DialogRead
from support.chats import left_chat
from support.world import World


async def counter(world: World, chat_id: int) -> int:
    return int((await world.bob.call("im.dialog.get", DIALOG_ID=f"chat{chat_id}"))["counter"])


async def test_the_message_and_everything_after_it_become_unread(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    dialog = f"chat{chat_id}"
    sent = [await world.alice.call("im.message.add", DIALOG_ID=dialog, MESSAGE="x") for _ in range(3)]
    await world.bob.call("im.message.add", DIALOG_ID=dialog, MESSAGE="mine")
    assert await counter(world, chat_id) == 0
    answer = await world.bob.ask("im.dialog.unread", DIALOG_ID=dialog, MESSAGE_ID=sent[1])
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    assert await counter(world, chat_id) == 2
    read = (await world.events("dialog.read"))[-1]
    assert isinstance(read, DialogRead)
    assert (read.chat_id, read.reader_id, read.message_id, read.unread) == (chat_id, world.bob.id, sent[0], 2)


async def test_a_later_message_reads_none_of_the_earlier_ones(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    sent = [await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x") for _ in range(3)]
    before = await counter(world, chat_id)
    assert await world.bob.call("im.dialog.unread", DIALOG_ID=f"chat{chat_id}", MESSAGE_ID=sent[-1]) is True
    assert await counter(world, chat_id) == before


async def test_messages_of_other_chats_and_hidden_ones_are_refused(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    hidden = await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x")
    await world.alice.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[world.carol.id], HIDE_HISTORY="Y")
    other = await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="x")
    for actor, message_id in ((world.carol, hidden), (world.bob, other), (world.bob, 999_999), (world.bob, "9" * 40)):
        refusal = await actor.refused("im.dialog.unread", DIALOG_ID=f"chat{chat_id}", MESSAGE_ID=message_id)
        assert refusal == (400, "MESSAGE_ID_ERROR")


async def test_strangers_and_former_members_are_refused_like_for_unknown_chats(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.bob)
    unknown = await world.bob.ask("im.dialog.unread", DIALOG_ID="chat999999", MESSAGE_ID=1)
    assert unknown.refusal == (403, "ACCESS_ERROR")
    for actor in (world.bob, world.stranger):
        answer = await actor.ask("im.dialog.unread", DIALOG_ID=f"chat{chat_id}", MESSAGE_ID=1)
        assert answer.body == unknown.body


@pytest.mark.parametrize("message_id", [None, "", 0, -1, "x", [1]])
async def test_a_message_must_be_named(world: World, message_id: object) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    answer = await world.bob.ask("im.dialog.unread", DIALOG_ID=f"chat{chat_id}", MESSAGE_ID=message_id)
    assert answer.refusal == (400, "MESSAGE_ID_ERROR")
    assert answer.body["error_description"] == "First unread message id can't be empty"


async def test_a_dialog_must_be_named(world: World) -> None:
    assert await world.bob.refused("im.dialog.unread", MESSAGE_ID=1) == (400, "DIALOG_ID_EMPTY")
