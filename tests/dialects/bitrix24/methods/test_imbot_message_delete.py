"""``imbot.message.delete``: softly or without trace; only what the bot may delete."""

from __future__ import annotations

import pytest

from skvorets.core.events import MessageDeleted
from skvorets.storage import messages
from support.bots import Robot, log, new_events, robot
from support.world import World


async def posted(world: World, bot: Robot) -> int:
    message_id: int = await bot.call("imbot.message.add", DIALOG_ID=world.bob.id, MESSAGE="first")
    return message_id


@pytest.mark.parametrize("complete", ["N", "Y"])
async def test_a_message_is_deleted(world: World, complete: str) -> None:
    bot = await robot(world)
    message_id = await posted(world, bot)
    known = len(await log(world))
    answer = await bot.owner.ask("imbot.message.delete", MESSAGE_ID=message_id, COMPLETE=complete)
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    message = await world.app.store.read(messages.find, message_id)
    if complete == "Y":
        assert message is None
    else:
        assert message is not None
        assert (message.text, message.read_params()) == ("", {"IS_DELETED": "Y"})
    [event] = await new_events(world, known)
    assert isinstance(event, MessageDeleted)
    assert (event.id, event.is_complete, event.actor_id) == (message_id, complete == "Y", bot.id)


async def test_nobody_elses_message(world: World) -> None:
    bot = await robot(world)
    theirs = await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="mine")
    foreign = await world.bob.call("im.message.add", DIALOG_ID=world.carol.id, MESSAGE="private")
    for message_id in (theirs, foreign, 999999):
        refused = await bot.refused("imbot.message.delete", MESSAGE_ID=message_id, COMPLETE="Y")
        assert refused == (403, "CANT_EDIT_MESSAGE")
    assert await world.events("message.deleted") == []


@pytest.mark.parametrize("message_id", [None, 0, "x", [1], {"a": 1}])
async def test_a_message_must_be_named(world: World, message_id: object) -> None:
    bot = await robot(world)
    assert await bot.refused("imbot.message.delete", MESSAGE_ID=message_id) == (400, "MESSAGE_ID_ERROR")


async def test_only_the_owner_deletes_a_bots_messages(world: World) -> None:
    bot = await robot(world)
    message_id = await posted(world, bot)
    stranger = await world.alice.through(await world.install(name="Stranger"))
    given = {"BOT_ID": bot.id, "MESSAGE_ID": message_id}
    assert await stranger.refused("imbot.message.delete", **given) == (400, "APP_ID_ERROR")
    assert await stranger.refused("imbot.message.delete", MESSAGE_ID=message_id) == (400, "BOT_ID_ERROR")
    assert await world.alice.refused("imbot.message.delete", **given) == (403, "ACCESS_DENIED")
