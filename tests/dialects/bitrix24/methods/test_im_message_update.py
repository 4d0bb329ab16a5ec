"""``im.message.update``: text and content, deletion by an empty text, who may and how long, each documented error."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.access import EDIT_PERIOD_MS
from skvorets.core.events import MessageChanged, MessageDeleted
from skvorets.storage.database import Tx
from support.chats import left_chat
from support.world import World

CANNOT = (403, "CANT_EDIT_MESSAGE")


async def shown(world: World, message_id: int) -> Any:
    found = await world.alice.call("im.dialog.messages.get", DIALOG_ID=world.bob.id)
    return next(one for one in found["messages"] if one["id"] == message_id)


async def sent(world: World, text: str = "before", **params: Any) -> int:
    return int(await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE=text, **params))


async def test_the_text_is_changed_and_marked(world: World) -> None:
    message_id = await sent(world)
    answer = await world.alice.ask("im.message.update", MESSAGE_ID=message_id, MESSAGE=" after ")
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    view = await shown(world, message_id)
    assert (view["text"], view["params"]) == ("after", {"IS_EDITED": "Y"})
    [changed] = await world.events("message.changed")
    assert isinstance(changed, MessageChanged)
    assert (changed.id, changed.actor_id, changed.text) == (message_id, world.alice.id, "after")


async def test_the_mark_can_be_left_out(world: World) -> None:
    message_id = await sent(world)
    await world.alice.call("im.message.update", MESSAGE_ID=message_id, MESSAGE="after", IS_EDITED="N")
    assert (await shown(world, message_id))["params"] is None


async def test_content_is_kept_changed_and_removed(world: World) -> None:
    message_id = await sent(world, ATTACH=[{"MESSAGE": "one"}])
    await world.alice.call("im.message.update", MESSAGE_ID=message_id, MESSAGE="after")
    kept = (await shown(world, message_id))["params"]
    assert kept["ATTACH"][0]["BLOCKS"] == [{"MESSAGE": "one"}]
    await world.alice.call("im.message.update", MESSAGE_ID=message_id, ATTACH=[{"MESSAGE": "two"}])
    view = await shown(world, message_id)
    assert view["text"] == "after"
    assert view["params"]["ATTACH"][0]["BLOCKS"] == [{"MESSAGE": "two"}]
    await world.alice.call("im.message.update", MESSAGE_ID=message_id, ATTACH="N")
    assert "ATTACH" not in (await shown(world, message_id))["params"]


@pytest.mark.parametrize("text", ["", "  "])
async def test_an_empty_text_deletes(world: World, text: str) -> None:
    message_id = await sent(world)
    assert await world.alice.call("im.message.update", MESSAGE_ID=message_id, MESSAGE=text) is True
    view = await shown(world, message_id)
    assert (view["text"], view["params"]) == ("", {"IS_DELETED": "Y"})
    [deleted] = await world.events("message.deleted")
    assert isinstance(deleted, MessageDeleted)
    assert await world.alice.refused("im.message.update", MESSAGE_ID=message_id, MESSAGE="back") == CANNOT


async def test_nobody_changes_what_others_wrote(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.carol, world.bob)
    message_id = await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x")
    before = len(await world.events())
    unknown = await world.bob.ask("im.message.update", MESSAGE_ID=999_999, MESSAGE="y")
    assert unknown.refusal == CANNOT
    for actor in (world.carol, world.bob, world.stranger):
        assert (await actor.ask("im.message.update", MESSAGE_ID=message_id, MESSAGE="y")).body == unknown.body
    assert len(await world.events()) == before


async def test_who_has_left_changes_his_words_no_more(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    message_id = await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x")
    await world.bob.call("im.chat.leave", CHAT_ID=chat_id)
    assert await world.bob.refused("im.message.update", MESSAGE_ID=message_id, MESSAGE="y") == CANNOT


async def test_after_three_days_it_is_too_late(world: World) -> None:
    message_id = await sent(world)
    await world.unit(age, message_id, EDIT_PERIOD_MS - 60_000)
    assert await world.alice.call("im.message.update", MESSAGE_ID=message_id, MESSAGE="y") is True
    await world.unit(age, message_id, 120_000)
    assert await world.alice.refused("im.message.update", MESSAGE_ID=message_id, MESSAGE="z") == CANNOT


async def test_forwarded_messages_and_those_of_the_system_stay(world: World) -> None:
    message_id = await sent(world)
    await world.unit(forward, message_id)
    assert await world.alice.refused("im.message.update", MESSAGE_ID=message_id, MESSAGE="y") == CANNOT
    line = await sent(world, SYSTEM="Y")
    assert await world.alice.refused("im.message.update", MESSAGE_ID=line, MESSAGE="y") == CANNOT


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"ATTACH": "x"}, "ERROR_ARGUMENT"),
        ({"ATTACH": [{"NOTHING": 1}]}, "ATTACH_ERROR"),
        ({"ATTACH": [{"MESSAGE": "x" * 40_000}]}, "ATTACH_OVERSIZE"),
        ({"KEYBOARD": [{"NOTHING": 1}]}, "KEYBOARD_ERROR"),
        ({"KEYBOARD": [{"TEXT": "x" * 40_000, "LINK": "https://a.example"}]}, "KEYBOARD_OVERSIZE"),
        ({"MENU": [{"NOTHING": 1}]}, "MENU_ERROR"),
        ({"MENU": [{"TEXT": "x" * 40_000, "LINK": "https://a.example"}]}, "MENU_OVERSIZE"),
        ({"MESSAGE": ["x"]}, "MESSAGE_EMPTY"),
    ],
)
async def test_wrong_content_is_refused_and_changes_nothing(world: World, params: dict[str, Any], code: str) -> None:
    message_id = await sent(world)
    before = len(await world.events())
    assert await world.alice.refused("im.message.update", MESSAGE_ID=message_id, **params) == (400, code)
    assert len(await world.events()) == before


@pytest.mark.parametrize("message_id", [None, "", 0, -1, "x", [1], {"a": 1}])
async def test_a_message_must_be_named(world: World, message_id: object) -> None:
    answer = await world.alice.ask("im.message.update", MESSAGE_ID=message_id, MESSAGE="x")
    assert (answer.refusal, answer.body["error_description"]) == (
        (400, "MESSAGE_ID_ERROR"),
        "Message ID can't be empty",
    )


async def age(tx: Tx, message_id: int, milliseconds: int) -> None:
    await tx.do("UPDATE messages SET created_at = created_at - $2 WHERE id = $1", message_id, milliseconds)


async def forward(tx: Tx, message_id: int) -> None:
    await tx.do("UPDATE messages SET params = $2 WHERE id = $1", message_id, '{"FORWARD_ID":1}')
