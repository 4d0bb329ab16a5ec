"""Every parameter of every method, called with everything that is wrong: never a 500, and refusals change nothing.

Generated from the method table, so a new method is tested the day it is entered. Of each method every parameter is
given each bad value in turn while the others are as they should be. The answer is a result, or a documented refusal
after which the event log is as long as before.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import pytest

from skvorets.core.access import Dialog
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import METHODS, Method, load_methods
from skvorets.storage.database import Tx
from support.handlers import Handlers
from support.world import Actor, Answer, World

load_methods()

MEGABYTE = 1_000_000
REFUSALS = {400, 401, 403, 404, 405, 413, 429}
DEEP: Any = "x"
for _ in range(60):
    DEEP = [DEEP]
BAD: Mapping[str, Any] = {
    "null": None,
    "empty": "",
    "text": "x",
    "negative": -1,
    "beyond 64 bits": 2**63,
    "huge": 10**40,
    "list": ["x", 7, None],
    "map": {"x": {"y": "z"}, "ID": {"z": 1}},
    "deep": DEEP,
    "many": list(range(2000)),
    "nul": "a\0b",
    "nul as an escape": '{"TITLE": "\\u0000", "MESSAGE": "\\u0000"}',
    "dialog": "chat" + "9" * 30,
    "SQL": "1'; DROP TABLE people --",
    "megabyte": "x" * MEGABYTE,
}
# What the other names of parameters are tried with: they are read like the documented ones.
FOR_ALIASES = ("empty", "map", "huge")
# Rows that have more names than one are called once.
ROWS: Mapping[str, Method] = {row.name: row for row in METHODS.values()}
# Groups that may run beside each other; by the first words of the names.
GROUPS = sorted({".".join(name.split(".")[: 2 if name.startswith("im") else 1]) for name in ROWS})


def group_of(name: str) -> str:
    return ".".join(name.split(".")[: 2 if name.startswith("im") else 1])


@pytest.mark.parametrize("group", GROUPS)
async def test_bad_input_is_refused_as_documented_and_changes_nothing(world: World, group: str) -> None:
    findings: list[str] = []
    async with Handlers() as handlers:
        actor = await world.alice.through(await world.install())
        for name, row in ROWS.items():
            if group_of(name) != group:
                continue
            good = await prepare(world, actor, row, handlers.at("/").url)
            for label, params in bad_calls(row, good):
                findings += await finding(world, actor, name, label, params)
    assert not findings, "\n".join(findings)


async def test_calls_by_webhook_are_refused_alike(world: World) -> None:
    findings: list[str] = []
    for name, row in ROWS.items():
        for label in ("null", "list", "map", "huge", "text"):
            params = dict.fromkeys(row.params.__struct_fields__, BAD[label])
            findings += await finding(world, world.bob, name, f"all = {label}", params)
    assert not findings, "\n".join(findings)


def bad_calls(row: Method, good: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give a name and the parameters of each bad call of a method."""
    yield "no parameters", {}
    for field in [*row.params.__struct_fields__, *row.aliases]:
        documented = row.aliases.get(field, field)
        others = {name: value for name, value in good.items() if name != documented}
        yield f"{field} missing", others
        for label in FOR_ALIASES if field in row.aliases else BAD:
            yield f"{field} = {label}", {**others, field: BAD[label]}


async def finding(world: World, actor: Actor, name: str, label: str, params: dict[str, Any]) -> list[str]:
    """Call, and say what is wrong with the answer; nothing if it is as it should be."""
    before = await world.app.store.read(log_length)
    answer = await actor.ask(name, **params)
    if answer.status == 200:
        is_whole = "result" in answer.body and "time" in answer.body and "error" not in answer.body
        return [] if is_whole else [f"{name}: {label}: 200 without a result: {str(answer.body)[:200]}"]
    if answer.status not in REFUSALS or not is_documented(answer, name):
        return [f"{name}: {label}: {answer.status} {str(answer.body)[:200]}"]
    if await world.app.store.read(log_length) != before:
        return [f"{name}: {label}: refused with {answer.body['error']}, but the event log grew"]
    return []


def is_documented(answer: Answer, name: str) -> bool:
    """Has the refusal the documented shape? The calendar's methods are documented with an empty code."""
    code, text = answer.body.get("error"), answer.body.get("error_description")
    has_code = isinstance(code, str) and (bool(code) or name.startswith("calendar."))
    has_words = has_code and isinstance(text, str) and 0 < len(text) < 1000
    return has_words and not {"result", "time"} & set(answer.body)


async def log_length(tx: Tx) -> int:
    return int(await tx.val("SELECT coalesce(max(id), 0) FROM events"))


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


def plausible(annotation: Any) -> Any:
    """Give a value of a parameter's type."""
    kinds = [part for part in typing.get_args(annotation) if part is not type(None)] or [annotation]
    origin = typing.get_origin(annotation)
    if origin is tuple:
        return [1]
    return {int: 1, bool: True, str: "x", Dialog: "1", Structure: {"NAME": "x"}}.get(kinds[0], "x")
