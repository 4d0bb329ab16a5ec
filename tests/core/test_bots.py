"""Bots in the core: whose they are, what becomes of many dialogs, repeated units of work."""

from __future__ import annotations

import pytest

from skvorets.core import bots
from skvorets.core.bots import BotHandlers, NewBot
from skvorets.core.events import BotDeleted, MembersLeft
from skvorets.core.people import NewPerson
from skvorets.errors import BotNotFoundError, NotOwnerError
from skvorets.storage import handlers, members
from skvorets.storage.applications import Application
from skvorets.storage.bots import Bot
from skvorets.storage.database import Tx
from skvorets.storage.handlers import Handler
from support.bots import log, new_events, robot
from support.world import World

URL = "http://127.0.0.1:9/handler"


async def add(world: World, application: Application, code: str, url: str = URL) -> Bot:
    new = NewBot(code=code, person=NewPerson(first_name=code), handlers=BotHandlers(message_added=url, deleted=url))
    bot: Bot = await world.unit(bots.register_bot, world.alice.person, application, new)
    return bot


async def test_the_first_bot_is_meant_when_none_is_named(world: World) -> None:
    application = await world.install()
    first, second = await add(world, application, "first"), await add(world, application, "second")
    read = world.app.store.read
    assert (await read(bots.bot_of, application))[0] == first
    assert (await read(bots.bot_of, application, second.person_id))[0] == second


async def test_nobody_elses_bot_is_given(world: World) -> None:
    application, other = await world.install(), await world.install(name="Other")
    bot = await add(world, application, "first")
    read = world.app.store.read
    for owner in (other, None):
        with pytest.raises(NotOwnerError):
            await read(bots.bot_of, owner, bot.person_id)
        with pytest.raises(BotNotFoundError):
            await read(bots.bot_of, owner)
    with pytest.raises(BotNotFoundError):
        await read(bots.bot_of, application, 999999)
    with pytest.raises(BotNotFoundError):
        await read(bots.bot_of, application, -1)


async def test_the_address_that_hears_of_the_end_is_the_one_that_was_bound(world: World) -> None:
    application = await world.install()
    first, second = await add(world, application, "first"), await add(world, application, "second", f"{URL}/2")
    await world.unit(bots.delete_bot, world.bob.person, first)
    await world.unit(bots.delete_bot, world.bob.person, second)
    deleted = [event for event in await world.events("bot.deleted") if isinstance(event, BotDeleted)]
    assert [event.handler_url for event in deleted] == [f"{URL}/2", f"{URL}/2"]
    assert [event.actor_id for event in deleted] == [world.bob.id, world.bob.id]
    assert await world.app.store.read(handlers.of_application, application.id) == []


async def test_a_bot_without_bound_end_ends_silently(world: World) -> None:
    application = await world.install()
    new = NewBot(code="x", person=NewPerson(first_name="x"), handlers=BotHandlers())
    await world.unit(
        bots.delete_bot, world.bob.person, await world.unit(bots.register_bot, world.alice.person, application, new)
    )
    [deleted] = await world.events("bot.deleted")
    assert isinstance(deleted, BotDeleted)
    assert (deleted.handler_id, deleted.handler_url) == (0, "")


async def test_handlers_of_other_events_stay(world: World) -> None:
    application = await world.install()
    bot = await add(world, application, "first")

    async def bind(tx: Tx) -> int:
        return await handlers.bind(tx, Handler(0, application.id, "ONAPPUPDATE", URL))

    await world.unit(bind)
    await world.unit(bots.delete_bot, world.alice.person, bot)
    assert [one.event for one in await world.app.store.read(handlers.of_application, application.id)] == ["ONAPPUPDATE"]


async def test_all_private_dialogs_end_for_both_sides(world: World) -> None:
    bot = await robot(world)
    people = [world.alice, world.bob, world.carol]
    for one in people:
        await one.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="hello")
    chats = {one.id: await world.app.store.read(members.chat_ids_of, one.id) for one in people}
    known = len(await log(world))
    await bot.call("imbot.unregister")
    left = [event for event in await new_events(world, known) if isinstance(event, MembersLeft)]
    assert [event.person_ids for event in left] == [sorted([one.id, bot.id]) for one in people]
    for one in people:
        assert len(await world.app.store.read(members.chat_ids_of, one.id)) == len(chats[one.id]) - 1
    assert await world.app.store.read(members.chat_ids_of, bot.id) == []
