"""``imbot.command.answer``: as a member, within ten minutes as a guest, afterwards not at all."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.events import MessageAdded
from skvorets.core.messages import SYSTEM_CLASS
from skvorets.storage import commands, messages
from skvorets.storage.messages import Message
from support.bots import Robot, command, log, new_events, registration, robot
from support.world import World


async def stored(world: World, message_id: int) -> Message:
    message = await world.app.store.read(messages.find, message_id)
    assert message is not None
    return message


async def called(world: World, dialog: object, text: str = "/echo hi") -> int:
    message_id: int = await world.bob.call("im.message.add", DIALOG_ID=dialog, MESSAGE=text)
    return message_id


async def test_a_member_answers_with_its_own_message(world: World) -> None:
    bot = await robot(world)
    command_id = await command(bot)
    message_id = await called(world, bot.id)
    known = len(await log(world))
    keyboard = [{"TEXT": "Again", "COMMAND": "echo", "COMMAND_PARAMS": "hi"}]
    answer = await bot.owner.ask(
        "imbot.command.answer", COMMAND_ID=command_id, MESSAGE_ID=message_id, MESSAGE="hi", KEYBOARD=keyboard
    )
    assert set(answer.body) == {"result", "time"}
    assert type(answer.result) is int
    message = await stored(world, answer.result)
    assert (message.author_id, message.text) == (bot.id, "hi")
    assert message.read_params()["KEYBOARD"][0]["BOT_ID"] == bot.id
    [added] = await new_events(world, known)
    assert isinstance(added, MessageAdded)
    assert not added.calls_bots


async def test_the_command_may_be_named(world: World) -> None:
    bot = await robot(world)
    second = Robot(await bot.owner.call("imbot.register", **registration("second")), bot.owner)
    await command(bot)
    await command(second)
    message_id = await called(world, second.id)
    for name in ("echo", "/echo"):
        answer = await bot.owner.call("imbot.command.answer", COMMAND=name, MESSAGE_ID=message_id, MESSAGE="hi")
        assert (await stored(world, answer)).author_id == second.id


async def test_an_absent_bot_answers_by_a_headed_line_of_the_system(world: World) -> None:
    bot = await robot(world)
    command_id = await command(bot, COMMON="Y")
    chat_id = await world.chat(world.bob, world.carol)
    message_id = await called(world, f"chat{chat_id}")
    given = {"COMMAND_ID": command_id, "MESSAGE_ID": message_id, "MESSAGE": "hi", "SYSTEM": "Y"}
    message = await stored(world, await bot.owner.call("imbot.command.answer", **given))
    assert (message.author_id, message.chat_id) == (0, chat_id)
    assert message.text == f"[B]Чат-бот [USER={bot.id}]Echo[/USER][/B]\n[I]ответ на команду /echo[/I]\nhi"
    assert message.read_params() == {"CLASS": SYSTEM_CLASS}


async def test_after_ten_minutes_nothing_is_posted_and_nothing_refused(world: World) -> None:
    bot = await robot(world)
    command_id = await command(bot, COMMON="Y")
    chat_id = await world.chat(world.bob, world.carol)
    message_id = await called(world, f"chat{chat_id}")
    await world.unit(commands.grant_permit, bot.id, chat_id, 1)
    known = len(await log(world))
    given = {"COMMAND_ID": command_id, "MESSAGE_ID": message_id, "MESSAGE": "hi"}
    assert await bot.owner.call("imbot.command.answer", **given) is True
    assert len(await log(world)) == known


async def test_a_message_elsewhere_looks_like_none(world: World) -> None:
    bot = await robot(world)
    command_id = await command(bot)
    foreign = await world.bob.call("im.message.add", DIALOG_ID=world.carol.id, MESSAGE="private")
    known = len(await log(world))
    for message_id in (foreign, 999999):
        answer = await bot.owner.ask("imbot.command.answer", COMMAND_ID=command_id, MESSAGE_ID=message_id, MESSAGE="hi")
        assert answer.refusal == (400, "WRONG_REQUEST")
        assert answer.body["error_description"] == "Message isn't added"
    assert len(await log(world)) == known


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"COMMAND_ID": None}, "COMMAND_ID_ERROR"),
        ({"COMMAND_ID": 999999}, "COMMAND_ID_ERROR"),
        ({"COMMAND_ID": [1]}, "COMMAND_ID_ERROR"),
        ({"COMMAND_ID": None, "COMMAND": "unknown"}, "COMMAND_ID_ERROR"),
        ({"COMMAND_ID": None, "COMMAND": {"a": 1}}, "COMMAND_ID_ERROR"),
        ({"MESSAGE_ID": None}, "MESSAGE_ID_EMPTY"),
        ({"MESSAGE_ID": "x"}, "MESSAGE_ID_EMPTY"),
        ({"MESSAGE_ID": [1]}, "MESSAGE_ID_EMPTY"),
        ({"MESSAGE": " "}, "MESSAGE_EMPTY"),
        ({"MESSAGE": None, "ATTACH": [{"MESSAGE": "x"}]}, "MESSAGE_EMPTY"),
        ({"MESSAGE": ["x"]}, "MESSAGE_EMPTY"),
        ({"ATTACH": [{"X": 1}]}, "ATTACH_ERROR"),
        ({"ATTACH": [{"MESSAGE": "x" * 31_000}]}, "ATTACH_OVERSIZE"),
        ({"KEYBOARD": [{"TEXT": ""}]}, "KEYBOARD_ERROR"),
        ({"KEYBOARD": [{"TEXT": "x" * 31_000, "LINK": "/"}]}, "KEYBOARD_OVERSIZE"),
        ({"MENU": [{"TEXT": ""}]}, "MENU_ERROR"),
        ({"MENU": [{"TEXT": "x" * 31_000, "LINK": "/"}]}, "MENU_OVERSIZE"),
    ],
)
async def test_what_is_wrong_is_refused_and_changes_nothing(world: World, given: dict[str, Any], code: str) -> None:
    bot = await robot(world)
    command_id = await command(bot)
    message_id = await called(world, bot.id)
    known = len(await log(world))
    asked = {"COMMAND_ID": command_id, "MESSAGE_ID": message_id, "MESSAGE": "hi", **given}
    assert await bot.owner.refused("imbot.command.answer", **asked) == (400, code)
    assert len(await log(world)) == known


async def test_only_the_owner_may(world: World) -> None:
    bot = await robot(world)
    given = {"COMMAND_ID": await command(bot), "MESSAGE_ID": await called(world, bot.id), "MESSAGE": "hi"}
    stranger = await world.alice.through(await world.install(name="Stranger"))
    assert await stranger.refused("imbot.command.answer", **given) == (400, "APP_ID_ERROR")
    assert await world.alice.refused("imbot.command.answer", **given) == (403, "ACCESS_DENIED")
    named = {**given, "COMMAND_ID": 0, "COMMAND": "echo"}
    assert await stranger.refused("imbot.command.answer", **named) == (400, "COMMAND_ID_ERROR")
