"""Calling slash commands: where, by whom, how many at once, and what is shown of them in which language."""

from __future__ import annotations

import pytest

from skvorets.core.commands import PERMIT_MS, Phrase, check_name, phrase_for
from skvorets.core.events import CommandCall, CommandCalled, MessageAdded
from skvorets.errors import EmptyCodeError, WrongNameError
from skvorets.storage import chats, commands
from skvorets.storage.commands import Command
from skvorets.storage.database import Tx
from support.bots import command, log, new_events, registration, robot
from support.world import World


async def calls(world: World, known: int) -> list[CommandCalled]:
    return [event for event in await new_events(world, known) if isinstance(event, CommandCalled)]


async def permit(world: World, bot_id: int, chat_id: int) -> int:
    return await world.app.store.read(commands.permit_until, bot_id, chat_id)


async def test_a_typed_command_is_called_and_reaches_no_bot_as_a_message(world: World) -> None:
    bot = await robot(world)
    command_id = await command(bot)
    known = len(await log(world))
    text = "/echo one \n/Echo no\n /echo no\n/echo one\n/echo"
    message_id = await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE=text)
    [event] = await calls(world, known)
    assert (event.person_id, event.message_id, event.context) == (world.bob.id, message_id, "TEXTAREA")
    assert event.calls == [CommandCall(command_id, "one"), CommandCall(command_id, "")]
    [added] = await new_events(world, known, "message.added")
    assert isinstance(added, MessageAdded)
    assert not added.calls_bots
    assert await permit(world, bot.id, event.chat_id) == 0


async def test_a_local_command_needs_its_bot_and_a_common_one_gets_a_permit(world: World) -> None:
    bot = await robot(world)
    await command(bot, "local")
    common = await command(bot, "common", COMMON="Y")
    chat_id = await world.chat(world.bob, world.carol)
    known = len(await log(world))
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="/local")
    [added] = await new_events(world, known)
    assert isinstance(added, MessageAdded)
    assert added.calls_bots
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="/local\n/common")
    [event] = await calls(world, known)
    assert [one.command_id for one in event.calls] == [common]

    async def now(tx: Tx) -> int:
        return tx.now

    assert 0 < await permit(world, bot.id, chat_id) <= await world.app.store.read(now) + PERMIT_MS


async def test_ten_commands_are_called_however_many_bots_share_a_name(world: World) -> None:
    chat_id = await world.chat(world.bob, world.carol)
    first = await robot(world)
    ids = [await command(first, COMMON="Y")]
    for number in range(3):
        other = first._replace(id=await first.owner.call("imbot.register", **registration(f"bot{number}")))
        ids.append(await command(other, COMMON="Y"))
    known = len(await log(world))
    text = "\n".join(f"/echo {number}" for number in range(8))
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=text)
    [event] = await calls(world, known)
    assert len(event.calls) == 10
    assert [one.command_id for one in event.calls[:4]] == ids


async def test_extranet_users_need_commands_that_are_for_them(world: World) -> None:
    bot = await robot(world)
    await command(bot, "inner")
    outer = await command(bot, "outer", EXTRANET_SUPPORT="Y")
    chat_id = await bot.call("imbot.chat.add", USERS=[world.outsider.id])
    known = len(await log(world))
    await world.outsider.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="/inner\n/outer")
    [event] = await calls(world, known)
    assert [one.command_id for one in event.calls] == [outer]


@pytest.mark.parametrize(
    ("openline", "is_member", "is_called"), [("Y", True, True), ("N", True, False), ("Y", False, False)]
)
async def test_lines_call_their_own_bots_only(world: World, openline: str, is_member: bool, is_called: bool) -> None:  # noqa: FBT001
    bot = await robot(world, OPENLINE=openline)
    await command(bot, COMMON="Y")
    chat_id = await world.chat(world.bob)
    if is_member:
        await world.bob.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[bot.id])

    async def become_line(tx: Tx) -> None:
        await tx.do("UPDATE chats SET kind = 'line', entity_type = 'LINES' WHERE id = $1", chat_id)

    await world.unit(become_line)
    known = len(await log(world))
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="/echo")
    assert bool(await calls(world, known)) is is_called


async def test_visitors_of_a_live_chat_have_no_commands(world: World) -> None:
    bot = await robot(world)
    await command(bot, COMMON="Y")
    chat_id = await world.chat(world.bob, ENTITY_TYPE="LIVECHAT", ENTITY_ID="1|2")
    chat = await world.app.store.read(chats.find, chat_id)
    assert chat is not None
    assert chat.entity_type == "LIVECHAT"
    known = len(await log(world))
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="/echo")
    assert await calls(world, known) == []


async def test_a_button_calls_its_command_and_publishes_nothing(world: World) -> None:
    bot = await robot(world)
    command_id = await command(bot)
    buttons = [{"TEXT": "Go", "COMMAND": "echo", "COMMAND_PARAMS": "1"}]
    message_id = await bot.call("imbot.message.add", DIALOG_ID=world.bob.id, MESSAGE="press", KEYBOARD=buttons)
    known = len(await log(world))
    given = {"MESSAGE_ID": message_id, "BOT_ID": bot.id, "COMMAND": "echo", "COMMAND_PARAMS": "1"}
    assert await world.bob.call("im.message.command", **given) is True
    [event] = await new_events(world, known)
    assert isinstance(event, CommandCalled)
    assert (event.text, event.context, event.calls) == ("/echo 1", "KEYBOARD", [CommandCall(command_id, "1")])


@pytest.mark.parametrize("given", ["echo", "/echo", " /echo ", "Echo-2_a.b"])
def test_a_name_is_given_without_its_slash(given: str) -> None:
    assert check_name(given) == given.strip().removeprefix("/")


@pytest.mark.parametrize("given", ["", " ", "/", " / "])
def test_an_empty_name_is_refused(given: str) -> None:
    with pytest.raises(EmptyCodeError):
        check_name(given)


@pytest.mark.parametrize("given", ["a b", "//a", "эхо", "a\0", "a\nb", "/me", "getDialogId", ">>", "x" * 256])
def test_a_name_that_cannot_be_typed_or_is_the_clients_is_refused(given: str) -> None:
    with pytest.raises(WrongNameError):
        check_name(given)


@pytest.mark.parametrize(
    ("phrases", "language", "title"),
    [
        ('{"ru":{"title":"р"},"en":{"title":"e"},"de":{"title":"d"}}', "DE", "d"),
        ('{"ru":{"title":"р"},"en":{"title":"e"}}', "ua", "р"),
        ('{"ru":{"title":"р"},"en":{"title":"e"}}', "by", "р"),
        ('{"ru":{"title":"р"},"en":{"title":"e"}}', "kz", "р"),
        ('{"ru":{"title":"р"},"en":{"title":"e"}}', "fr", "e"),
        ('{"en":{"title":"e"}}', "kz", None),
        ('{"en":{"title":"e"}}', "ru", None),
        ('{"ru":{"title":"р"}}', "fr", None),
    ],
)
def test_the_words_are_those_of_the_language_or_its_neighbour(phrases: str, language: str, title: str | None) -> None:
    found = phrase_for(Command(1, 1, 1, "echo", 0, 0, 0, phrases, 0), language)
    assert found == (None if title is None else Phrase(title))
