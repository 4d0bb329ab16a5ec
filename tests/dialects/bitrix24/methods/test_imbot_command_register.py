"""``imbot.command.register``: the documented reply, words by language, each documented error in its order."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.slash import BUILT_IN_COMMANDS
from skvorets.storage import commands, handlers
from skvorets.storage.commands import Command
from support.bots import HANDLER, PHRASES, Robot, command, log, registration, robot
from support.world import World

GIVEN = {"COMMAND": "echo", "LANG": PHRASES, "EVENT_COMMAND_ADD": HANDLER}


async def stored(world: World, command_id: int) -> Command:
    found = await world.app.store.read(commands.find, command_id)
    assert found is not None
    return found


async def urls(world: World) -> list[str]:
    return [one.url for one in await world.app.store.read(handlers.for_event, "ONIMCOMMANDADD")]


async def test_a_command_is_stored_with_its_words(world: World) -> None:
    bot = await robot(world)
    given = {**GIVEN, "COMMAND": "/echo", "COMMON": "Y", "HIDDEN": "N", "EXTRANET_SUPPORT": "Y"}
    answer = await bot.owner.ask("imbot.command.register", BOT_ID=bot.id, **given)
    assert set(answer.body) == {"result", "time"}
    assert type(answer.result) is int
    found = await stored(world, answer.result)
    assert (found.command, found.bot_id) == ("echo", bot.id)
    assert (found.is_common, found.is_hidden, found.for_extranet) == (1, 0, 1)
    assert found.read_phrases() == {"ru": {"title": "Эхо", "params": ""}, "en": {"title": "Echo", "params": "text"}}
    assert await urls(world) == [HANDLER]


@pytest.mark.parametrize(
    "lang",
    [
        [{"LANGUAGE_ID": "EN", "TITLE": "Echo"}, "x", {"LANGUAGE_ID": "ru"}, {"TITLE": "Nameless"}],
        {"en": {"TITLE": "Echo"}, "ru": {"TITLE": ""}, "../x": {"TITLE": "Echo"}},
        {"0": {"LANGUAGE_ID": "en", "TITLE": "Echo"}, "1": {"LANGUAGE_ID": ["ru"], "TITLE": "Echo"}},
        '[{"LANGUAGE_ID": "en", "TITLE": "Echo"}]',
    ],
)
async def test_words_come_as_a_list_or_a_map(world: World, lang: object) -> None:
    bot = await robot(world)
    found = await stored(world, await command(bot, LANG=lang))
    assert found.read_phrases() == {"en": {"title": "Echo", "params": ""}}


async def test_a_hidden_command_needs_no_words(world: World) -> None:
    bot = await robot(world)
    assert (await stored(world, await command(bot, HIDDEN="Y", LANG=None))).is_hidden == 1


async def test_the_same_name_is_the_same_command_and_moves_the_handler(world: World) -> None:
    bot = await robot(world)
    first = await command(bot)
    assert await command(bot, EVENT_COMMAND_ADD=f"{HANDLER}/new", COMMON="Y") == first
    assert (await stored(world, first)).is_common == 0
    assert await urls(world) == [f"{HANDLER}/new"]
    assert await command(bot, "Echo") != first
    second = Robot(await bot.owner.call("imbot.register", **registration("second")), bot.owner)
    assert await command(second) != first
    assert await urls(world) == [HANDLER]


WRONG_URL = "Wrong handler URL"
NO_URL = 'Handler for "Command add" event isn\'t specified'


@pytest.mark.parametrize(
    ("given", "code", "text"),
    [
        ({"EVENT_COMMAND_ADD": None}, "EVENT_COMMAND_ADD", NO_URL),
        ({"EVENT_COMMAND_ADD": " ", "COMMAND": ""}, "EVENT_COMMAND_ADD", NO_URL),
        ({"EVENT_COMMAND_ADD": "nowhere"}, "EVENT_COMMAND_ADD", WRONG_URL),
        ({"EVENT_COMMAND_ADD": {"a": 1}}, "EVENT_COMMAND_ADD", WRONG_URL),
        ({"COMMAND": None}, "COMMAND_ERROR", "Command isn't specified"),
        ({"COMMAND": " / ", "BOT_ID": 999999}, "COMMAND_ERROR", "Command isn't specified"),
        ({"COMMAND": ["echo"]}, "COMMAND_ERROR", "Command isn't specified"),
        ({"BOT_ID": 999999, "LANG": None}, "BOT_ID_ERROR", "Bot not found"),
        ({"LANG": None}, "LANG_ERROR", "Lang set can't be empty"),
        ({"LANG": []}, "LANG_ERROR", "Lang set can't be empty"),
        ({"LANG": "en"}, "LANG_ERROR", "Lang set can't be empty"),
        ({"LANG": [{"LANGUAGE_ID": "en"}]}, "LANG_ERROR", "Lang set can't be empty"),
        *(
            ({"COMMAND": name}, "WRONG_REQUEST", "Command can't be created")
            for name in ("two words", "эхо", "a\nb", "x" * 256, "//echo", "-", *sorted(BUILT_IN_COMMANDS))
        ),
    ],
)
async def test_what_is_wrong_is_refused_and_changes_nothing(
    world: World, given: dict[str, Any], code: str, text: str
) -> None:
    bot = await robot(world)
    known = len(await log(world))
    answer = await bot.owner.ask("imbot.command.register", **{"BOT_ID": bot.id, **GIVEN, **given})
    assert answer.refusal == (400, code)
    assert answer.body["error_description"] == text
    assert len(await log(world)) == known
    assert await urls(world) == []
    assert await world.app.store.read(commands.of_bot, bot.id) == []


async def test_only_the_owner_may(world: World) -> None:
    bot = await robot(world)
    stranger = await world.alice.through(await world.install(name="Stranger"))
    given = {"BOT_ID": bot.id, **GIVEN}
    assert await stranger.refused("imbot.command.register", **given) == (400, "APP_ID_ERROR")
    assert await stranger.refused("imbot.command.register", **GIVEN) == (400, "BOT_ID_ERROR")
    assert await world.alice.refused("imbot.command.register", **given) == (403, "ACCESS_DENIED")
    assert await world.alice.refused("imbot.command.register", BOT_ID=bot.id) == (403, "ACCESS_DENIED")
    await world.alice.call("imbot.register", **registration(CLIENT_ID="mine"))
    assert await world.alice.call("imbot.command.register", CLIENT_ID="mine", **GIVEN) > 0
