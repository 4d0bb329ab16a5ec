"""``imbot.message.like``: any message of the bot's dialogs, in three ways."""

from __future__ import annotations

import pytest

from skvorets.core.events import MessageLiked
from support.bots import log, new_events, robot
from support.world import World


async def test_a_like_is_given_and_taken_back(world: World) -> None:
    bot = await robot(world)
    message_id = await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="like me")
    known = len(await log(world))
    answer = await bot.owner.ask("imbot.message.like", MESSAGE_ID=message_id, ACTION="plus")
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    await bot.call("imbot.message.like", MESSAGE_ID=message_id)
    await bot.call("imbot.message.like", MESSAGE_ID=message_id, ACTION="auto")
    await bot.call("imbot.message.like", MESSAGE_ID=message_id, ACTION="minus")
    liked = [event for event in await new_events(world, known) if isinstance(event, MessageLiked)]
    assert [event.is_liked for event in liked] == [True, False, True, False]
    assert {(event.id, event.actor_id) for event in liked} == {(message_id, bot.id)}


async def test_a_wish_that_is_fulfilled_changes_nothing(world: World) -> None:
    bot = await robot(world)
    message_id = await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="like me")
    answer = await bot.owner.ask("imbot.message.like", MESSAGE_ID=message_id, ACTION="minus")
    assert answer.refusal == (400, "WITHOUT_CHANGES")
    assert answer.body["error_description"] == "Action completed without changes"
    assert await world.events("message.liked") == []


@pytest.mark.parametrize("message_id", [None, 0, "x", [1], 999999])
async def test_a_message_must_be_named(world: World, message_id: object) -> None:
    bot = await robot(world)
    assert await bot.refused("imbot.message.like", MESSAGE_ID=message_id) == (400, "MESSAGE_ID_ERROR")


async def test_a_foreign_message_looks_unknown(world: World) -> None:
    bot = await robot(world)
    message_id = await world.bob.call("im.message.add", DIALOG_ID=world.carol.id, MESSAGE="private")
    assert await bot.refused("imbot.message.like", MESSAGE_ID=message_id) == (400, "MESSAGE_ID_ERROR")


async def test_only_the_owner_likes_for_a_bot(world: World) -> None:
    bot = await robot(world)
    message_id = await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="like me")
    stranger = await world.alice.through(await world.install(name="Stranger"))
    given = {"BOT_ID": bot.id, "MESSAGE_ID": message_id}
    assert await stranger.refused("imbot.message.like", **given) == (400, "APP_ID_ERROR")
    assert await stranger.refused("imbot.message.like", MESSAGE_ID=message_id) == (400, "BOT_ID_ERROR")
    assert await world.alice.refused("imbot.message.like", **given) == (403, "ACCESS_DENIED")
