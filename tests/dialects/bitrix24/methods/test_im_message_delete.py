"""``im.message.delete``: the place stays, the words go; who may; each documented error."""

from __future__ import annotations

import pytest

from skvorets.core.access import EDIT_PERIOD_MS
from skvorets.core.events import MessageDeleted
from skvorets.storage.database import Tx
from support.chats import general_chat_id, left_chat
from support.world import World

CANNOT = (403, "CANT_EDIT_MESSAGE")


async def test_the_message_is_emptied(world: World) -> None:
    message_id = await world.alice.call(
        "im.message.add",
        DIALOG_ID=world.bob.id,
        MESSAGE=f"[USER={world.bob.id}][/USER]",
        ATTACH=[{"MESSAGE": "secret"}],
    )
    answer = await world.alice.ask("im.message.delete", MESSAGE_ID=message_id)
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    found = await world.bob.call("im.dialog.messages.get", DIALOG_ID=world.alice.id)
    [view] = found["messages"]
    assert (view["id"], view["text"], view["params"]) == (message_id, "", {"IS_DELETED": "Y"})
    [deleted] = await world.events("message.deleted")
    assert isinstance(deleted, MessageDeleted)
    assert (deleted.id, deleted.actor_id, deleted.is_complete) == (message_id, world.alice.id, False)
    assert deleted.mentioned == [world.bob.id]


async def test_the_author_may_at_any_time_but_once(world: World) -> None:
    message_id = await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="x")
    await world.unit(age, message_id)
    assert await world.alice.call("im.message.delete", MESSAGE_ID=message_id) is True
    before = len(await world.events())
    assert await world.alice.refused("im.message.delete", MESSAGE_ID=message_id) == CANNOT
    assert len(await world.events()) == before


async def test_nobody_deletes_what_others_wrote(world: World) -> None:
    chat_id = await left_chat(world, world.bob, world.alice, world.carol)
    message_id = await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x")
    unknown = await world.alice.ask("im.message.delete", MESSAGE_ID=999_999)
    assert unknown.refusal == CANNOT
    for actor in (world.alice, world.carol, world.stranger):
        assert (await actor.ask("im.message.delete", MESSAGE_ID=message_id)).body == unknown.body
    assert not await world.events("message.deleted")


async def test_who_has_left_deletes_no_more(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    message_id = await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x")
    await world.bob.call("im.chat.leave", CHAT_ID=chat_id)
    assert await world.bob.refused("im.message.delete", MESSAGE_ID=message_id) == CANNOT


async def test_administrators_keep_the_general_chat_clean(world: World) -> None:
    dialog = f"chat{await general_chat_id(world)}"
    message_id = await world.bob.call("im.message.add", DIALOG_ID=dialog, MESSAGE="x")
    assert await world.carol.refused("im.message.delete", MESSAGE_ID=message_id) == CANNOT
    assert await world.alice.call("im.message.delete", MESSAGE_ID=message_id) is True


@pytest.mark.parametrize("message_id", [None, "", 0, -1, "x", [1], {"a": 1}])
async def test_a_message_must_be_named(world: World, message_id: object) -> None:
    answer = await world.alice.ask("im.message.delete", MESSAGE_ID=message_id)
    assert (answer.refusal, answer.body["error_description"]) == (
        (400, "MESSAGE_ID_ERROR"),
        "Message ID can't be empty",
    )


async def age(tx: Tx, message_id: int) -> None:
    await tx.do("UPDATE messages SET created_at = created_at - $2 WHERE id = $1", message_id, 2 * EDIT_PERIOD_MS)
