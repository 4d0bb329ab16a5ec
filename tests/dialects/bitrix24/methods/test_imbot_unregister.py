"""``imbot.unregister``: everything that belongs to the bot ends; whose bot it is matters."""

from __future__ import annotations

import pytest

from skvorets.core.events import BotDeleted, MembersLeft
from skvorets.storage import bots, chats, commands, handlers, members, people
from support.bots import HANDLER, command, log, new_events, registration, robot
from support.world import World


async def test_commands_dialogs_memberships_and_handlers_end(world: World) -> None:
    bot = await robot(world)
    command_id = await command(bot)
    chat_id = await bot.call("imbot.chat.add", USERS=[world.bob.id, world.carol.id])
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="hello")
    private = await world.app.store.read(chats.private_chat_id, bot.id, world.bob.id)
    assert private is not None
    known = len(await log(world))
    answer = await bot.owner.ask("imbot.unregister", BOT_ID=bot.id)
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    read = world.app.store.read
    assert await read(bots.find, bot.id) is None
    assert await read(commands.find, command_id) is None
    assert await read(members.ids_of, private) == []
    assert bot.id not in await read(members.ids_of, chat_id)
    assert await read(handlers.for_event, "ONIMBOTMESSAGEADD") == []
    assert await read(handlers.for_event, "ONIMCOMMANDADD") == []
    person = await read(people.find, bot.id)
    assert person is not None
    assert not person.active
    left = [(one.chat_id, one.person_ids) for one in await new_events(world, known) if isinstance(one, MembersLeft)]
    assert sorted(left) == sorted([(chat_id, [bot.id]), (private, sorted([world.bob.id, bot.id]))])
    [deleted] = await new_events(world, known, "bot.deleted")
    assert isinstance(deleted, BotDeleted)
    assert (deleted.bot_id, deleted.bot_code, deleted.actor_id) == (bot.id, "echo", world.alice.id)
    assert deleted.handler_id > 0
    assert deleted.handler_url == HANDLER
    assert (await world.bob.refused("im.message.add", DIALOG_ID=bot.id, MESSAGE="still there?"))[1] == "ACCESS_ERROR"


async def test_the_owner_of_a_group_is_succeeded(world: World) -> None:
    bot = await robot(world)
    chat_id = await bot.call("imbot.chat.add", USERS=[world.bob.id])
    await bot.call("imbot.unregister")
    chat = await world.app.store.read(chats.find, chat_id)
    assert chat is not None
    assert chat.owner_id == world.bob.id


async def test_handlers_stay_while_there_is_another_bot(world: World) -> None:
    bot = await robot(world)
    await bot.owner.call("imbot.register", **registration("second"))
    await bot.call("imbot.unregister")
    assert len(await world.app.store.read(handlers.for_event, "ONIMBOTMESSAGEADD")) == 1


@pytest.mark.parametrize("bot_id", [None, 0, "", "x", 999999, -1, {"a": 1}, "99999999999999999999"])
async def test_an_unknown_bot_is_refused(world: World, bot_id: object) -> None:
    bot = await robot(world)
    assert await bot.owner.refused("imbot.unregister", BOT_ID=bot_id) == (400, "BOT_ID_ERROR")
    assert await world.app.store.read(bots.find, bot.id) is not None


async def test_only_the_owner_may(world: World) -> None:
    bot = await robot(world)
    stranger = await world.alice.through(await world.install(name="Stranger"))
    answer = await stranger.ask("imbot.unregister", BOT_ID=bot.id)
    assert answer.refusal == (400, "APP_ID_ERROR")
    assert answer.body["error_description"] == "Bot was installed by another rest application"
    assert await world.alice.refused("imbot.unregister", BOT_ID=bot.id) == (403, "ACCESS_DENIED")
    assert await world.alice.refused("imbot.unregister", BOT_ID=bot.id, CLIENT_ID="x") == (400, "APP_ID_ERROR")
    own = await world.alice.call("imbot.register", **registration(CLIENT_ID="mine"))
    assert await world.alice.refused("imbot.unregister", BOT_ID=own, CLIENT_ID="x") == (400, "APP_ID_ERROR")
    assert await world.bob.call("imbot.unregister", BOT_ID=own, CLIENT_ID="mine") is True
    again = await bot.owner.ask("imbot.unregister", BOT_ID=own)
    assert again.refusal == (400, "BOT_ID_ERROR")
    assert again.body["error_description"] == "Bot not found"
