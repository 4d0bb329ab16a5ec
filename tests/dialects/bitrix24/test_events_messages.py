"""What bots are told of messages: spec bitrix24-events §3 (who) and §5.1–§5.3 (what)."""

from __future__ import annotations

import asyncio

from skvorets.core.events import TypingStarted
from support.handlers import Handlers
from support.wire_events import (
    bot_of,
    check_auth,
    check_bot_credentials,
    group,
    hear_changes,
    listening_bot,
    make_line,
    user_of,
)
from support.world import World


async def test_a_private_message_reaches_the_bot_with_all_documented_keys(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)

    message_id = await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="Hello, [b]bot[/b]")

    joined, received = await script.take(2)
    assert joined.event == "ONIMBOTJOINCHAT"
    assert received.header("User-Agent") == "Bitrix24 Webhook Engine"
    assert received.header("Content-Type") == "application/x-www-form-urlencoded"
    form = received.form
    assert list(form) == ["event", "event_handler_id", "data", "ts", "auth"]
    assert form["event"] == "ONIMBOTMESSAGEADD"
    assert int(form["event_handler_id"]) > 0
    assert int(form["ts"]) > 1_700_000_000
    assert list(form["data"]) == ["BOT", "PARAMS", "USER"]
    chat_id = form["data"]["PARAMS"]["TO_CHAT_ID"]
    assert form["data"]["PARAMS"] == {
        "MESSAGE": "Hello, [b]bot[/b]",
        "TEMPLATE_ID": "",
        "MESSAGE_TYPE": "P",
        "FROM_USER_ID": str(world.bob.id),
        "DIALOG_ID": str(world.bob.id),
        "TO_CHAT_ID": chat_id,
        "AUTHOR_ID": str(world.bob.id),
        "SYSTEM": "N",
        "CHAT_ENTITY_TYPE": "",
        "CHAT_ENTITY_ID": "",
        "COMMAND_CONTEXT": "TEXTAREA",
        "CHAT_USER_COUNT": "2",
        "PLATFORM_CONTEXT": "web",
        "MESSAGE_ID": str(message_id),
        "CHAT_TYPE": "P",
        "LANGUAGE": "ru",
        "TO_USER_ID": str(bot.id),
    }
    assert form["data"]["USER"] == user_of(world.bob)
    assert list(form["data"]["BOT"]) == [str(bot.id)]
    check_bot_credentials(world, form["data"]["BOT"][str(bot.id)], bot.id)
    assert form["data"]["BOT"][str(bot.id)]["BOT_CODE"] == "echo"
    check_auth(world, form["auth"], world.bob.id)


async def test_a_mention_in_a_group_is_cut_from_the_text_and_kept_in_the_original(
    world: World, handlers: Handlers
) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)
    chat_id = await group(world.bob, world.carol.id, bot.id, COLOR="MINT")
    before = await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="nothing for the bot")
    text = f"[USER={bot.id}]Echo[/USER], ask [user={world.carol.id} REPLACE]Carol[/user] , please"

    message_id = await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=text)

    joined, received = await script.take(2)
    assert joined.event == "ONIMBOTJOINCHAT"
    assert received.form["data"]["PARAMS"] == {
        "MESSAGE": "ask  , please",
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
        "CHAT_COLOR": "MINT",
        "CHAT_ENTITY_TYPE": "",
        "CHAT_ENTITY_ID": "",
        "CHAT_ENTITY_DATA_1": "",
        "CHAT_ENTITY_DATA_2": "",
        "CHAT_ENTITY_DATA_3": "",
        "CHAT_EXTRANET": "N",
        "CHAT_PREV_MESSAGE_ID": str(before),
        "CHAT_CAN_POST": "MEMBER",
        "RID": str(world.bob.id),
        "IS_MANAGER": "Y",
        "COMMAND_CONTEXT": "TEXTAREA",
        "CHAT_USER_COUNT": "3",
        "MENTIONED_LIST": {str(bot.id): str(bot.id), str(world.carol.id): str(world.carol.id)},
        "PLATFORM_CONTEXT": "web",
        "MESSAGE_ORIGINAL": text,
        "TO_USER_ID": str(bot.id),
        "MESSAGE_ID": str(message_id),
        "LANGUAGE": "ru",
    }
    assert received.form["data"]["USER"] == user_of(world.bob)
    assert not script.untaken


async def test_a_supervisor_hears_everything_after_it_came_and_nothing_before(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script, TYPE="S")
    chat_id = await world.chat(world.bob, world.carol)
    await world.carol.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="before")
    await world.bob.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[bot.id])
    await world.carol.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="after")

    joined, received = await script.take(2)

    assert joined.event == "ONIMBOTJOINCHAT"
    params = received.form["data"]["PARAMS"]
    assert (params["MESSAGE"], params["TO_USER_ID"], params["CHAT_TYPE"]) == ("after", "0", "C")
    assert "MENTIONED_LIST" not in params
    assert params["IS_MANAGER"] == "N"


async def test_bots_of_one_application_share_a_post_and_another_application_gets_its_own(
    world: World, handlers: Handlers
) -> None:
    shared, other = handlers.at("/shared"), handlers.at("/other")
    application = await world.install(name="Two")
    one = await bot_of(world, application, shared, "one")
    two = await bot_of(world, application, shared, "two")
    foreign = await listening_bot(world, other, "foreign")
    chat_id = await group(world.bob, one.id, two.id, foreign.id)
    await shared.take(2)
    await other.next()

    text = f"[USER={two.id}]Two[/USER] [USER={one.id}]One[/USER] [USER={foreign.id}]F[/USER] hi"
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=text)

    data = (await shared.next()).form["data"]
    assert set(data["BOT"]) == {str(one.id), str(two.id)}
    assert data["PARAMS"]["TO_USER_ID"] == str(two.id)
    foreign_data = (await other.next()).form["data"]
    assert set(foreign_data["BOT"]) == {str(foreign.id)}
    assert foreign_data["BOT"][str(foreign.id)]["client_id"] != data["BOT"][str(one.id)]["client_id"]
    assert not shared.untaken


async def test_who_is_told_nothing(world: World, handlers: Handlers) -> None:
    """Bots as authors, absent bots, other people's dialogs, system lines and bots of lines outside lines."""
    script, of_lines = handlers.at("/bot"), handlers.at("/lines")
    bot = await listening_bot(world, script, TYPE="S")
    other = await listening_bot(world, handlers.at("/quiet"), "quiet")
    line_bot = await listening_bot(world, of_lines, "line", TYPE="O")
    chat_id = await group(world.bob, bot.id, other.id, line_bot.id)
    elsewhere = await world.chat(world.bob, world.carol)
    await script.next()  # it joined

    await other.call("imbot.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="a bot's words")
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{elsewhere}", MESSAGE=f"[USER={bot.id}]S[/USER] hi")
    await world.bob.call("im.message.add", DIALOG_ID=world.carol.id, MESSAGE="between us")
    await world.bob.call("im.chat.updateTitle", CHAT_ID=chat_id, TITLE="Renamed")
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="the end")

    assert (await script.next()).form["data"]["PARAMS"]["MESSAGE"] == "the end"
    assert [one.event for one in of_lines.requests] == []


async def test_in_a_line_all_bots_that_serve_lines_hear_everybody_and_others_nothing(
    world: World, handlers: Handlers
) -> None:
    hybrid_script, plain_script = handlers.at("/hybrid"), handlers.at("/plain")
    hybrid = await listening_bot(world, hybrid_script, "hybrid", OPENLINE="Y")
    plain = await listening_bot(world, plain_script, "plain", TYPE="S")
    chat_id = await group(world.bob, hybrid.id, plain.id)
    await hybrid_script.next()
    await plain_script.next()
    await make_line(world, chat_id)
    known = len(await world.events(TypingStarted.kind))

    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="I have a question")

    params = (await hybrid_script.next()).form["data"]["PARAMS"]
    assert (params["CHAT_TYPE"], params["CHAT_ENTITY_TYPE"]) == ("L", "LINES")
    assert (params["CHAT_ENTITY_ID"], params["MESSAGE"]) == ("livechat|1|2|3", "I have a question")
    assert not plain_script.untaken
    assert len(await world.events(TypingStarted.kind)) == known


async def test_the_server_shows_that_an_ordinary_bot_is_typing(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)

    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="hello")
    await script.take(2)

    typing = await world.events(TypingStarted.kind)
    assert [(event.actor_id) for event in typing if isinstance(event, TypingStarted)] == [bot.id, bot.id]


async def test_a_changed_message_is_told_when_it_was_bound_and_the_new_text_mentions_the_bot(
    world: World, handlers: Handlers
) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)
    chat_id = await group(world.bob, bot.id)
    message_id = await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="no mention")
    await world.bob.call("im.message.update", MESSAGE_ID=message_id, MESSAGE=f"[USER={bot.id}]E[/USER] not bound yet")
    await asyncio.sleep(0.002)  # times are kept in milliseconds
    await hear_changes(bot, script)
    text = f"[USER={bot.id}]Echo[/USER], changed"

    await world.bob.call("im.message.update", MESSAGE_ID=message_id, MESSAGE=text)

    joined, received = await script.take(2)
    assert joined.event == "ONIMBOTJOINCHAT"
    assert received.event == "ONIMBOTMESSAGEUPDATE"
    assert received.form["data"]["PARAMS"] == {
        "ID": str(message_id),
        "CHAT_ID": str(chat_id),
        "AUTHOR_ID": str(world.bob.id),
        "MESSAGE": "changed",
        "MESSAGE_TYPE": "C",
        "CHAT_AUTHOR_ID": str(world.bob.id),
        "CHAT_ENTITY_TYPE": "",
        "CHAT_ENTITY_ID": "",
        "CHAT_ENTITY_DATA_1": "",
        "CHAT_ENTITY_DATA_2": "",
        "CHAT_ENTITY_DATA_3": "",
        "CHAT_USER_COUNT": "2",
        "PLATFORM_CONTEXT": "web",
        "FROM_USER_ID": str(world.bob.id),
        "DIALOG_ID": f"chat{chat_id}",
        "MESSAGE_ID": str(message_id),
        "CHAT_TYPE": "C",
        "LANGUAGE": "ru",
        "TO_CHAT_ID": str(chat_id),
        "MESSAGE_ORIGINAL": text,
        "TO_USER_ID": str(bot.id),
        "MENTIONED_LIST": {str(bot.id): str(bot.id)},
    }
    assert received.form["data"]["USER"] == user_of(world.bob)
    check_bot_credentials(world, received.form["data"]["BOT"][str(bot.id)], bot.id)
    check_auth(world, received.form["auth"], world.bob.id)


async def test_a_deleted_private_message_is_told_without_what_it_said(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)
    await hear_changes(bot, script)
    message_id = await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="my secret")
    await script.take(2)

    await world.bob.call("im.message.delete", MESSAGE_ID=message_id)

    received = await script.next()
    assert received.event == "ONIMBOTMESSAGEDELETE"
    params = received.form["data"]["PARAMS"]
    assert params.pop("MESSAGE").startswith("Сообщение от ")
    chat_id = params["CHAT_ID"]
    assert params == {
        "ID": str(message_id),
        "CHAT_ID": chat_id,
        "AUTHOR_ID": str(world.bob.id),
        "MESSAGE_TYPE": "P",
        "CHAT_AUTHOR_ID": "0",
        "CHAT_ENTITY_TYPE": "",
        "CHAT_ENTITY_ID": "",
        "CHAT_ENTITY_DATA_1": "",
        "CHAT_ENTITY_DATA_2": "",
        "CHAT_ENTITY_DATA_3": "",
        "CHAT_USER_COUNT": "2",
        "PLATFORM_CONTEXT": "web",
        "FROM_USER_ID": str(world.bob.id),
        "DIALOG_ID": str(world.bob.id),
        "MESSAGE_ID": str(message_id),
        "CHAT_TYPE": "P",
        "LANGUAGE": "ru",
        "TO_USER_ID": str(bot.id),
    }
    assert b"secret" not in received.body
    assert received.form["data"]["USER"] == user_of(world.bob)
    check_auth(world, received.form["auth"], world.bob.id)


async def test_a_deleted_group_message_counts_the_mentions_that_it_had(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)
    await hear_changes(bot, script)
    chat_id = await group(world.bob, bot.id)
    plain = await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="plain")
    mention = await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=f"[USER={bot.id}]E[/USER] x")
    await script.take(2)

    await world.bob.call("im.message.delete", MESSAGE_ID=plain)
    await world.bob.call("im.message.delete", MESSAGE_ID=mention)

    params = (await script.next()).form["data"]["PARAMS"]
    assert params["ID"] == str(mention)
    assert params["TO_CHAT_ID"] == str(chat_id)
    assert not {"TO_USER_ID", "MESSAGE_ORIGINAL"} & set(params)


async def test_an_address_hears_nothing_that_happened_before_it_was_bound(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)
    chat_id = await group(world.bob, bot.id)
    message_id = await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="no mention")
    await script.next()
    await world.app.delivery.planner.stop()  # the planner lags behind …
    await world.bob.call("im.message.update", MESSAGE_ID=message_id, MESSAGE=f"[USER={bot.id}]E[/USER] before")
    await asyncio.sleep(0.002)  # times are kept in milliseconds
    await hear_changes(bot, script)
    await world.bob.call("im.message.update", MESSAGE_ID=message_id, MESSAGE=f"[USER={bot.id}]E[/USER] after")
    await world.app.delivery.planner.start(world.app.bus.follow())  # … and reads everything now

    received = await script.next()
    assert (received.event, received.form["data"]["PARAMS"]["MESSAGE"]) == ("ONIMBOTMESSAGEUPDATE", "after")
