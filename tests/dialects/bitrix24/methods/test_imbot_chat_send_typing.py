"""``imbot.chat.sendTyping`` and its other name: the others are told that the bot is writing."""

from __future__ import annotations

import pytest

from skvorets.core.events import TypingStarted
from support.bots import robot
from support.world import World


@pytest.mark.parametrize("name", ["imbot.chat.sendTyping", "imbot.sendTyping"])
async def test_the_others_are_told(world: World, name: str) -> None:
    bot = await robot(world)
    chat_id = await bot.call("imbot.chat.add", USERS=[world.bob.id])
    answer = await bot.owner.ask(name, DIALOG_ID=f"chat{chat_id}")
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    assert TypingStarted(chat_id=chat_id, actor_id=bot.id) in await world.events("typing.started")
    assert await bot.call(name, DIALOG_ID=world.carol.id) is True


@pytest.mark.parametrize("dialog", [None, "", "chat", "chat0", "0", "x", [1], {"a": 1}])
async def test_a_dialog_must_be_named(world: World, dialog: object) -> None:
    bot = await robot(world)
    assert await bot.refused("imbot.chat.sendTyping", DIALOG_ID=dialog) == (400, "DIALOG_ID_EMPTY")


async def test_strangers_are_refused(world: World) -> None:
    bot = await robot(world)
    chat_id = await world.chat(world.bob, world.carol)
    for dialog in (f"chat{chat_id}", "chat999999", 999999):
        assert await bot.refused("imbot.chat.sendTyping", DIALOG_ID=dialog) == (403, "ACCESS_ERROR")
    stranger = await world.alice.through(await world.install(name="Stranger"))
    given = {"BOT_ID": bot.id, "DIALOG_ID": world.bob.id}
    assert await stranger.refused("imbot.chat.sendTyping", **given) == (400, "APP_ID_ERROR")
    assert await stranger.refused("imbot.chat.sendTyping", DIALOG_ID=1) == (400, "BOT_ID_ERROR")
    assert await world.alice.refused("imbot.chat.sendTyping", **given) == (403, "ACCESS_DENIED")
    assert await world.events("typing.started") == []
