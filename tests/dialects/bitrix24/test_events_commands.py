"""What bots are told of slash commands: spec bitrix24-events §5.5."""

from __future__ import annotations

from typing import Any

from skvorets.core import commands
from skvorets.core.commands import Click
from skvorets.core.events import TypingStarted
from skvorets.storage import chats, messages
from skvorets.storage import commands as command_rows
from skvorets.storage.database import Tx
from skvorets.storage.people import Person
from support.bots import PHRASES, Robot
from support.handlers import Handlers, HandlerScript
from support.wire_events import bot_of, check_auth, check_bot_credentials, group, listening_bot, user_of
from support.world import World


async def _command(bot: Robot, script: HandlerScript, name: str, **more: Any) -> int:
    given = {"COMMAND": name, "LANG": PHRASES, "EVENT_COMMAND_ADD": script.url, **more}
    command_id: int = await bot.call("imbot.command.register", **given)
    return command_id


async def test_a_typed_command_in_a_private_dialog_comes_instead_of_the_message(
    world: World, handlers: Handlers
) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)
    command_id = await _command(bot, script, "echo")

    message_id = await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="/echo two words")
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="plain")

    joined, received, plain = await script.take(3)
    assert [joined.event, plain.event] == ["ONIMBOTJOINCHAT", "ONIMBOTMESSAGEADD"]
    form = received.form
    assert form["event"] == "ONIMCOMMANDADD"
    assert list(form["data"]) == ["COMMAND", "PARAMS", "USER"]
    entry = form["data"]["COMMAND"][str(command_id)]
    check_bot_credentials(world, entry, bot.id)
    assert {key: entry[key] for key in entry if key.isupper() and key != "AUTH"} == {
        "BOT_ID": str(bot.id),
        "BOT_CODE": "echo",
        "COMMAND": "echo",
        "COMMAND_ID": str(command_id),
        "COMMAND_PARAMS": "two words",
        "COMMAND_CONTEXT": "TEXTAREA",
        "MESSAGE_ID": str(message_id),
    }
    params = form["data"]["PARAMS"]
    assert params == {
        "MESSAGE": "/echo two words",
        "TEMPLATE_ID": "",
        "MESSAGE_TYPE": "P",
        "FROM_USER_ID": str(world.bob.id),
        "DIALOG_ID": str(world.bob.id),
        "TO_CHAT_ID": params["TO_CHAT_ID"],
        "AUTHOR_ID": str(world.bob.id),
        "SYSTEM": "N",
        "TO_USER_ID": str(bot.id),
        "CHAT_USER_COUNT": "2",
        "MESSAGE_ID": str(message_id),
        "CHAT_TYPE": "P",
        "LANGUAGE": "ru",
    }
    assert form["data"]["USER"] == user_of(world.bob, has_flags=False)
    check_auth(world, form["auth"], world.bob.id)


async def test_a_command_in_a_group_silences_the_message_for_every_bot(world: World, handlers: Handlers) -> None:
    script, other_script = handlers.at("/bot"), handlers.at("/other")
    bot = await listening_bot(world, script)
    supervisor = await listening_bot(world, other_script, "other", TYPE="S")
    chat_id = await group(world.bob, bot.id, supervisor.id, COLOR="LIME")
    await script.next()
    await other_script.next()
    command_id = await _command(bot, script, "echo")
    typing = len(await world.events(TypingStarted.kind))

    message_id = await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="/echo")
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="the end")

    form = (await script.next()).form
    entry = form["data"]["COMMAND"][str(command_id)]
    assert (entry["COMMAND_PARAMS"], entry["MESSAGE_ID"]) == ("", str(message_id))
    params = form["data"]["PARAMS"]
    assert params == {
        "MESSAGE": "/echo",
        "TEMPLATE_ID": "",
        "MESSAGE_TYPE": "C",
        "FROM_USER_ID": str(world.bob.id),
        "DIALOG_ID": f"chat{chat_id}",
        "TO_CHAT_ID": str(chat_id),
        "AUTHOR_ID": str(world.bob.id),
        "SYSTEM": "N",
        "CHAT_ID": str(chat_id),
        "CHAT_TITLE": "Test",
        "CHAT_AUTHOR_ID": str(world.bob.id),
        "CHAT_TYPE": "C",
        "CHAT_AVATAR": "0",
        "CHAT_COLOR": "LIME",
        "CHAT_ENTITY_TYPE": "",
        "CHAT_ENTITY_ID": "",
        "CHAT_ENTITY_DATA_1": "",
        "CHAT_ENTITY_DATA_2": "",
        "CHAT_ENTITY_DATA_3": "",
        "CHAT_EXTRANET": "N",
        "CHAT_PREV_MESSAGE_ID": params["CHAT_PREV_MESSAGE_ID"],
        "CHAT_CAN_POST": "MEMBER",
        "RID": str(world.bob.id),
        "IS_MANAGER": "Y",
        "BOT_IN_CHAT": {str(bot.id): str(bot.id), str(supervisor.id): str(supervisor.id)},
        "MESSAGE_ORIGINAL": "/echo",
        "CHAT_USER_COUNT": "3",
        "MESSAGE_ID": str(message_id),
        "LANGUAGE": "ru",
    }
    assert (await other_script.next()).form["data"]["PARAMS"]["MESSAGE"] == "the end"
    assert len(await world.events(TypingStarted.kind)) == typing + 1


async def test_commands_of_one_application_share_a_post_and_a_repeated_one_gets_another(
    world: World, handlers: Handlers
) -> None:
    script = handlers.at("/bot")
    application = await world.install(name="Two")
    one = await bot_of(world, application, script, "one")
    two = await bot_of(world, application, script, "two")
    of_one = await _command(one, script, "say", COMMON="Y")
    of_two = await _command(two, script, "say", COMMON="Y")

    await world.bob.call("im.message.add", DIALOG_ID=world.carol.id, MESSAGE="/say a\n/say b\n/say a")

    first, second = [(await script.next()).form["data"] for _ in range(2)]
    for data, said in ((first, "a"), (second, "b")):
        assert {key: entry["COMMAND_PARAMS"] for key, entry in data["COMMAND"].items()} == {
            str(of_one): said,
            str(of_two): said,
        }
        assert data["PARAMS"]["TO_USER_ID"] == str(world.carol.id)
    assert not script.untaken


async def test_a_click_on_a_keyboard_names_the_message_that_holds_it(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)
    chat_id = await group(world.bob, bot.id)
    await script.next()
    command_id = await _command(bot, script, "echo")
    message_id = await bot.call("imbot.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="Choose")
    typing = len(await world.events(TypingStarted.kind))

    await world.unit(_click, chat_id, world.bob.person, message_id, command_id)

    data = (await script.next()).form["data"]
    entry = data["COMMAND"][str(command_id)]
    assert (entry["COMMAND_CONTEXT"], entry["MESSAGE_ID"]) == ("KEYBOARD", str(message_id))
    assert (data["PARAMS"]["MESSAGE"], data["PARAMS"]["MESSAGE_ID"]) == ("/echo 42", str(message_id))
    assert data["PARAMS"]["FROM_USER_ID"] == str(world.bob.id)
    assert len(await world.events(TypingStarted.kind)) == typing


async def _click(tx: Tx, chat_id: int, person: Person, message_id: int, command_id: int) -> None:
    """What the web client's click on a button comes to."""
    chat = await chats.find(tx, chat_id)
    message, command = await messages.find(tx, message_id), await command_rows.find(tx, command_id)
    assert chat
    assert message
    assert command
    click = Click(chat=chat, person=person, message=message, command=command, params="42", context="KEYBOARD")
    await commands.call_button(tx, click)
