"""``imbot.message.add``: where a bot may write, what it looks like there, each documented error."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.events import MembersJoined, MessageAdded
from skvorets.core.messages import SYSTEM_CLASS
from skvorets.storage import commands, messages
from skvorets.storage.messages import Message
from support.bots import command, log, new_events, registration, robot
from support.world import World

TOO_LARGE = "x" * 31_000


async def stored(world: World, message_id: int) -> Message:
    message = await world.app.store.read(messages.find, message_id)
    assert message is not None
    return message


async def test_a_private_message_opens_the_dialog(world: World) -> None:
    bot = await robot(world)
    known = len(await log(world))
    answer = await bot.owner.ask("imbot.message.add", BOT_ID=bot.id, DIALOG_ID=world.bob.id, MESSAGE="[B]hi[/B]")
    assert set(answer.body) == {"result", "time"}
    assert type(answer.result) is int
    joined, added = await new_events(world, known)
    assert isinstance(joined, MembersJoined)
    assert (joined.chat_kind, joined.bot_ids, joined.actor_id) == ("private", [bot.id], bot.id)
    assert isinstance(added, MessageAdded)
    assert (added.id, added.author_id, added.text) == (answer.result, bot.id, "[B]hi[/B]")
    assert (added.chat_id, added.calls_bots) == (joined.chat_id, False)


async def test_the_first_bot_is_taken_and_any_token_of_the_application_does(world: World) -> None:
    app = await world.install()
    first = await (await world.alice.through(app)).call("imbot.register", **registration())
    await (await world.alice.through(app)).call("imbot.register", **registration("second"))
    message_id = await (await world.bob.through(app)).call("imbot.message.add", DIALOG_ID=world.carol.id, MESSAGE=0)
    message = await stored(world, message_id)
    assert (message.author_id, message.text) == (first, "0")


async def test_a_member_writes_into_a_group_with_content(world: World) -> None:
    bot = await robot(world)
    chat_id = await bot.call("imbot.chat.add", USERS=[world.bob.id])
    content: dict[str, Any] = {
        "ATTACH": [{"MESSAGE": "attached"}],
        "KEYBOARD": [{"TEXT": "Go", "COMMAND": "echo", "COMMAND_PARAMS": "1"}],
        "MENU": '[{"TEXT": "Open", "LINK": "https://example.com"}]',
    }
    message = await stored(
        world, await bot.call("imbot.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x", **content)
    )
    params = message.read_params()
    assert set(params) == {"ATTACH", "KEYBOARD", "MENU"}
    assert params["KEYBOARD"][0]["BOT_ID"] == bot.id


async def test_a_bots_message_calls_no_bots_and_no_commands(world: World) -> None:
    bot = await robot(world)
    await command(bot, COMMON="Y")
    known = len(await log(world))
    await bot.call("imbot.message.add", DIALOG_ID=world.bob.id, MESSAGE="/echo x")
    assert await new_events(world, known, "command.called") == []
    [added] = await new_events(world, known, "message.added")
    assert isinstance(added, MessageAdded)
    assert not added.calls_bots


async def test_a_system_message_names_the_bot_in_a_group(world: World) -> None:
    bot = await robot(world)
    chat_id = await bot.call("imbot.chat.add", USERS=[world.bob.id])
    given = {"DIALOG_ID": f"chat{chat_id}", "MESSAGE": "done", "SYSTEM": "Y"}
    message = await stored(world, await bot.call("imbot.message.add", **given))
    assert (message.author_id, message.text) == (0, "Echo:\ndone")
    assert message.read_params() == {"CLASS": SYSTEM_CLASS}


async def test_a_system_message_is_the_bots_own_in_a_private_dialog(world: World) -> None:
    bot = await robot(world)
    message_id = await bot.call("imbot.message.add", DIALOG_ID=world.bob.id, MESSAGE="done", SYSTEM="Y")
    message = await stored(world, message_id)
    assert (message.author_id, message.text) == (bot.id, "done")
    assert message.read_params() == {"CLASS": SYSTEM_CLASS}


async def test_a_notice_goes_into_the_dialog_of_two_people(world: World) -> None:
    bot = await robot(world)
    message_id = await bot.call(
        "imbot.message.add", FROM_USER_ID=world.bob.id, TO_USER_ID=world.carol.id, MESSAGE="reminder"
    )
    message = await stored(world, message_id)
    assert message.author_id == world.bob.id
    assert message.text == f"Сообщение от [USER={bot.id}]Echo[/USER]\nreminder"
    assert message.read_params() == {"CLASS": SYSTEM_CLASS}
    added = (await world.events("message.added"))[-1]
    assert isinstance(added, MessageAdded)
    assert not added.calls_bots


async def test_a_permit_of_a_command_lets_an_absent_bot_write(world: World) -> None:
    bot = await robot(world)
    chat_id = await world.chat(world.bob, world.carol)
    given = {"DIALOG_ID": f"chat{chat_id}", "MESSAGE": "here"}
    assert await bot.refused("imbot.message.add", **given) == (400, "WRONG_REQUEST")
    await command(bot, COMMON="Y")
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="/echo")
    message = await stored(world, await bot.call("imbot.message.add", **given))
    assert (message.author_id, message.chat_id) == (bot.id, chat_id)
    await world.unit(commands.grant_permit, bot.id, chat_id, 1)
    assert await bot.refused("imbot.message.add", **given) == (400, "WRONG_REQUEST")


async def test_an_open_chat_is_not_joined_by_writing(world: World) -> None:
    bot = await robot(world)
    chat_id = await world.chat(world.bob, TYPE="OPEN")
    known = len(await log(world))
    answer = await bot.owner.ask("imbot.message.add", BOT_ID=bot.id, DIALOG_ID=f"chat{chat_id}", MESSAGE="x")
    assert answer.refusal == (400, "WRONG_REQUEST")
    assert answer.body["error_description"] == "Message isn't added"
    assert len(await log(world)) == known


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"DIALOG_ID": None}, "DIALOG_ID_EMPTY"),
        ({"DIALOG_ID": "chat"}, "DIALOG_ID_EMPTY"),
        ({"DIALOG_ID": {"a": 1}}, "DIALOG_ID_EMPTY"),
        ({"DIALOG_ID": None, "FROM_USER_ID": 1}, "DIALOG_ID_EMPTY"),
        ({"DIALOG_ID": 999999}, "WRONG_REQUEST"),
        ({"DIALOG_ID": "chat999999"}, "WRONG_REQUEST"),
        ({"FROM_USER_ID": 999999, "TO_USER_ID": 1}, "WRONG_REQUEST"),
        ({"MESSAGE": " "}, "MESSAGE_EMPTY"),
        ({"MESSAGE": None}, "MESSAGE_EMPTY"),
        ({"MESSAGE": {"a": 1}}, "MESSAGE_EMPTY"),
        ({"MESSAGE": "", "ATTACH": [{"MESSAGE": "x"}]}, "MESSAGE_EMPTY"),
        ({"MESSAGE": "", "FROM_USER_ID": 1, "TO_USER_ID": 2}, "MESSAGE_EMPTY"),
        ({"ATTACH": [{"X": "x"}]}, "ATTACH_ERROR"),
        ({"ATTACH": [None]}, "ATTACH_ERROR"),
        ({"ATTACH": [{"MESSAGE": TOO_LARGE}]}, "ATTACH_OVERSIZE"),
        ({"KEYBOARD": [{"TEXT": ""}]}, "KEYBOARD_ERROR"),
        ({"KEYBOARD": [{"TEXT": TOO_LARGE, "LINK": "/"}]}, "KEYBOARD_OVERSIZE"),
        ({"MENU": [{"TEXT": ""}]}, "MENU_ERROR"),
        ({"MENU": [{"TEXT": TOO_LARGE, "LINK": "/"}]}, "MENU_OVERSIZE"),
        ({"BOT_ID": 999999}, "BOT_ID_ERROR"),
        ({"BOT_ID": [1]}, "BOT_ID_ERROR"),
    ],
)
async def test_what_is_wrong_is_refused_and_changes_nothing(world: World, given: dict[str, object], code: str) -> None:
    bot = await robot(world)
    known = len(await log(world))
    asked = {"BOT_ID": bot.id, "DIALOG_ID": world.bob.id, "MESSAGE": "x", **given}
    assert await bot.owner.refused("imbot.message.add", **asked) == (400, code)
    assert len(await log(world)) == known


async def test_a_dismissed_person_is_not_written_to(world: World) -> None:
    bot = await robot(world)
    other = await robot(world, code="other")
    await other.call("imbot.unregister")
    assert await bot.refused("imbot.message.add", DIALOG_ID=other.id, MESSAGE="x") == (400, "WRONG_REQUEST")
    pair = {"FROM_USER_ID": world.bob.id, "TO_USER_ID": other.id}
    assert await bot.refused("imbot.message.add", MESSAGE="x", **pair) == (400, "WRONG_REQUEST")


async def test_only_the_owner_speaks_for_a_bot(world: World) -> None:
    bot = await robot(world)
    given = {"BOT_ID": bot.id, "DIALOG_ID": world.bob.id, "MESSAGE": "x"}
    stranger = await world.alice.through(await world.install(name="Stranger"))
    assert await stranger.refused("imbot.message.add", **given) == (400, "APP_ID_ERROR")
    assert await stranger.refused("imbot.message.add", **{**given, "BOT_ID": 0}) == (400, "BOT_ID_ERROR")
    assert await world.alice.refused("imbot.message.add", **given) == (403, "ACCESS_DENIED")
    assert await world.alice.refused("imbot.message.add", **given, CLIENT_ID="x") == (400, "APP_ID_ERROR")
    await world.alice.call("imbot.register", **registration(CLIENT_ID="mine"))
    assert await world.alice.call("imbot.message.add", CLIENT_ID="mine", DIALOG_ID=world.bob.id, MESSAGE="x")


async def test_a_long_message_is_cut(world: World) -> None:
    bot = await robot(world)
    message_id = await bot.call("imbot.message.add", DIALOG_ID=world.bob.id, MESSAGE="x" * 20_001)
    assert (await stored(world, message_id)).text == "x" * 20_000 + " (...)"
