"""Every parameter of every method, called with everything that is wrong: never a 500, and refusals change nothing.

Generated from the method table, so a new method is tested the day it is entered. Of each method every parameter is
given each bad value in turn while the others are as they should be. The answer is a result, or a documented refusal
after which the event log is as long as before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from skvorets.dialects.bitrix24.registry import METHODS, Method, load_methods
from skvorets.storage.database import Tx
from support.bad_values import BAD
from support.good_calls import prepare
from support.handlers import Handlers
from support.world import Actor, Answer, World

load_methods()

REFUSALS = {400, 401, 403, 404, 405, 413, 429}
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
