"""Parameters as they should be, for any method of the table: objects are made through the API for each call.

``prepare`` is where a new method gets what it needs; the generated tests (``tests/contract``) call with it.
"""

from __future__ import annotations

import typing
from typing import Any

import msgspec

from skvorets.core.access import Dialog
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import Method
from support.lines import line_of, seat_in, visitor_of
from support.networks import open_line
from support.world import Actor, World


async def prepare(world: World, actor: Actor, row: Method, handler: str) -> dict[str, Any]:
    """Give parameters as they should be, with objects made for this method alone."""
    chat_id = await actor.call("im.chat.add", USERS=[world.bob.id], TITLE="Test")
    message_id = await actor.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="hello")
    known: dict[str, Any] = {
        "DIALOG_ID": f"chat{chat_id}",
        "CHAT_ID": chat_id,
        "MESSAGE_ID": message_id,
        "USER_ID": world.carol.id,
        "USERS": [world.carol.id],
        "MESSAGE": "hello",
        "TITLE": "Title",
        "COLOR": "MINT",
        "TASKDATA": {"TITLE": "x"},
        "EVENT": "ONAPPTEST",
        "HANDLER": handler,
        "CODE": "code",
        "COMMAND": "help",
        "LANG": [{"LANGUAGE_ID": "en", "TITLE": "Help"}],
        "PROPERTIES": {"NAME": "Bot"},
        "CMD": {"a": "profile"},
        "PROCESS_ID": "x",
    }
    if row.name.startswith("calendar."):
        known |= await prepare_event(actor)
    if row.name.startswith("log."):
        known |= {"POST_MESSAGE": "x", "POST_ID": await actor.call("log.blogpost.add", POST_MESSAGE="x")}
    if row.name == "im.message.share":
        known["TYPE"] = "CALEND"
    if row.name.startswith(("imbot.", "im.message.command")):
        known |= await prepare_bot(actor, handler)
    if row.name.startswith("imbot.app."):
        known |= await prepare_chat_app(actor, known)
    if row.name.startswith("placement."):
        known |= {"PLACEMENT": "IM_CONTEXT_MENU", "OPTIONS": {"context": "USER"}}
    if row.name.startswith("imopenlines.") and "network" not in row.name:
        known |= await prepare_line(world, actor, row.name, handler)
    if row.name.startswith("imopenlines.network."):
        line = await open_line(world, [world.bob])
        if row.name.endswith("message.add"):
            await actor.call("imopenlines.network.join", CODE=line.code)
        known["CODE"] = line.code
    if "disk." in row.name:
        known |= await prepare_file(actor, row.name, chat_id)
    hints = typing.get_type_hints(row.params)
    return {
        field.name: known.get(field.name, plausible(hints[field.name]))
        for field in msgspec.structs.fields(row.params)
        if field.required or field.name in known
    }


async def prepare_event(actor: Actor) -> dict[str, Any]:
    event = {"TYPE": "user", "OWNERID": actor.id, "NAME": "x", "FROM": "2024-06-14T10:00", "TO": "2024-06-14T11:00"}
    meeting = {"IS_MEETING": "Y", "ATTENDEES": [actor.id], "HOST": actor.id, "RRULE": {"FREQ": "WEEKLY", "COUNT": 3}}
    return {**event, **meeting, "ID": await actor.call("calendar.event.add", **event, **meeting)}


async def prepare_file(actor: Actor, method: str, chat_id: int) -> dict[str, Any]:
    folder_id = (await actor.call("im.disk.folder.get", CHAT_ID=chat_id))["ID"]
    given = {"DATA": {"NAME": "a.txt"}, "FILECONTENT": ["a.txt", "aGVsbG8="], "GENERATEUNIQUENAME": True}
    file_id = (await actor.call("disk.folder.uploadfile", ID=folder_id, **given))["ID"]
    return {
        "ID": file_id if method == "disk.file.get" else folder_id,
        "UPLOAD_ID": file_id,
        "DISK_ID": file_id,
        "FILTER": {"NAME": "a.txt"},
        "ORDER": {"NAME": "ASC"},
        **given,
    }


async def prepare_bot(actor: Actor, handler: str) -> dict[str, Any]:
    bot_id = await actor.call(
        "imbot.register",
        CODE="bot",
        TYPE="B",
        EVENT_MESSAGE_ADD=handler,
        EVENT_WELCOME_MESSAGE=handler,
        EVENT_BOT_DELETE=handler,
        PROPERTIES={"NAME": "Bot"},
    )
    command_id = await actor.call(
        "imbot.command.register",
        BOT_ID=bot_id,
        COMMAND="echo",
        COMMON="Y",
        EVENT_COMMAND_ADD=handler,
        LANG=[{"LANGUAGE_ID": "en", "TITLE": "Echo", "PARAMS": "text"}],
    )
    dialog = {"DIALOG_ID": await actor.call("imbot.chat.add", BOT_ID=bot_id, USERS=[actor.id], TITLE="Bots")}
    chat_id = dialog["DIALOG_ID"]
    message_id = await actor.call("imbot.message.add", BOT_ID=bot_id, DIALOG_ID=f"chat{chat_id}", MESSAGE="hi")
    return {
        "BOT_ID": bot_id,
        "COMMAND_ID": command_id,
        "CHAT_ID": chat_id,
        "DIALOG_ID": f"chat{chat_id}",
        "MESSAGE_ID": message_id,
        "EVENT_MESSAGE_ADD": handler,
        "EVENT_WELCOME_MESSAGE": handler,
        "EVENT_BOT_DELETE": handler,
        "EVENT_COMMAND_ADD": handler,
    }


async def prepare_line(world: World, actor: Actor, method: str, handler: str) -> dict[str, Any]:
    """Make a conversation that waits for the caller, or is led by a bot of his application; he sits in its chat."""
    bot_id = 0
    if ".bot." in method:
        given = {"CODE": "line", "TYPE": "O", "EVENT_HANDLER": handler, "PROPERTIES": {"NAME": "Bot"}}
        bot_id = await actor.call("imbot.register", **given)
    line = await line_of(world, [actor, world.bob], bot=bot_id, welcome_text="Welcome")
    if ".config." in method:  # without a conversation: with its line it is finished a moment later
        return {"CONFIG_ID": line.id, "PARAMS": {} if ".list." in method else {"LINE_NAME": "x", "QUEUE": [actor.id]}}
    visitor = await visitor_of(world, line, "Ann")
    await visitor.writes("hello")
    client, session = await visitor.client(), await visitor.session()
    await seat_in(world, session, actor)
    return {
        "CHAT_ID": client.chat_id,
        "DIALOG_ID": f"chat{client.chat_id}",
        "SESSION_ID": session.id,
        "USER_CODE": client.user_code,
        "NAME": "DEFAULT",
        "LEAVE": "Y",
    }


async def prepare_chat_app(actor: Actor, known: dict[str, Any]) -> dict[str, Any]:
    frame = {"IFRAME": "https://app.example.com/", "HASH": "word"}
    given = {"BOT_ID": known["BOT_ID"], "CODE": "app", "LANG": known["LANG"], **frame}
    return {**frame, "APP_ID": await actor.call("imbot.app.register", **given), "FIELDS": {"CONTEXT": "CHAT"}}


def plausible(annotation: Any) -> Any:
    """Give a value of a parameter's type."""
    kinds = [part for part in typing.get_args(annotation) if part is not type(None)] or [annotation]
    origin = typing.get_origin(annotation)
    if origin is tuple:
        return [1]
    return {int: 1, bool: True, str: "x", Dialog: "1", Structure: {"NAME": "x"}}.get(kinds[0], "x")
