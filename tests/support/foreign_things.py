"""Things of alice's, made anew for each call, with the parameters that name them: for tests of who may do what.

Titles, texts and names carry ``SECRET``, so that an answer to somebody else can be searched for it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from skvorets.core import offline_events
from skvorets.dialects.bitrix24.registry import Method
from support.good_calls import prepare, prepare_line
from support.notices import notices
from support.pictures import base64_of, picture
from support.world import Actor, World

SECRET = "xyzzy-plan"
# The department «Sales» of ``support.company``, when that is made first.
SALES = 2

Maker = Callable[[World, Actor, dict[str, Any]], Awaitable[dict[str, Any]]]


async def things_for(world: World, owner: Actor, row: Method, handler: str) -> dict[str, Any]:
    """Give the parameters of a call about the owner's things; ``owner`` is alice through an application."""
    known = await prepare(world, owner, row, handler)
    name = row.name.lower()
    if chat_id := chat_of(known):
        prefix, bot = speaker(known)
        await owner.call(f"{prefix}.chat.updateTitle", CHAT_ID=chat_id, TITLE=SECRET, **bot)
        await owner.call(f"{prefix}.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=SECRET, **bot)
    for begin, make in MAKERS.items():
        if name.startswith(begin):
            known |= await make(world, owner, known)
    return {key: value for key, value in known.items() if key not in NOT_GIVEN.get(name, ())}


def chat_of(params: Mapping[str, Any]) -> int:
    """Give the chat that a call is about, 0 = none."""
    found = params.get("CHAT_ID") or str(params.get("DIALOG_ID", "")).removeprefix("chat")
    return int(found) if str(found).isdecimal() else 0


def speaker(params: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Give the methods, and the parameter, with which the owner of a call's chat acts: himself or his bot."""
    return ("imbot", {"BOT_ID": params["BOT_ID"]}) if "BOT_ID" in params else ("im", {})


async def _entity(world: World, owner: Actor, params: dict[str, Any]) -> dict[str, Any]:
    prefix, bot = speaker(params)
    entity = {"ENTITY_TYPE": "THING", "ENTITY_ID": str(len(await world.events()))}
    await owner.call(f"{prefix}.chat.add", USERS=[world.bob.id], TITLE=SECRET, **bot, **entity)
    return entity


async def _member(world: World, owner: Actor, params: dict[str, Any]) -> dict[str, Any]:
    """A member whom the owner may remove or promote."""
    prefix, bot = speaker(params)
    await owner.ask(f"{prefix}.chat.user.add", CHAT_ID=params["CHAT_ID"], USERS=[world.bob.id], **bot)
    return {"USER_ID": world.bob.id}


async def _colour(world: World, owner: Actor, params: dict[str, Any]) -> dict[str, Any]:
    """The chat got a colour by chance: give it another than the one that is asked for."""
    del world
    prefix, bot = speaker(params)
    await owner.ask(f"{prefix}.chat.updateColor", CHAT_ID=params["CHAT_ID"], COLOR="LIME", **bot)
    return {"COLOR": "MINT"}


async def _found(world: World, owner: Actor, params: dict[str, Any]) -> dict[str, Any]:
    del params
    await owner.call("im.chat.add", USERS=[world.bob.id], TITLE=SECRET)
    return {"FIND": SECRET}


async def _unread(world: World, owner: Actor, params: dict[str, Any]) -> dict[str, Any]:
    del owner
    if "DIALOG_ID" not in params:
        return {}
    return {"MESSAGE_ID": await world.bob.call("im.message.add", DIALOG_ID=params["DIALOG_ID"], MESSAGE=SECRET)}


async def _keyboard(world: World, owner: Actor, params: dict[str, Any]) -> dict[str, Any]:
    button = {"TEXT": "Go", "COMMAND": "echo", "COMMAND_PARAMS": "x"}
    bot = {"BOT_ID": params["BOT_ID"]}
    chat_id = await owner.call("imbot.chat.add", USERS=[owner.id, world.bob.id], TITLE=SECRET, **bot)
    asked = {"DIALOG_ID": f"chat{chat_id}", "MESSAGE": "Choose", "KEYBOARD": [button], **bot}
    return {"COMMAND": "echo", "COMMAND_PARAMS": "x", "MESSAGE_ID": await owner.call("imbot.message.add", **asked)}


async def _notice(world: World, owner: Actor, params: dict[str, Any]) -> dict[str, Any]:
    """A notification that alice has of a mention; it can be answered."""
    del params
    chat_id = await world.chat(world.bob, owner)
    text = f"[USER={owner.id}]Alice[/USER] {SECRET}"
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=text)
    found = (await notices(owner))[0]["id"]
    return {"ID": found, "IDS": [found], "SEARCH_TEXT": SECRET}


async def _task(world: World, owner: Actor, params: dict[str, Any]) -> dict[str, Any]:
    del params
    data = {"TITLE": SECRET, "RESPONSIBLE_ID": world.bob.id}
    return {"TASKID": await owner.call("task.item.add", TASKDATA=data)}


async def _post(world: World, owner: Actor, params: dict[str, Any]) -> dict[str, Any]:
    del params
    given = {"POST_MESSAGE": SECRET, "POST_TITLE": SECRET, "DEST": [f"U{world.bob.id}"]}
    return {"POST_ID": await owner.call("log.blogpost.add", **given)}


async def _meeting(world: World, owner: Actor, params: dict[str, Any]) -> dict[str, Any]:
    del world, params
    given = {"TYPE": "user", "OWNERID": owner.id, "FROM": "2024-06-14T10:00", "TO": "2024-06-14T11:00", "NAME": SECRET}
    return {**given, "ID": await owner.call("calendar.event.add", PRIVATE_EVENT=True, **given)}


async def _application_option(world: World, owner: Actor, params: dict[str, Any]) -> dict[str, Any]:
    del world, params
    await owner.call("app.option.set", OPTIONS={"key": "of the application"})
    return {"OPTION": "key", "OPTIONS": {"key": "other"}}


async def _personal_option(world: World, owner: Actor, params: dict[str, Any]) -> dict[str, Any]:
    del world, params
    await owner.call("user.option.set", OPTIONS={"key": SECRET})
    return {"OPTION": "key", "OPTIONS": {"key": "other"}}


async def _offline(world: World, owner: Actor, params: dict[str, Any]) -> dict[str, Any]:
    del params
    application_id = (await owner.call("app.info"))["ID"]
    await world.unit(offline_events.store, application_id, "ONTEST", {"SECRET": SECRET})
    kept = (await owner.call("event.offline.get", clear=0))["process_id"]
    await world.unit(offline_events.store, application_id, "ONTEST", {"SECRET": SECRET})
    listed = await owner.call("event.offline.list", filter={"PROCESS_ID": kept})
    return {"PROCESS_ID": kept, "MESSAGE_ID": [one["MESSAGE_ID"] for one in listed]}


async def _binding(world: World, owner: Actor, params: dict[str, Any]) -> dict[str, Any]:
    """A handler that the administrator has bound; the one who calls has bound none."""
    del world, params
    await owner.call("event.bind", EVENT="ONAPPTEST", HANDLER="https://bot.example.com/")
    return {}


async def _chat_application(world: World, owner: Actor, params: dict[str, Any]) -> dict[str, Any]:
    del world, params
    given = {"JS_METHOD": "SEND", "JS_PARAM": "help", "LANG": [{"LANGUAGE_ID": "en", "TITLE": "Help"}]}
    made = await owner.call("imbot.app.register", CODE="first", **given)
    return {"APP_ID": made, "CODE": "second", "FIELDS": {"CONTEXT": "USER"}, **given}


async def _placement(world: World, owner: Actor, params: dict[str, Any]) -> dict[str, Any]:
    del world, params
    given = {"PLACEMENT": "IM_SIDEBAR", "OPTIONS": {"iconName": "fa-bars", "role": "USER", "context": "ALL"}}
    await owner.call("placement.bind", HANDLER="https://bot.example.com/", **given)
    return {**given, "HANDLER": "https://bot.example.com/other"}


def _with(**more: Any) -> Maker:
    async def make(world: World, owner: Actor, params: dict[str, Any]) -> dict[str, Any]:
        del world, owner, params
        return more

    return make


async def _somebody(world: World, owner: Actor, params: dict[str, Any]) -> dict[str, Any]:
    """A colleague of all employees."""
    del owner, params
    return {"ID": world.bob.id}


async def _some(world: World, owner: Actor, params: dict[str, Any]) -> dict[str, Any]:
    del owner, params
    return {"ID": [world.bob.id]}


async def _led_by_bot(world: World, owner: Actor, params: dict[str, Any]) -> dict[str, Any]:
    """Another conversation than the one in which the owner has written, and which he thereby took from the bot."""
    del params
    known = await prepare_line(world, owner, "imopenlines.bot.", "https://bot.example.com/")
    await owner.call("im.chat.updateTitle", CHAT_ID=known["CHAT_ID"], TITLE=SECRET)
    return known


# By the beginning of a method's name, in small letters; all that fit are asked, in this order.
MAKERS: Mapping[str, Maker] = {
    "access.name": _with(ACCESS=["U1"]),
    "app.option.": _application_option,
    "calendar.event.": _meeting,
    "event.get": _binding,
    "event.offline.": _offline,
    "event.unbind": _binding,
    "im.chat.get": _entity,
    "im.chat.setmanager": _member,
    "im.chat.setowner": _member,
    "im.chat.updateavatar": _with(AVATAR=base64_of(picture())),
    "im.chat.updatecolor": _colour,
    "im.chat.user.delete": _member,
    "im.department.": _with(ID=[SALES]),
    "im.dialog.messages.search": _with(SEARCH_MESSAGE=SECRET),
    "im.dialog.read": _unread,
    "im.message.command": _keyboard,
    "im.notify.answer": _notice,
    "im.notify.confirm": _notice,
    "im.notify.delete": _notice,
    "im.notify.get": _notice,
    "im.notify.history.search": _notice,
    "im.notify.read": _notice,
    "im.search.chat.list": _found,
    "im.search.department.list": _with(FIND="Sales"),
    "im.search.user.list": _with(FIND="Bob"),
    "im.user.get": _somebody,
    "im.user.list.get": _some,
    "im.user.status.set": _with(STATUS="dnd"),
    "imbot.app.": _chat_application,
    "imbot.chat.get": _entity,
    "imbot.chat.setmanager": _member,
    "imbot.chat.setowner": _member,
    "imbot.chat.updateavatar": _with(AVATAR=base64_of(picture())),
    "imbot.chat.updatecolor": _colour,
    "imbot.chat.user.delete": _member,
    "imbot.command.update": _with(FIELDS={"COMMON": "Y"}),
    "imbot.giphy.list": _with(FILTER={"search": "cat"}),
    "imbot.update": _with(FIELDS={"PROPERTIES": {"NAME": "Other"}}),
    "imopenlines.bot.": _led_by_bot,
    "log.blogpost.": _post,
    "method.get": _with(NAME="im.message.add"),
    "placement.": _placement,
    "task.item.": _task,
    "user.access": _with(ACCESS=["U1"]),
    "user.option.": _personal_option,
}
# Where one of the names would take the call elsewhere.
NOT_GIVEN: Mapping[str, tuple[str, ...]] = {
    "im.message.add": ("CHAT_ID", "USER_ID"),
    "im.disk.file.commit": ("DISK_ID",),
    "log.blogpost.add": ("USER_ID", "POST_ID"),
    "log.blogpost.delete": ("USER_ID",),
    "log.blogpost.update": ("USER_ID",),
    "placement.bind": ("USER_ID",),
    "placement.unbind": ("USER_ID",),
}
