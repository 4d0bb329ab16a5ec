"""Every documented route of the Megaplan and the Bpium dialect: served, closed to strangers, unmoved by bad input.

``docs/routes.tsv``: route, dialect, source and status of each route, as ``docs/catalogue.tsv`` has them for methods.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode
from xml.etree import ElementTree as ET

import msgspec
import pytest

from skvorets.core import logins
from skvorets.dialects.bpium import registry as bpium_table
from skvorets.dialects.megaplan import registry as megaplan_table
from support import bpium, megaplan
from support.bad_values import BAD
from support.world import Actor, World

ROUTES = Path(__file__).parents[2] / "docs" / "routes.tsv"
BPIUM_REFUSALS = {400: "BadRequest", 403: "Forbidden", 404: "NotFound", 405: "MethodNotAllowed", 413: "PayloadTooLarge"}
MEGAPLAN_REFUSALS = {400, 401, 403, 404, 405, 413}
OFFSET = 1_000_000
# Long values cannot stand in an address.
MAX_IN_ADDRESS = 2_000


class Entry(msgspec.Struct, frozen=True):
    """A row of the table."""

    route: str
    dialect: str
    source: str
    status: str


class Reply(NamedTuple):
    """An answer of either dialect."""

    status: int
    body: bytes


def entries() -> list[Entry]:
    with ROUTES.open(encoding="utf-8", newline="") as file:
        return [Entry(**row) for row in csv.DictReader(file, delimiter="\t")]


BPIUM = [one.route for one in entries() if one.dialect == "bpium"]
MEGAPLAN = [one.route for one in entries() if one.dialect == "megaplan"]
# Parameters of each method, as they should be; {} = the message's or the other person's number.
GOOD: Mapping[str, dict[str, str]] = {
    "card": {"Id": "{message}"},
    "create": {
        "Model[To]": "{other}",
        "Model[Content]": "Привет",
        "Model[Subject]": "Тема",
        "Model[Attaches][0][Name]": "a.txt",
        "Model[Attaches][0][Content]": "aGVsbG8=",
        "Reply": "{message}",
        "WithAnswer": "true",
    },
    "delete": {"Id": "{message}"},
    "list": {
        "Folder": "all",
        "FavoritesOnly": "false",
        "DateFrom": "2026-01-01",
        "DateTo": "2036-01-01",
        "TimeUpdated": "2026-01-01 00:00:00",
        "Limit": "10",
        "Offset": "0",
    },
}
BODIES: Mapping[str, dict[str, Any]] = {
    "messages": {
        "text": "Привет",
        "mentions": [],
        "attachments": [{"title": "a", "url": "https://example.com/a"}],
        "replyMessageId": None,
    },
    "chatOptions": {"subscribe": True},
}


@pytest.fixture
async def people(world: World) -> dict[str, Actor]:
    cast = {"author": world.alice, "other": world.bob, "stranger": world.stranger, "outsider": world.outsider}
    for actor in cast.values():
        await world.unit(logins.set_password_hash, actor.id, f"{actor.person.first_name}@example.com", megaplan.HASH)
    return cast


def test_the_table_is_sorted_and_all_of_it_is_served() -> None:
    rows = entries()
    assert [(one.dialect, one.route) for one in rows] == sorted({(one.dialect, one.route) for one in rows})
    assert {one.status for one in rows} == {"exact"}
    assert {one.source for one in rows} == {"seed"}
    assert {one.dialect for one in rows} == {"bpium", "megaplan"}
    bpium_table.load_routes()
    megaplan_table.load_methods()
    for route in BPIUM:
        verb, path = route.split(" ")
        assert bpium_table.find_route(verb, path.removeprefix("/api/v1")), route
    for route in MEGAPLAN:
        assert route.removeprefix("/").rpartition(".")[0] in megaplan_table.METHODS, route


@pytest.mark.parametrize("route", BPIUM)
async def test_bpium_is_served_to_employees_only(world: World, people: dict[str, Actor], route: str) -> None:
    verb, _ = route.split(" ")
    author, outsider = _bpium(world, people["author"]), _bpium(world, people["outsider"])
    path, _ = await _bpium_place(world, author, route)
    body = None if verb == "GET" else BODIES[_resource(route)]
    assert (await outsider.ask(verb, path, body)).refusal == (404, "NotFound")
    without = await bpium.ask(world, verb, f"/api/v1{path}", body)
    assert without.refusal == (401, "Unauthorized")
    assert "WWW-Authenticate" not in without.headers
    assert (await author.ask(verb, path, body)).status == 200
    assert (await author.ask(verb, f"{path}/", body)).status == 200


@pytest.mark.parametrize("route", BPIUM)
async def test_bad_input_at_bpium_is_refused_as_documented(world: World, people: dict[str, Actor], route: str) -> None:
    author = _bpium(world, people["author"])
    path, parts = await _bpium_place(world, author, route)
    verb = route.split(" ", maxsplit=1)[0]
    findings = []
    for label, where, body in _bad_bpium_calls(route, path, parts):
        before = await world.app.store.read(_log_length)
        answer = await author.ask(verb, where, body)
        if answer.status == 200:
            continue
        if BPIUM_REFUSALS.get(answer.status) != answer.body["name"] or not answer.body["message"]:
            findings.append(f"{label}: {answer.status} {answer.body}")
        elif await world.app.store.read(_log_length) != before:
            findings.append(f"{label}: refused, but something has happened")
    assert not findings, "\n".join(findings)


@pytest.mark.parametrize("route", MEGAPLAN)
async def test_megaplan_is_served_to_those_concerned_only(world: World, people: dict[str, Actor], route: str) -> None:
    message_id, good = await _megaplan_place(world, people, route)
    author, stranger = await _megaplan(world, people["author"]), await _megaplan(world, people["stranger"])
    unsigned = await megaplan.raw(world, "POST", route, urlencode(good).encode(), {"Content-Type": megaplan.FORM})
    assert (unsigned.status, _code(route, unsigned.body)) == (401, "error")
    if "list" not in route:
        foreign = await _post(stranger, route, good)
        assert (foreign.status, _code(route, foreign.body)) == (403, "error")
    served = await _post(author, route, good)
    assert (served.status, _code(route, served.body)) == (200, "ok")
    assert str(message_id + OFFSET).encode() in served.body


@pytest.mark.parametrize("route", MEGAPLAN)
async def test_bad_input_at_megaplan_is_refused_as_documented(
    world: World, people: dict[str, Actor], route: str
) -> None:
    _, good = await _megaplan_place(world, people, route)
    author = await _megaplan(world, people["author"])
    findings = []
    for label, params in _bad_megaplan_calls(good):
        before = await world.app.store.read(_log_length)
        answer = await _post(author, route, params)
        code = _code(route, answer.body)
        if (answer.status, code) == (200, "ok"):
            continue
        if answer.status not in MEGAPLAN_REFUSALS or code != "error":
            findings.append(f"{label}: {answer.status} {answer.body[:200]!r}")
        elif await world.app.store.read(_log_length) != before:
            findings.append(f"{label}: refused, but something has happened")
    assert not findings, "\n".join(findings)


def _bpium(world: World, actor: Actor) -> bpium.Program:
    return bpium.Program(world, f"{actor.person.first_name}@example.com", megaplan.PASSWORD)


async def _megaplan(world: World, actor: Actor) -> megaplan.Program:
    login = {"Login": f"{actor.person.first_name}@example.com", "Password": megaplan.md5_of(megaplan.PASSWORD)}
    got = (await megaplan.raw(world, "GET", f"{megaplan.COMMON}/User/authorize.api?{urlencode(login)}")).data
    return megaplan.Program(world, got["AccessId"], got["SecretKey"])


def _resource(route: str) -> str:
    return next(name for name in BODIES if name in route)


async def _bpium_place(world: World, author: bpium.Program, route: str) -> tuple[str, list[str]]:
    """Give a path of the route that leads somewhere, and the parts that stand in braces."""
    record = str(world.carol.id)
    made = await author.post(f"/catalogs/$users/records/{record}/messages", {"text": "Первое"})
    known = {"{catalogId}": "$users", "{recordId}": record, "{messageId}": made["id"]}
    path = route.split(" ")[1].removeprefix("/api/v1")
    parts = [one for one in path.split("/") if one in known]
    for name, value in known.items():
        path = path.replace(name, value)
    return path, [known[one] for one in parts]


def _bad_bpium_calls(route: str, path: str, parts: list[str]) -> Iterator[tuple[str, str, Any]]:
    verb = route.split(" ", maxsplit=1)[0]
    good = None if verb == "GET" else BODIES[_resource(route)]
    for label, bad in BAD.items():
        text = bad if isinstance(bad, str) else json.dumps(bad)
        if len(text) <= MAX_IN_ADDRESS:
            for part in set(parts):
                yield f"{part} = {label}", path.replace(f"/{part}", f"/{quote(text, safe='')}"), good
            for name in ("limit", "offset", "sortType", "afterId", "x"):
                yield f"?{name} = {label}", f"{path}?{urlencode({name: text})}", good
        if good is not None:
            yield f"body = {label}", path, bad
            for name in good:
                yield f"{name} = {label}", path, {**good, name: bad}
                yield f"[{name}] = {label}", path, {**good, name: [bad]}
    if good is not None and "mentions" in good:
        for label, bad in BAD.items():
            yield f"mention {label}", path, {**good, "mentions": [{"catalogId": "$users", "recordId": bad}]}
            yield f"catalog {label}", path, {**good, "mentions": [{"catalogId": bad, "recordId": "1"}]}
            for key in ("id", "url", "src", "title", "size", "mimeType"):
                attached = {"title": "a", "url": "https://example.com/a", key: bad}
                yield f"attachment {key} {label}", path, {**good, "attachments": [attached]}


async def _megaplan_place(world: World, people: dict[str, Actor], route: str) -> tuple[int, dict[str, str]]:
    """Send a message; its id and good parameters of the route."""
    message_id = await people["author"].call("im.message.add", DIALOG_ID=str(people["other"].id), MESSAGE="Первое")
    numbers = {"{message}": str(message_id + OFFSET), "{other}": str(people["other"].id)}
    method = route.rpartition("/")[2].partition(".")[0]
    return message_id, {name: numbers.get(value, value) for name, value in GOOD[method].items()}


def _bad_megaplan_calls(good: Mapping[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    yield "nothing", {}
    for name in good:
        yield f"{name} missing", {key: value for key, value in good.items() if key != name}
        for label, bad in BAD.items():
            yield f"{name} = {label}", {**good, name: bad if isinstance(bad, str) else json.dumps(bad)}
            yield f"{name}[] = {label}", {**good, f"{name}[x][y]": "z"}
    yield "controls", {**good, "Model[Content]": "a\x01\x0b\ud83d\ufffe", "Model[Subject]": "\x1f]]>"}


async def _post(program: megaplan.Program, route: str, params: Mapping[str, str]) -> Reply:
    body = urlencode(params, errors="surrogatepass").encode()
    answer = await program.send("POST", route, body, content_type=megaplan.FORM)
    return Reply(answer.status, answer.body)


def _code(route: str, body: bytes) -> str | None:
    """Read the status of an envelope in the format of the route."""
    if route.endswith(".xml"):
        return ET.fromstring(body).findtext("status/code")  # noqa: S314 — what we have just written
    code: str = json.loads(body)["status"]["code"]
    return code


async def _log_length(tx: Any) -> int:
    return int(await tx.val("SELECT count(*) FROM events"))
