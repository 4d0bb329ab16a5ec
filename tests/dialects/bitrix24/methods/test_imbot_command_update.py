"""``imbot.command.update``: what is given changes; names are checked as at registration."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.storage import commands, handlers
from skvorets.storage.commands import Command
from support.bots import HANDLER, command, registration, robot
from support.world import World


async def stored(world: World, command_id: int) -> Command:
    found = await world.app.store.read(commands.find, command_id)
    assert found is not None
    return found


async def test_what_is_given_changes(world: World) -> None:
    bot = await robot(world)
    command_id = await command(bot)
    fields = {
        "COMMAND": "/shout", "COMMON": "Y", "HIDDEN": "Y", "EXTRANET_SUPPORT": "Y",
        "LANG": [{"LANGUAGE_ID": "de", "TITLE": "Rufen"}], "EVENT_COMMAND_ADD": f"{HANDLER}/new",
    }  # fmt: skip
    answer = await bot.owner.ask("imbot.command.update", COMMAND_ID=command_id, FIELDS=fields)
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    found = await stored(world, command_id)
    assert (found.command, found.is_common, found.is_hidden, found.for_extranet) == ("shout", 1, 1, 1)
    assert found.read_phrases() == {"de": {"title": "Rufen", "params": ""}}
    assert [one.url for one in await world.app.store.read(handlers.for_event, "ONIMCOMMANDADD")] == [f"{HANDLER}/new"]


async def test_what_is_not_given_stays(world: World) -> None:
    bot = await robot(world)
    command_id = await command(bot, COMMON="Y")
    before = await stored(world, command_id)
    await bot.owner.call("imbot.command.update", COMMAND_ID=command_id, FIELDS={"COMMAND": "echo", "HIDDEN": "N"})
    assert await stored(world, command_id) == before


EMPTY = "Update fields can't be empty"
NOT_UPDATED = "Command can't be updated"


@pytest.mark.parametrize(
    ("fields", "code", "text"),
    [
        (None, "WRONG_REQUEST", EMPTY),
        ("x", "WRONG_REQUEST", EMPTY),
        ([1], "WRONG_REQUEST", EMPTY),
        ({"CLIENT_ID": "x"}, "WRONG_REQUEST", EMPTY),
        ({"COMMAND": "me"}, "WRONG_REQUEST", NOT_UPDATED),
        ({"COMMAND": "two words"}, "WRONG_REQUEST", NOT_UPDATED),
        ({"COMMAND": ""}, "WRONG_REQUEST", NOT_UPDATED),
        ({"COMMAND": "second"}, "WRONG_REQUEST", NOT_UPDATED),
        ({"COMMAND": ["a"]}, "WRONG_REQUEST", NOT_UPDATED),
        ({"LANG": []}, "WRONG_REQUEST", NOT_UPDATED),
        ({"LANG": "en"}, "WRONG_REQUEST", NOT_UPDATED),
        ({"COMMON": {"a": 1}}, "WRONG_REQUEST", NOT_UPDATED),
        ({"EVENT_COMMAND_ADD": "nowhere"}, "EVENT_COMMAND_ADD", "Wrong handler URL"),
        ({"EVENT_COMMAND_ADD": ""}, "EVENT_COMMAND_ADD", "Wrong handler URL"),
        ({"EVENT_COMMAND_ADD": {"a": 1}}, "EVENT_COMMAND_ADD", "Wrong handler URL"),
    ],
)
async def test_what_is_wrong_is_refused_and_changes_nothing(world: World, fields: Any, code: str, text: str) -> None:
    bot = await robot(world)
    command_id = await command(bot)
    await command(bot, "second")
    before = await stored(world, command_id)
    answer = await bot.owner.ask("imbot.command.update", COMMAND_ID=command_id, FIELDS=fields)
    assert answer.refusal == (400, code)
    assert answer.body["error_description"] == text
    assert await stored(world, command_id) == before


async def test_only_the_owner_may(world: World) -> None:
    bot = await robot(world)
    command_id = await command(bot)
    stranger = await world.alice.through(await world.install(name="Stranger"))
    given: dict[str, Any] = {"COMMAND_ID": command_id, "FIELDS": {"COMMON": "Y"}}
    assert await stranger.refused("imbot.command.update", **given) == (400, "APP_ID_ERROR")
    assert await world.alice.refused("imbot.command.update", **given) == (403, "ACCESS_DENIED")
    unknown = {**given, "COMMAND_ID": 999999}
    assert await bot.owner.refused("imbot.command.update", **unknown) == (400, "COMMAND_ID_ERROR")
    assert (await stored(world, command_id)).is_common == 0


async def test_the_client_id_may_stand_in_fields(world: World) -> None:
    await world.alice.call("imbot.register", **registration(CLIENT_ID="mine"))
    command_id = await world.alice.call(
        "imbot.command.register", CLIENT_ID="mine", COMMAND="echo", HIDDEN="Y", EVENT_COMMAND_ADD=HANDLER
    )
    fields = {"COMMON": "Y", "CLIENT_ID": "mine"}
    assert await world.alice.call("imbot.command.update", COMMAND_ID=command_id, FIELDS=fields) is True
    assert (await stored(world, command_id)).is_common == 1
