"""What bots are told when they come into a chat: spec bitrix24-events §5.4."""

from __future__ import annotations

from skvorets.core import members
from skvorets.core.events import TypingStarted
from skvorets.storage import chats, people
from skvorets.storage.database import Tx
from skvorets.storage.people import Person
from support.handlers import Handlers
from support.wire_events import (
    bot_of,
    check_auth,
    check_bot_credentials,
    group,
    listening_bot,
    make_line,
    user_of,
)
from support.world import World


async def test_opening_the_private_dialog_is_told_once(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)

    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="first")
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="second")

    received, *others = await script.take(3)
    assert [one.event for one in others] == ["ONIMBOTMESSAGEADD", "ONIMBOTMESSAGEADD"]
    form = received.form
    assert form["event"] == "ONIMBOTJOINCHAT"
    assert list(form["data"]) == ["BOT", "PARAMS", "USER"]
    assert form["data"]["PARAMS"] == {
        "CHAT_TYPE": "P",
        "MESSAGE_TYPE": "P",
        "BOT_ID": str(bot.id),
        "USER_ID": str(world.bob.id),
        "TO_USER_ID": str(bot.id),
        "FROM_USER_ID": str(world.bob.id),
        "CHAT_ENTITY_TYPE": "",
        "CHAT_ENTITY_ID": "",
        "DIALOG_ID": str(world.bob.id),
        "LANGUAGE": "ru",
    }
    assert form["data"]["USER"] == user_of(world.bob, has_flags=False)
    check_bot_credentials(world, form["data"]["BOT"][str(bot.id)], bot.id)
    check_auth(world, form["auth"], world.bob.id, has_refresh=False)


async def test_a_bot_that_writes_first_is_told_too_and_is_the_side_that_began(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)

    await bot.call("imbot.message.add", DIALOG_ID=world.carol.id, MESSAGE="Good morning")

    received = await script.next()
    params = received.form["data"]["PARAMS"]
    assert (params["FROM_USER_ID"], params["TO_USER_ID"]) == (str(bot.id), str(world.carol.id))
    assert (params["USER_ID"], params["DIALOG_ID"]) == (str(world.carol.id), str(world.carol.id))
    assert received.form["data"]["USER"] == user_of(world.carol, has_flags=False)
    check_auth(world, received.form["auth"], world.carol.id, has_refresh=False)


async def test_an_invitation_to_a_group_is_told_to_each_invited_bot(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    application = await world.install(name="Two")
    one = await bot_of(world, application, script, "one")
    two = await bot_of(world, application, script, "two")
    chat_id = await group(world.bob, world.carol.id, ENTITY_TYPE="THREAD", ENTITY_ID="17")
    known = len(await world.events(TypingStarted.kind))

    await world.bob.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[one.id, two.id], HIDE_HISTORY="Y")

    first, second = await script.take(2)
    assert [set(each.form["data"]["BOT"]) for each in (first, second)] == [{str(one.id)}, {str(two.id)}]
    assert first.form["data"]["PARAMS"] == {
        "CHAT_TYPE": "C",
        "MESSAGE_TYPE": "C",
        "BOT_ID": str(one.id),
        "USER_ID": str(world.bob.id),
        "CHAT_ID": str(chat_id),
        "CHAT_AUTHOR_ID": str(world.bob.id),
        "CHAT_ENTITY_TYPE": "THREAD",
        "CHAT_ENTITY_ID": "17",
        "ACCESS_HISTORY": "0",
        "DIALOG_ID": f"chat{chat_id}",
        "LANGUAGE": "ru",
    }
    assert first.form["data"]["USER"] == user_of(world.bob, has_flags=False)
    check_auth(world, first.form["auth"], world.bob.id, has_refresh=False)
    assert len(await world.events(TypingStarted.kind)) == known + 2


async def test_a_bot_is_not_told_of_the_group_that_it_made_itself(world: World, handlers: Handlers) -> None:
    script, other_script = handlers.at("/bot"), handlers.at("/other")
    bot = await listening_bot(world, script)
    other = await listening_bot(world, other_script, "other")

    chat_id = await bot.call("imbot.chat.add", TYPE="OPEN", USERS=[world.bob.id, other.id], TITLE="Made by a bot")
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=f"[USER={bot.id}]E[/USER] hi")

    params = (await other_script.next()).form["data"]["PARAMS"]
    assert (params["CHAT_TYPE"], params["USER_ID"], params["ACCESS_HISTORY"]) == ("O", str(bot.id), "1")
    assert (await script.next()).event == "ONIMBOTMESSAGEADD"


async def test_a_bot_of_lines_is_told_of_lines_only(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script, TYPE="O")
    await group(world.bob, bot.id)
    line = await group(world.bob, world.carol.id)
    await make_line(world, line)

    await world.unit(_seat, line, bot.id, world.bob.person)

    params = (await script.next()).form["data"]["PARAMS"]
    assert (params["DIALOG_ID"], params["CHAT_TYPE"], params["CHAT_ENTITY_TYPE"]) == (f"chat{line}", "L", "LINES")


async def _seat(tx: Tx, chat_id: int, bot_id: int, inviter: Person) -> None:
    """What a session of a line does when a bot is its first line."""
    chat, bot = await chats.find(tx, chat_id), await people.find(tx, bot_id)
    assert chat
    assert bot
    await members.seat_members(tx, chat, [bot], inviter, shows_history=True)
