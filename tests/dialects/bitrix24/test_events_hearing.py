"""Who hears what: histories of supervisors, hybrids inside and outside lines, system lines, aliases of names.

Spec bitrix24-events §3; mentions, lines and absent bots: ``test_events_messages.py``.
"""

from __future__ import annotations

import pytest

from support.handlers import Handlers
from support.wire_events import bot_of, group, hear_changes, listening_bot, make_line
from support.world import World


@pytest.mark.parametrize(("hidden", "heard"), [("N", ["old", "new"]), ("Y", ["new"])])
async def test_a_supervisor_hears_changes_of_what_it_may_read(
    world: World, handlers: Handlers, hidden: str, heard: list[str]
) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script, TYPE="S")
    chat_id = await world.chat(world.bob, world.carol)
    old = await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x")
    gone = await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x")
    await world.bob.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[bot.id], HIDE_HISTORY=hidden)
    new = await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x")
    await script.take(2)  # it joined, and the new message

    await world.bob.call("im.message.update", MESSAGE_ID=old, MESSAGE="old")
    await world.bob.call("im.message.delete", MESSAGE_ID=gone)
    await world.bob.call("im.message.update", MESSAGE_ID=new, MESSAGE="new")

    told = [await script.next()]
    while told[-1].form["data"]["PARAMS"]["MESSAGE"] != "new":
        told.append(await script.next())
    changed = [one for one in told if one.event == "ONIMBOTMESSAGEUPDATE"]
    assert [one.form["data"]["PARAMS"]["MESSAGE"] for one in changed] == heard
    assert len(told) - len(changed) == (hidden == "N")


async def test_a_hybrid_works_in_dialogs_groups_and_lines_and_can_tell_them_apart(
    world: World, handlers: Handlers
) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script, OPENLINE="Y")
    chat_id, line = await group(world.bob, bot.id), await group(world.bob, bot.id)
    await make_line(world, line)

    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="not for it")
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=f"[USER={bot.id}]E[/USER] group")
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="private")
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{line}", MESSAGE="line")

    received = [one.form for one in await script.take(6)]
    told = [one["data"]["PARAMS"] for one in received if one["event"] == "ONIMBOTMESSAGEADD"]
    assert {one["MESSAGE"]: one["CHAT_ENTITY_TYPE"] for one in told} == {"group": "", "private": "", "line": "LINES"}


async def test_changes_in_a_line_reach_those_who_serve_it(world: World, handlers: Handlers) -> None:
    script, plain_script = handlers.at("/bot"), handlers.at("/plain")
    bot = await listening_bot(world, script, OPENLINE="Y")
    plain = await listening_bot(world, plain_script, "plain", TYPE="S")
    line = await group(world.bob, bot.id, plain.id)
    await plain_script.next()
    await make_line(world, line)
    message_id = await world.bob.call("im.message.add", DIALOG_ID=f"chat{line}", MESSAGE="first")

    await world.bob.call("im.message.update", MESSAGE_ID=message_id, MESSAGE="second")
    await world.bob.call("im.message.delete", MESSAGE_ID=message_id)

    _, *events = await script.take(4)
    assert [one.event for one in events] == ["ONIMBOTMESSAGEADD", "ONIMBOTMESSAGEUPDATE", "ONIMBOTMESSAGEDELETE"]
    assert not plain_script.untaken


async def test_lines_of_the_system_and_bots_words_are_not_told_even_when_they_change(
    world: World, handlers: Handlers
) -> None:
    script = handlers.at("/bot")
    application = await world.install(name="Two")
    bot = await bot_of(world, application, script, "one", TYPE="S")
    other = await bot_of(world, application, script, "two", TYPE="S")
    await hear_changes(bot, script)
    chat_id = await group(world.bob, bot.id, other.id)
    await script.take(2)
    for more in ({}, {"SYSTEM": "Y"}):
        given = {"DIALOG_ID": f"chat{chat_id}", "MESSAGE": f"[USER={bot.id}]One[/USER] hi", **more}
        message_id = await other.call("imbot.message.add", **given)
        await other.call("imbot.message.update", MESSAGE_ID=message_id, MESSAGE=f"[USER={bot.id}]One[/USER] again")
        await other.call("imbot.message.delete", MESSAGE_ID=message_id)
    system = {"DIALOG_ID": f"chat{chat_id}", "MESSAGE": "a line of the system", "SYSTEM": "Y"}
    await world.bob.call("im.message.add", **system)

    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="the end")

    data = (await script.next()).form["data"]
    assert data["PARAMS"]["MESSAGE"] == "the end"
    assert set(data["BOT"]) == {str(bot.id), str(other.id)}


async def test_a_bot_hears_no_more_when_it_has_left(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script, TYPE="S")
    chat_id = await group(world.bob, bot.id)
    message_id = await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="heard")
    await script.take(2)
    await bot.call("imbot.chat.leave", CHAT_ID=chat_id)

    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=f"[USER={bot.id}]E[/USER] gone?")
    await world.bob.call("im.message.update", MESSAGE_ID=message_id, MESSAGE=f"[USER={bot.id}]E[/USER] gone?")
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="private")

    _, received = await script.take(2)
    assert received.form["data"]["PARAMS"]["MESSAGE"] == "private"


async def test_the_other_name_of_joining_binds_the_same_event(world: World, handlers: Handlers) -> None:
    script, bound = handlers.at("/bot"), handlers.at("/bound")
    bot = await listening_bot(world, script)
    assert {"ONIMJOINCHAT", "ONIMBOTJOINCHAT"} <= set(await bot.owner.call("events"))
    await bot.owner.call("event.bind", EVENT="OnImJoinChat", HANDLER=bound.url)
    known = await bot.owner.call("event.get")
    assert {"event": "ONIMBOTJOINCHAT", "handler": bound.url, "auth_type": "0", "offline": 0} in known

    await group(world.bob, bot.id)

    assert (await bound.next()).event == (await script.next()).event == "ONIMBOTJOINCHAT"
    assert await bot.owner.call("event.unbind", EVENT="ONIMJOINCHAT", HANDLER=bound.url) == {"count": 1}
