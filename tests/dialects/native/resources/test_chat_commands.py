"""``/api/chats/{id}/commands``: what is offered where, to whom, in which language."""

from __future__ import annotations

import pytest

from skvorets.core import people
from skvorets.storage.database import Tx
from support.bots import command, robot
from support.browsers import Browser, RefusedError, browser_of
from support.queries import count_queries
from support.world import World


async def names(browser: Browser, chat: int) -> list[str]:
    return [one["command"] for one in (await browser.get(f"/api/chats/{chat}/commands"))["commands"]]


async def test_commands_are_offered_in_the_persons_language(world: World) -> None:
    bot = await robot(world)
    command_id = await command(bot, COMMON="Y")
    chat = await world.chat(world.alice, world.bob)
    await world.unit(_speak, world.bob.id, "en")
    async with browser_of(world, world.bob) as browser:
        (offered,) = (await browser.get(f"/api/chats/{chat}/commands"))["commands"]
    english = {"id": command_id, "botId": bot.id, "command": "/echo", "title": "Echo", "params": "text"}
    assert offered == {**english, "isCommon": True}
    async with browser_of(world, world.alice) as browser:
        (offered,) = (await browser.get(f"/api/chats/{chat}/commands"))["commands"]
    assert (offered["title"], offered["params"]) == ("Эхо", "")


async def test_commands_of_absent_bots_hidden_ones_and_those_not_for_outsiders_are_left_out(world: World) -> None:
    bot = await robot(world)
    await command(bot, "common", COMMON="Y", EXTRANET_SUPPORT="Y")
    await command(bot, "own")
    await command(bot, "secret", HIDDEN="Y", COMMON="Y")
    without = await world.chat(world.bob, world.outsider)
    async with browser_of(world, world.bob) as browser:
        assert await names(browser, without) == ["/common"]
        await world.bob.call("im.chat.user.add", CHAT_ID=without, USERS=[bot.id])
        assert await names(browser, without) == ["/common", "/own"]
        with count_queries(world) as queries:
            await names(browser, without)
        assert queries.count == 4  # the session (2) and two
    async with browser_of(world, world.outsider) as browser:
        assert await names(browser, without) == ["/common"]


async def test_strangers_see_none(world: World) -> None:
    chat = await world.chat(world.alice, world.bob)
    async with browser_of(world, world.stranger) as browser:
        with pytest.raises(RefusedError, match="404 no_such_chat"):
            await names(browser, chat)


async def _speak(tx: Tx, person_id: int, language: str) -> None:
    await people.change_person(tx, person_id, language=language)
