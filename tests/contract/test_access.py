"""Who may do what: every method called by people and applications that things do not belong to.

``access.tsv`` says for every method what each of them gets when the method is called, with parameters that are right,
on a chat, message, file, bot … of others:

    stranger           an employee who never took part        ex-member   was in the chat until a moment ago
    extranet           from outside, shares no chat            application another application of the owner of it all

``refused``: the documented refusal; ``empty``: a truthful answer with nothing in it; ``nothing``: a documented ``true``
for what touches only the caller's own, where there is nothing; these leave the event log as it was. ``allowed``: it is
done, for it is the caller's own, or everybody's. What strangers get tells no secret, and people from outside no names.
Any person may act for a bot by a token of its application: that is documented.
A method without a row fails the test.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec
import pytest

from skvorets.dialects.bitrix24.registry import METHODS, Method, load_methods
from skvorets.storage.applications import Application
from skvorets.storage.database import Tx
from support.company import company
from support.foreign_things import SECRET, chat_of, speaker, things_for
from support.handlers import Handlers
from support.world import Actor, Answer, World

load_methods()

TABLE = Path(__file__).with_name("access.tsv")
WHO = ("stranger", "ex_member", "extranet", "application")
OUTCOMES = {"allowed", "refused", "empty", "nothing"}
ROWS: Mapping[str, Method] = {row.name: row for row in METHODS.values()}


class Access(msgspec.Struct, frozen=True):
    """A row of the table."""

    method: str
    stranger: str
    ex_member: str
    extranet: str
    application: str


# Listed for everybody who has the scope. COMPAT(bitrix24): the vendor's portals do so, too.
OPEN_BY_WEBHOOK = {"imbot.bot.list", "imbot.Giphy.list", "imbot.Giphy.listPopular"}
CATALOGUE = Path(__file__).parents[2] / "docs" / "catalogue.tsv"

Who = Literal["stranger", "ex_member", "extranet", "application"]


def table() -> dict[str, Access]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [Access(**row) for row in csv.DictReader(file, delimiter="\t")]
    return {row.method: row for row in rows}


def group_of(name: str) -> str:
    return ".".join(name.split(".")[: 2 if name.startswith("im") else 1])


def test_every_method_says_who_gets_what() -> None:
    known = table()
    assert not ROWS.keys() - known.keys(), f"say in tests/contract/access.tsv: {sorted(ROWS.keys() - known.keys())}"
    documented = {line.partition("\t")[0] for line in CATALOGUE.read_text(encoding="utf-8").splitlines()}
    assert not known.keys() - ROWS.keys() - documented, "only methods that there are, or will be"
    assert {getattr(row, who) for row in known.values() for who in WHO} <= OUTCOMES
    assert list(known) == sorted(known, key=str.lower), "sort tests/contract/access.tsv by name"


async def test_a_webhook_has_no_bots_without_a_client_id(world: World) -> None:
    names = [name for name in ROWS if name.startswith("imbot.") and name not in OPEN_BY_WEBHOOK]
    assert len(names) > 20
    for name in names:
        answer = await world.alice.ask(name, BOT_ID=1)
        assert answer.refusal == (403, "ACCESS_DENIED"), name
        assert answer.body["error_description"] == "Access denied! Client ID not specified", name


@pytest.mark.slow
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("group", sorted({group_of(name) for name in ROWS}))
async def test_access_is_as_the_table_says(world: World, group: str, who: Who) -> None:
    known, findings = table(), []
    await company(world)
    async with Handlers() as handlers:
        for name, row in ROWS.items():
            if group_of(name) == group and name in known:
                owning = await world.install(name="Owner")
                params = await things_for(world, await world.alice.through(owning), row, handlers.at("/").url)
                caller = await caller_of(world, who, owning, params)
                findings += await finding(world, caller, name, params, getattr(known[name], who))
    assert not findings, "\n".join(findings)


async def caller_of(world: World, who: Who, owning: Application, params: dict[str, Any]) -> Actor:
    """Give the one who calls, new to all; an ex-member was brought into the chat and out of it before."""
    if who == "application":
        return await world.alice.through(await world.install(name="Other"))
    person = await world.add("Nobody", extranet=who == "extranet")
    if who == "ex_member" and (chat_id := chat_of(params)):
        prefix, bot = speaker(params)
        owner = await world.alice.through(owning)
        await owner.call(f"{prefix}.chat.user.add", CHAT_ID=chat_id, USERS=[person.id], **bot)
        await owner.call(f"{prefix}.chat.user.delete", CHAT_ID=chat_id, USER_ID=person.id, **bot)
    return await person.through(owning)


async def finding(world: World, caller: Actor, name: str, params: dict[str, Any], expected: str) -> list[str]:
    """Call, and say what differs from the table."""
    before = await world.app.store.read(log_length)
    answer = await caller.ask(name, **params)
    outcome = outcome_of(answer)
    said = f"{answer.status} {str(answer.body.get('result', answer.body))[:120]}"
    if outcome != ("allowed" if expected == "nothing" else expected):
        return [f"{name}: {outcome}, not {expected}: {said}"]
    if expected != "allowed" and await world.app.store.read(log_length) != before:
        return [f"{name}: {expected}, but the event log grew"]
    is_own = "BOT_ID" in params or caller.id == world.alice.id
    secrets = [SECRET, world.bob.person.last_name] if caller.person.extranet else [SECRET]
    told = "" if is_own else json.dumps(answer.body, ensure_ascii=False)
    return [f"{name}: tells {secret}: {said}" for secret in secrets if secret in told]


def outcome_of(answer: Answer) -> str:
    if answer.status == 200:
        return "allowed" if has_something(answer.body["result"]) else "empty"
    is_refusal = 400 <= answer.status < 500 and "error" in answer.body and answer.body.get("error_description")
    return "refused" if is_refusal else f"wrong ({answer.status})"


def has_something(value: Any) -> bool:
    """Is there anything in a result but empty containers, zeros and "no"?"""
    if isinstance(value, dict):
        return any(has_something(one) for one in value.values())
    if isinstance(value, list):
        return any(has_something(one) for one in value)
    return bool(value)


async def log_length(tx: Tx) -> int:
    return int(await tx.val("SELECT coalesce(max(id), 0) FROM events WHERE kind <> 'typing.started'"))
