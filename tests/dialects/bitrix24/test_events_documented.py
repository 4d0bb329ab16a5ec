"""The sample events of the documentation (seed, «Работа с событиями»), key by key, for every kind of chat.

What a sample shows must be there, in the map where it stands; what comes beside it is listed, with the order on the
wire. Values: ``test_events_messages.py``, ``test_events_joins.py``, ``test_events_commands.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from support.bots import PHRASES, Robot
from support.files import send_file
from support.handlers import Handlers, HandlerScript, Received
from support.wire_events import check_auth, group, hear_changes, listening_bot
from support.world import Actor, World

# The keys of PARAMS in the samples; those in ONLY_IN_GROUPS are there "only in group chats".
_MESSAGE = (
    "DIALOG_ID CHAT_TYPE CHAT_ENTITY_TYPE CHAT_ENTITY_ID MESSAGE_ID MESSAGE MESSAGE_ORIGINAL FROM_USER_ID TO_USER_ID"
    " TO_CHAT_ID LANGUAGE"
)
SAMPLES: Mapping[str, str] = {
    "ONIMBOTMESSAGEADD": _MESSAGE,
    "ONIMBOTMESSAGEUPDATE": _MESSAGE,
    "ONIMBOTMESSAGEDELETE": "DIALOG_ID CHAT_TYPE CHAT_ENTITY_TYPE CHAT_ENTITY_ID MESSAGE_ID MESSAGE FROM_USER_ID"
    " TO_CHAT_ID LANGUAGE",
    "ONIMCOMMANDADD": "DIALOG_ID CHAT_TYPE MESSAGE_ID MESSAGE MESSAGE_ORIGINAL FROM_USER_ID TO_USER_ID TO_CHAT_ID"
    " LANGUAGE",
    "ONIMBOTJOINCHAT": "DIALOG_ID BOT_ID CHAT_TYPE CHAT_ENTITY_TYPE USER_ID LANGUAGE",
}
ONLY_IN_GROUPS = frozenset({"MESSAGE_ORIGINAL", "TO_CHAT_ID"})
ONLY_IN_PRIVATE: Mapping[str, frozenset[str]] = {"ONIMCOMMANDADD": frozenset({"TO_USER_ID"})}
USER = ["ID", "NAME", "FIRST_NAME", "LAST_NAME", "WORK_POSITION", "GENDER"]
USER_FLAGS = ["IS_BOT", "IS_CONNECTOR", "IS_NETWORK", "IS_EXTRANET"]
# AUTH of a bot in the samples.
BOT_AUTH = {"domain", "member_id", "application_token"}

# The whole of PARAMS as we send it, in order.
_HEAD = "MESSAGE TEMPLATE_ID MESSAGE_TYPE FROM_USER_ID DIALOG_ID TO_CHAT_ID AUTHOR_ID SYSTEM"
_CHAT = (
    "CHAT_ID CHAT_TITLE CHAT_AUTHOR_ID CHAT_TYPE CHAT_AVATAR CHAT_COLOR CHAT_ENTITY_TYPE CHAT_ENTITY_ID"
    " CHAT_ENTITY_DATA_1 CHAT_ENTITY_DATA_2 CHAT_ENTITY_DATA_3 CHAT_EXTRANET CHAT_PREV_MESSAGE_ID CHAT_CAN_POST RID"
    " IS_MANAGER"
)
_CHANGED = (
    "ID CHAT_ID AUTHOR_ID MESSAGE MESSAGE_TYPE CHAT_AUTHOR_ID CHAT_ENTITY_TYPE CHAT_ENTITY_ID CHAT_ENTITY_DATA_1"
    " CHAT_ENTITY_DATA_2 CHAT_ENTITY_DATA_3 CHAT_USER_COUNT PLATFORM_CONTEXT FROM_USER_ID DIALOG_ID MESSAGE_ID"
    " CHAT_TYPE LANGUAGE"
)
IN_PRIVATE: Mapping[str, str] = {
    "ONIMBOTMESSAGEADD": f"{_HEAD} CHAT_ENTITY_TYPE CHAT_ENTITY_ID COMMAND_CONTEXT CHAT_USER_COUNT PLATFORM_CONTEXT"
    " MESSAGE_ID CHAT_TYPE LANGUAGE TO_USER_ID",
    "ONIMBOTMESSAGEUPDATE": f"{_CHANGED} TO_USER_ID",
    "ONIMBOTMESSAGEDELETE": f"{_CHANGED} TO_USER_ID",
    "ONIMCOMMANDADD": f"{_HEAD} TO_USER_ID CHAT_USER_COUNT MESSAGE_ID CHAT_TYPE LANGUAGE",
    "ONIMBOTJOINCHAT": "CHAT_TYPE MESSAGE_TYPE BOT_ID USER_ID TO_USER_ID FROM_USER_ID CHAT_ENTITY_TYPE CHAT_ENTITY_ID"
    " DIALOG_ID LANGUAGE",
}
IN_GROUPS: Mapping[str, str] = {
    "ONIMBOTMESSAGEADD": f"{_HEAD} {_CHAT} COMMAND_CONTEXT CHAT_USER_COUNT MENTIONED_LIST PLATFORM_CONTEXT"
    " MESSAGE_ORIGINAL TO_USER_ID MESSAGE_ID LANGUAGE",
    "ONIMBOTMESSAGEUPDATE": f"{_CHANGED} TO_CHAT_ID MESSAGE_ORIGINAL TO_USER_ID MENTIONED_LIST",
    "ONIMBOTMESSAGEDELETE": f"{_CHANGED} TO_CHAT_ID",
    "ONIMCOMMANDADD": f"{_HEAD} {_CHAT} BOT_IN_CHAT MESSAGE_ORIGINAL CHAT_USER_COUNT MESSAGE_ID LANGUAGE",
    "ONIMBOTJOINCHAT": "CHAT_TYPE MESSAGE_TYPE BOT_ID USER_ID CHAT_ID CHAT_AUTHOR_ID CHAT_ENTITY_TYPE CHAT_ENTITY_ID"
    " ACCESS_HISTORY DIALOG_ID LANGUAGE",
}
HAS_FLAGS = {"ONIMBOTMESSAGEADD", "ONIMBOTMESSAGEUPDATE", "ONIMBOTMESSAGEDELETE"}
WITHOUT_REFRESH = {"ONIMBOTJOINCHAT"}


async def live(world: World, bot: Robot, script: HandlerScript, dialog: str, text: str) -> list[Received]:
    """Let bob write, change, delete and command; the four events."""
    given = {"COMMAND": "echo", "LANG": PHRASES, "EVENT_COMMAND_ADD": script.url}
    await bot.call("imbot.command.register", **given)
    message_id = await world.bob.call("im.message.add", DIALOG_ID=dialog, MESSAGE=text)
    await world.bob.call("im.message.update", MESSAGE_ID=message_id, MESSAGE=f"{text} again")
    await world.bob.call("im.message.delete", MESSAGE_ID=message_id)
    await world.bob.call("im.message.add", DIALOG_ID=dialog, MESSAGE="/echo this")
    return await script.take(4)


def check_event(world: World, received: Received, orders: Mapping[str, str], *, not_here: frozenset[str]) -> None:
    """Compare an event with its sample and with the order on the wire."""
    form, name = received.form, received.event
    assert list(form) == ["event", "event_handler_id", "data", "ts", "auth"], name
    params = form["data"]["PARAMS"]
    assert set(SAMPLES[name].split()) - not_here - params.keys() == set(), name
    assert list(params) == orders[name].split(), name
    assert list(form["data"]["USER"]) == USER + (USER_FLAGS if name in HAS_FLAGS else []), name
    check_auth(world, form["auth"], world.bob.id, has_refresh=name not in WITHOUT_REFRESH)
    first = "COMMAND" if name == "ONIMCOMMANDADD" else "BOT"
    assert list(form["data"]) == [first, "PARAMS", "USER"], name
    [entry] = form["data"][first].values()
    assert set(entry["AUTH"]) >= BOT_AUTH
    own = ["AUTH", "BOT_ID", "BOT_CODE"]
    if first == "COMMAND":
        own += ["COMMAND", "COMMAND_ID", "COMMAND_PARAMS", "COMMAND_CONTEXT", "MESSAGE_ID"]
    assert [key for key in entry if key.isupper()] == own
    assert all(isinstance(value, str) for value in leaves(form)), name


def leaves(value: Any) -> list[Any]:
    """Give every value of a form that is no map or list."""
    if isinstance(value, dict | list):
        return [leaf for one in (value.values() if isinstance(value, dict) else value) for leaf in leaves(one)]
    return [value]


def not_in(name: str, kind: str) -> frozenset[str]:
    """Give the keys of a sample that do not belong into a kind of chat.

    COMPAT(bitrix24): TO_CHAT_ID is sent in private dialogs, too, as the vendor's portals do.
    """
    return ONLY_IN_GROUPS if kind == "private" else ONLY_IN_PRIVATE.get(name, frozenset())


async def test_events_of_a_private_dialog(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)
    await hear_changes(bot, script)
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="hello")
    joined, _ = await script.take(2)

    events = [joined, *await live(world, bot, script, str(bot.id), "something")]

    assert [one.event for one in events] == ["ONIMBOTJOINCHAT", *list(SAMPLES)[:4]]
    for received in events:
        check_event(world, received, IN_PRIVATE, not_here=not_in(received.event, "private"))
        params = received.form["data"]["PARAMS"]
        assert "MESSAGE_ORIGINAL" not in params
        assert (params["CHAT_TYPE"], params["DIALOG_ID"]) == ("P", str(world.bob.id))


@pytest.mark.parametrize(("kind", "letter"), [("CHAT", "C"), ("OPEN", "O")])
async def test_events_of_groups(world: World, handlers: Handlers, kind: str, letter: str) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)
    await hear_changes(bot, script)
    chat_id = await group(world.bob, world.carol.id, bot.id, TYPE=kind)
    joined = await script.next()

    events = [joined, *await live(world, bot, script, f"chat{chat_id}", f"[USER={bot.id}]Echo[/USER], hi")]

    assert [one.event for one in events] == ["ONIMBOTJOINCHAT", *list(SAMPLES)[:4]]
    for received in events:
        check_event(world, received, IN_GROUPS, not_here=not_in(received.event, "group"))
        params = received.form["data"]["PARAMS"]
        assert (params["CHAT_TYPE"], params["DIALOG_ID"]) == (letter, f"chat{chat_id}")


async def test_a_supervisor_gets_the_same_without_being_mentioned(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script, TYPE="S")
    chat_id = await group(world.bob, world.carol.id, bot.id)
    await script.next()

    events = await live(world, bot, script, f"chat{chat_id}", "between us")

    unmentioned = {name: order.replace(" MENTIONED_LIST", "") for name, order in IN_GROUPS.items()}
    assert [one.event for one in events] == list(SAMPLES)[:4]
    for received in events:
        check_event(world, received, unmentioned, not_here=not_in(received.event, "group"))
    for received in events[:2]:
        assert received.form["data"]["PARAMS"]["TO_USER_ID"] == "0"


async def test_the_end_of_a_bot_and_the_life_of_an_application(world: World, handlers: Handlers) -> None:
    install, bots = handlers.at("/install"), handlers.at("/bot")
    await world.install(install_url=install.url)
    form = (await install.next()).form
    assert set(form["data"]) >= {"LANGUAGE_ID", "VERSION"}
    sample = {"access_token", "scope", "domain", "application_token", "expires_in", "member_id", "refresh_token"}
    assert set(form["auth"]) >= sample

    bot = await listening_bot(world, bots)
    await bot.call("imbot.unregister")
    deleted = (await bots.next()).form
    assert list(deleted["data"]) == ["BOT_ID", "BOT_CODE"]


async def test_files_come_with_the_message_wherever_it_is(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script, TYPE="S")
    chat_id = await group(world.bob, world.carol.id, bot.id)
    await script.next()

    file_id = await send_file(world.bob, chat_id, "plan.txt", b"words", text=f"[USER={bot.id}]Echo[/USER] look")

    params = (await script.next()).form["data"]["PARAMS"]
    assert list(params) == [*IN_GROUPS["ONIMBOTMESSAGEADD"].split(), "PARAMS", "FILES"]
    assert params["PARAMS"] == {"FILE_ID": [str(file_id)]}
    file = params["FILES"][str(file_id)]
    assert (file["id"], file["name"], file["size"], file["type"]) == (str(file_id), "plan.txt", "5", "file")
    assert (params["MESSAGE"], params["TO_USER_ID"]) == ("look", str(bot.id))


@pytest.mark.parametrize("context", ["KEYBOARD", "MENU"])
async def test_a_click_through_the_api_says_where_it_was(world: World, handlers: Handlers, context: str) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)
    given = {"COMMAND": "echo", "HIDDEN": "Y", "EVENT_COMMAND_ADD": script.url}
    command_id = await bot.call("imbot.command.register", **given)
    button = [{"TEXT": "Go", "COMMAND": "echo", "COMMAND_PARAMS": "42"}]
    message_id = await bot.call("imbot.message.add", DIALOG_ID=world.bob.id, MESSAGE="Choose", **{context: button})
    await script.next()  # the dialog was opened

    await click(world.bob, message_id, bot)

    data = (await script.next()).form["data"]
    assert list(data["PARAMS"]) == IN_PRIVATE["ONIMCOMMANDADD"].split()
    entry = data["COMMAND"][str(command_id)]
    assert (entry["COMMAND_CONTEXT"], entry["COMMAND_PARAMS"], entry["MESSAGE_ID"]) == (context, "42", str(message_id))
    assert (data["PARAMS"]["MESSAGE"], data["PARAMS"]["FROM_USER_ID"]) == ("/echo 42", str(world.bob.id))


async def click(actor: Actor, message_id: int, bot: Robot) -> None:
    asked = {"MESSAGE_ID": message_id, "BOT_ID": bot.id, "COMMAND": "echo", "COMMAND_PARAMS": "42"}
    assert await actor.call("im.message.command", **asked) is True
