"""``imbot.command.unregister``: the command ends; with the last one its handler."""

from __future__ import annotations

import pytest

from skvorets.storage import commands, handlers
from support.bots import command, robot
from support.world import World


async def test_a_command_ends_and_with_the_last_one_the_handler(world: World) -> None:
    bot = await robot(world)
    first, second = await command(bot), await command(bot, "second")
    answer = await bot.owner.ask("imbot.command.unregister", COMMAND_ID=first)
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    assert await world.app.store.read(commands.find, first) is None
    assert len(await world.app.store.read(handlers.for_event, "ONIMCOMMANDADD")) == 1
    await bot.owner.call("imbot.command.unregister", COMMAND_ID=second)
    assert await world.app.store.read(handlers.for_event, "ONIMCOMMANDADD") == []
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="/echo")
    assert await world.events("command.called") == []


@pytest.mark.parametrize("command_id", [None, 0, "x", 999999, [1], {"a": 1}])
async def test_an_unknown_command_is_refused(world: World, command_id: object) -> None:
    bot = await robot(world)
    answer = await bot.owner.ask("imbot.command.unregister", COMMAND_ID=command_id)
    assert answer.refusal == (400, "COMMAND_ID_ERROR")
    assert answer.body["error_description"] == "Command not found"


async def test_only_the_owner_may(world: World) -> None:
    command_id = await command(await robot(world))
    stranger = await world.alice.through(await world.install(name="Stranger"))
    answer = await stranger.ask("imbot.command.unregister", COMMAND_ID=command_id)
    assert answer.refusal == (400, "APP_ID_ERROR")
    assert answer.body["error_description"] == "Command was installed by another rest application"
    assert await world.alice.refused("imbot.command.unregister", COMMAND_ID=command_id) == (403, "ACCESS_DENIED")
    refused = await world.alice.refused("imbot.command.unregister", COMMAND_ID=command_id, CLIENT_ID="x")
    assert refused == (400, "APP_ID_ERROR")
    assert await world.app.store.read(commands.find, command_id) is not None
