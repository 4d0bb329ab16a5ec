"""``imbot.message.update``: text and content change apart from each other; who may change what."""

from __future__ import annotations

import pytest

from skvorets.core.access import EDIT_PERIOD_MS
from skvorets.core.events import MessageChanged, MessageDeleted
from skvorets.storage import messages
from skvorets.storage.database import Tx
from skvorets.storage.messages import Message
from support.bots import Robot, log, new_events, robot
from support.world import World

BUTTONS = [{"TEXT": "Go", "COMMAND": "echo"}]


async def stored(world: World, message_id: int) -> Message:
    message = await world.app.store.read(messages.find, message_id)
    assert message is not None
    return message


async def posted(world: World, bot: Robot) -> int:
    message_id: int = await bot.call("imbot.message.add", DIALOG_ID=world.bob.id, MESSAGE="first", KEYBOARD=BUTTONS)
    return message_id


async def test_the_text_changes_and_the_keyboard_stays(world: World) -> None:
    bot = await robot(world)
    message_id = await posted(world, bot)
    known = len(await log(world))
    answer = await bot.owner.ask("imbot.message.update", MESSAGE_ID=message_id, MESSAGE="second")
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    message = await stored(world, message_id)
    assert message.text == "second"
    assert set(message.read_params()) == {"KEYBOARD", "IS_EDITED"}
    [event] = await new_events(world, known)
    assert isinstance(event, MessageChanged)
    assert (event.id, event.text, event.actor_id, event.calls_bots) == (message_id, "second", bot.id, False)


@pytest.mark.parametrize("nothing", ["N", "", []])
async def test_the_keyboard_goes_and_the_text_stays(world: World, nothing: object) -> None:
    bot = await robot(world)
    message_id = await posted(world, bot)
    await bot.call("imbot.message.update", MESSAGE_ID=message_id, KEYBOARD=nothing)
    message = await stored(world, message_id)
    assert (message.text, message.read_params()) == ("first", {"KEYBOARD_UID": 1})


async def test_an_empty_text_deletes_the_message(world: World) -> None:
    bot = await robot(world)
    message_id = await posted(world, bot)
    known = len(await log(world))
    assert await bot.call("imbot.message.update", MESSAGE_ID=message_id, MESSAGE="") is True
    assert (await stored(world, message_id)).read_params() == {"IS_DELETED": "Y"}
    [event] = await new_events(world, known)
    assert isinstance(event, MessageDeleted)
    await bot.call("imbot.message.update", MESSAGE_ID=message_id, MESSAGE="back again")
    message = await stored(world, message_id)
    assert (message.text, message.read_params()) == ("back again", {"IS_EDITED": "Y"})


async def test_a_system_message_of_its_chat_may_be_changed(world: World) -> None:
    bot = await robot(world)
    chat_id = await bot.call("imbot.chat.add", USERS=[world.bob.id])
    message_id = await bot.call("imbot.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x", SYSTEM="Y")
    assert await bot.call("imbot.message.update", MESSAGE_ID=message_id, MESSAGE="y") is True


async def test_nobody_elses_message_and_not_after_three_days(world: World) -> None:
    bot = await robot(world)
    theirs = await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="mine")
    foreign = await world.bob.call("im.message.add", DIALOG_ID=world.carol.id, MESSAGE="private")
    old = await posted(world, bot)

    async def age(tx: Tx) -> None:
        await tx.do("UPDATE messages SET created_at = $2 WHERE id = $1", old, tx.now - EDIT_PERIOD_MS - 1)

    await world.unit(age)
    for message_id in (theirs, foreign, old, 999999):
        refused = await bot.refused("imbot.message.update", MESSAGE_ID=message_id, MESSAGE="stolen")
        assert refused == (403, "CANT_EDIT_MESSAGE")
    assert (await stored(world, foreign)).text == "private"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"MESSAGE_ID": None}, "MESSAGE_ID_ERROR"),
        ({"MESSAGE_ID": "x"}, "MESSAGE_ID_ERROR"),
        ({"MESSAGE_ID": [1]}, "MESSAGE_ID_ERROR"),
        ({"MESSAGE": {"a": 1}}, "MESSAGE_EMPTY"),
        ({"ATTACH": "x"}, "ERROR_ARGUMENT"),
        ({"ATTACH": [{"X": 1}]}, "ATTACH_ERROR"),
        ({"ATTACH": [{"MESSAGE": "x" * 31_000}]}, "ATTACH_OVERSIZE"),
        ({"KEYBOARD": [{"TEXT": ""}]}, "KEYBOARD_ERROR"),
        ({"KEYBOARD": [{"TEXT": "x" * 31_000, "LINK": "/"}]}, "KEYBOARD_OVERSIZE"),
        ({"MENU": [{"TEXT": ""}]}, "MENU_ERROR"),
        ({"MENU": [{"TEXT": "x" * 31_000, "LINK": "/"}]}, "MENU_OVERSIZE"),
        ({"BOT_ID": 999999}, "BOT_ID_ERROR"),
    ],
)
async def test_what_is_wrong_is_refused_and_changes_nothing(world: World, given: dict[str, object], code: str) -> None:
    bot = await robot(world)
    message_id = await posted(world, bot)
    known = len(await log(world))
    asked = {"BOT_ID": bot.id, "MESSAGE_ID": message_id, "MESSAGE": "second", **given}
    assert await bot.owner.refused("imbot.message.update", **asked) == (400, code)
    assert len(await log(world)) == known


async def test_only_the_owner_changes_a_bots_messages(world: World) -> None:
    bot = await robot(world)
    given = {"BOT_ID": bot.id, "MESSAGE_ID": await posted(world, bot), "MESSAGE": "x"}
    stranger = await robot(world, code="stranger")
    assert await stranger.owner.refused("imbot.message.update", **given) == (400, "APP_ID_ERROR")
    own = {**given, "BOT_ID": stranger.id}
    assert await stranger.owner.refused("imbot.message.update", **own) == (403, "CANT_EDIT_MESSAGE")
    assert await world.alice.refused("imbot.message.update", **given) == (403, "ACCESS_DENIED")
