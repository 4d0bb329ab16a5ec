"""``im.dialog.read``: the documented object or false, what is left unread, each documented error."""

from __future__ import annotations

import pytest

from skvorets.core.events import DialogRead
from support.chats import left_chat
from support.world import World


async def test_everything_up_to_the_message_is_read(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    dialog = f"chat{chat_id}"
    sent = [await world.alice.call("im.message.add", DIALOG_ID=dialog, MESSAGE="x") for _ in range(3)]
    answer = await world.bob.ask("im.dialog.read", DIALOG_ID=dialog, MESSAGE_ID=sent[1])
    assert answer.result == {"dialogId": dialog, "chatId": chat_id, "counter": 1, "lastId": sent[1]}
    assert set(answer.body) == {"result", "time"}
    [read] = await world.events("dialog.read")
    assert isinstance(read, DialogRead)
    assert (read.chat_id, read.reader_id, read.message_id, read.unread) == (chat_id, world.bob.id, sent[1], 1)


async def test_a_private_dialog_is_named_by_the_other_person(world: World) -> None:
    sent = await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="x")
    found = await world.bob.call("im.dialog.read", DIALOG_ID=world.alice.id, MESSAGE_ID=sent)
    assert (found["dialogId"], found["counter"], found["lastId"]) == (str(world.alice.id), 0, sent)


async def test_an_id_between_messages_reads_up_to_the_one_before(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    sent = await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x")
    for message_id in (sent + 1000, 2**63 - 1, "9" * 40):
        await world.bob.call("im.dialog.unread", DIALOG_ID=f"chat{chat_id}", MESSAGE_ID=sent)
        found = await world.bob.call("im.dialog.read", DIALOG_ID=f"chat{chat_id}", MESSAGE_ID=message_id)
        assert found["lastId"] == sent


async def test_a_mark_that_is_further_already_stays(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    sent = await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x")
    await world.bob.call("im.dialog.read", DIALOG_ID=f"chat{chat_id}", MESSAGE_ID=sent)
    before = len(await world.events())
    for message_id in (sent, sent - 1, 1):
        assert await world.bob.call("im.dialog.read", DIALOG_ID=f"chat{chat_id}", MESSAGE_ID=message_id) is False
    assert len(await world.events()) == before


async def test_strangers_former_members_and_unknown_dialogs_give_false(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.bob)
    opened = await world.chat(world.alice, world.carol, TYPE="OPEN")
    before = len(await world.events())
    for actor, dialog in (
        (world.bob, f"chat{chat_id}"),
        (world.stranger, f"chat{chat_id}"),
        (world.stranger, f"chat{opened}"),
        (world.bob, "chat999999"),
        (world.bob, 999_999),
        (world.bob, world.carol.id),
        (world.outsider, world.bob.id),
    ):
        assert await actor.call("im.dialog.read", DIALOG_ID=dialog, MESSAGE_ID=2**40) is False
    assert len(await world.events()) == before


@pytest.mark.parametrize("message_id", [None, "", 0, -1, "x", [1], {"a": 1}])
async def test_a_message_must_be_named(world: World, message_id: object) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    answer = await world.bob.ask("im.dialog.read", DIALOG_ID=f"chat{chat_id}", MESSAGE_ID=message_id)
    assert (answer.refusal, answer.body["error_description"]) == (
        (400, "MESSAGE_ID_ERROR"),
        "Message ID can't be empty",
    )


@pytest.mark.parametrize("dialog", [None, "", "x", 0, [1]])
async def test_a_dialog_must_be_named(world: World, dialog: object) -> None:
    assert await world.bob.refused("im.dialog.read", DIALOG_ID=dialog, MESSAGE_ID=1) == (400, "DIALOG_ID_EMPTY")


async def test_the_older_name_of_the_message_is_understood(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    sent = await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x")
    assert (await world.bob.call("im.dialog.read", DIALOG_ID=f"chat{chat_id}", LAST_ID=sent))["lastId"] == sent
