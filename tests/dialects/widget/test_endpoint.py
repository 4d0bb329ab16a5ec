"""The door of the widget's API: who may come in, what is refused before anything is done."""

from __future__ import annotations

import asyncio
import json
import re
import time
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from skvorets.core.lines import relay
from skvorets.dialects.widget import endpoint, limits
from skvorets.dialects.widget.registry import ROUTES, load_routes
from skvorets.rate_limits import LimitProfile
from support.lines import line_of
from support.queries import count_queries
from support.widgets import Refused, Window, mark_as_spam, window_of
from support.world import World

DEEP = b"[" * 100_000
HUGE = "x" * 300_000
# What no field takes, in the place of each.
WRONG: tuple[Any, ...] = ([], {}, {"a": {"b": []}}, [[1]], True, 1.5, -1, 10**30, None)
BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("POST", "hello"): {"line": "c", "language": "ru", "page": {"url": "https://a.b", "title": "T"}},
    ("POST", "visitors"): {"line": "c", "name": "N", "email": "a@b.c"},
    ("POST", "messages"): {"text": "T", "clientId": "c", "replyToId": 1},
    ("PATCH", "messages/1"): {"text": "T"},
    ("POST", "messages/1/like"): {"isLiked": True},
    ("POST", "messages/1/command"): {"command": "c", "params": "p"},
    ("POST", "read"): {"messageId": 1},
    ("PATCH", "me"): {"name": "N", "email": "a@b.c"},
    ("POST", "page"): {"url": "https://a.b", "title": "T"},
    ("POST", "rating"): {"vote": 5, "comment": "C"},
    ("POST", "offline"): {"name": "N", "email": "a@b.c", "text": "T", "clientId": "c"},
}
# Fields that may be left out by null, and those whose objects may hold anything else.
NULLABLE = {("PATCH", "me", "name"), ("PATCH", "me", "email"), ("POST", "offline", "clientId")}
OBJECTS = {"page"}


def test_every_route_has_a_body_in_the_table_of_bad_input() -> None:
    load_routes()
    bare = {("POST", "typing"), ("POST", "ticket"), ("DELETE", "messages/1")}
    asked = {("GET", "messages"), ("POST", "files")}
    known = {(row.verb, row.path.removeprefix("/widget/api/").replace("{id}", "1")) for row in ROUTES}

    assert known == BODIES.keys() | bare | asked


def test_every_route_is_documented() -> None:
    load_routes()
    text = (Path(__file__).parents[3] / "docs" / "widget.md").read_text(encoding="utf-8")

    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `") and "/widget/api/" in line]
    told = {(verb, row.split("`")[-2].split()[-1]) for row in rows for verb in re.findall(r"[A-Z]{3,}", row)}
    assert {(row.verb, row.path.replace("{id}", "ID")) for row in ROUTES} == told


def wrong_values(verb: str, path: str, name: str) -> list[Any]:
    """Give what a field must not be."""
    values = [one for one in WRONG if one is not None or (verb, path, name) not in NULLABLE]
    values = [one for one in values if not (isinstance(one, dict) and name in OBJECTS)]
    return [*(one for one in values if not (one is True and name == "isLiked")), HUGE]


@pytest.mark.parametrize(("verb", "path"), BODIES)
async def test_bad_bodies_are_refused_and_change_nothing(world: World, verb: str, path: str) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))
    good = BODIES[verb, path]
    before = len(await world.events())

    bad: list[bytes] = [DEEP, b"", b"null", b"[]", b"\xff", b'{"a":', json.dumps({**good, "x": HUGE}).encode()]
    bad += [json.dumps({**good, name: one}).encode() for name in good for one in wrong_values(verb, path, name)]
    with mock.patch.object(limits, "OF_VISITOR", {}), mock.patch.object(limits, "OF_ADDRESS", {}):
        for body in bad:
            with pytest.raises(Refused, match=r"400 malformed|413 too_large"):
                await window.call(verb, path, body)

    assert len(await world.events()) == before


async def test_a_text_with_nul_is_refused(world: World) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))

    with pytest.raises(Refused, match="400 malformed"):
        await window.say("a\0b", "c")
    assert (await window.say("a\\u0000b", "c"))["text"] == "a\\u0000b"


async def test_a_long_text_is_cut(world: World) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))

    assert len((await window.say("ы" * 30_000, "c"))["text"]) <= 20_100


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=a", "before=-1", "after=x", f"before={2**63}", "a=%00"]
)
async def test_bad_queries_are_refused(world: World, query: str) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))

    with pytest.raises(Refused, match="400 malformed"):
        await window.get(f"messages?{query}")


@pytest.mark.parametrize(
    ("verb", "path", "refusal"),
    [
        ("GET", "nothing", "404 no_such_path"),
        ("GET", "messages/1/like", "405 wrong_verb"),
        ("PUT", "messages", "405 wrong_verb"),
        ("PATCH", "messages/0", "404 no_such_path"),
        ("PATCH", "messages/-1", "404 no_such_path"),
        ("PATCH", "messages/9999999999999999999", "404 no_such_path"),
        ("GET", "hello", "405 wrong_verb"),
    ],
)
async def test_other_paths_and_verbs_are_refused(world: World, verb: str, path: str, refusal: str) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))

    with pytest.raises(Refused, match=refusal):
        await window.call(verb, path)


async def test_only_json_is_read(world: World) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))

    with pytest.raises(Refused, match="415 not_json"):
        await window.send("POST", "messages", b'{"text": "a", "clientId": "c"}', "text/plain")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
async def test_pages_of_other_sites_are_refused(world: World, origin: str) -> None:
    line = await line_of(world, [world.alice])
    window = await window_of(world, line)

    for row in ROUTES:
        if row.verb != "GET":
            path = row.path.removeprefix("/widget/api/").replace("{id}", "1")
            with pytest.raises(Refused, match="403 foreign_page"):
                await window.call(row.verb, path, {"line": line.code}, Origin=origin)
    with pytest.raises(Refused, match="403 foreign_page"):
        await window.call("POST", "hello", {"line": line.code}, **{"Sec-Fetch-Site": "cross-site"})
    assert await window.call("POST", "hello", {"line": line.code}, Origin=world.url)


async def test_every_route_but_the_first_two_wants_a_secret(world: World) -> None:
    line = await line_of(world, [world.alice])

    for row in ROUTES:
        path = row.path.removeprefix("/widget/api/").replace("{id}", "1")
        if path in {"hello", "visitors"}:
            continue
        for token, code in (("", "no_token"), ("A" * 43, "wrong_token")):
            with mock.patch.object(limits, "OF_ADDRESS", {}), pytest.raises(Refused, match=f"401 {code}"):
                await Window(world, line, token).call(row.verb, path)


async def test_a_secret_in_the_address_or_a_cookie_is_none(world: World) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))
    stranger = Window(world, window.line)

    for name in ("token", "auth", "access_token"):
        with pytest.raises(Refused, match="401 no_token"):
            await stranger.get(f"messages?{name}={window.token}")
    with pytest.raises(Refused, match="401 no_token"):
        await stranger.call("GET", "messages", Cookie=f"token={window.token}", Authorization=f"Basic {window.token}")


async def test_who_guesses_is_slowed_down_and_who_knows_is_not(world: World) -> None:
    line = await line_of(world, [world.alice])
    window = await window_of(world, line)
    guesser = Window(world, line, "A" * 43)

    for _ in range(limits.OF_ADDRESS["wrong_tokens"].bucket):
        with pytest.raises(Refused, match="401 wrong_token"):
            await guesser.get("messages")
    for path in ("messages",):
        with pytest.raises(Refused, match="429 too_many") as refusal:
            await guesser.get(path)
        assert 1 <= int(refusal.value.retry_after) <= 6
    with pytest.raises(Refused, match="429 too_many"):
        await guesser.post("hello", line=line.code)

    assert await window.texts() == []
    assert (await window.post("hello", line=line.code))["visitor"]
    assert (await Window(world).post("hello", line=line.code))["visitor"] is None


async def test_new_visitors_of_an_address_are_limited(world: World) -> None:
    line = await line_of(world, [world.alice])
    known = await window_of(world, line)
    for _ in range(limits.OF_ADDRESS["visitors"].bucket - 1):
        await window_of(world, line)

    with pytest.raises(Refused, match="429 too_many") as refusal:
        await window_of(world, line)

    assert 1 <= int(refusal.value.retry_after) <= 60
    assert (await known.say("Still here"))["text"] == "Still here"
    with pytest.raises(Refused, match="404 no_such_line"):  # is told first, and not counted
        await Window(world).post("visitors", line="unknown")


async def test_messages_of_a_visitor_are_limited(world: World) -> None:
    line = await line_of(world, [world.alice])
    window, other = await window_of(world, line), await window_of(world, line)
    for number in range(limits.OF_VISITOR["messages"].bucket):
        await window.say(f"m{number}")

    with pytest.raises(Refused, match="429 too_many") as refusal:
        await window.say("one more")

    assert refusal.value.retry_after in {"1", "2"}
    assert (await other.say("I am quiet"))["text"] == "I am quiet"
    assert len((await window.get("messages"))["messages"]) == limits.OF_VISITOR["messages"].bucket


async def test_messages_of_an_address_are_limited(world: World) -> None:
    line = await line_of(world, [world.alice])
    first, second = await window_of(world, line), await window_of(world, line)
    few = {**limits.OF_ADDRESS, "messages": LimitProfile(bucket=2, per_second=0.01, operating_s=0)}

    with mock.patch.object(limits, "OF_ADDRESS", few):
        await first.say("one")
        await second.say("two")
        for window in (first, second):
            with pytest.raises(Refused, match="429 too_many"):
                await window.say("three")


async def test_requests_of_a_visitor_are_limited(world: World) -> None:
    line = await line_of(world, [world.alice])
    window, other = await window_of(world, line), await window_of(world, line)
    few = {**limits.OF_VISITOR, "requests": LimitProfile(bucket=3, per_second=0.01, operating_s=0)}

    with mock.patch.object(limits, "OF_VISITOR", few):
        for _ in range(3):
            await window.post("typing")
        with pytest.raises(Refused, match="429 too_many"):
            await window.post("typing")
        await other.post("typing")


async def test_a_blocked_visitor_reads_and_does_nothing_else(world: World) -> None:
    line = await line_of(world, [world.alice])
    window = await window_of(world, line)
    message = await window.say("Buy my goods")
    await mark_as_spam(window, world.alice)

    assert (await window.post("hello", line=line.code))["visitor"]["isBlocked"]
    assert "Buy my goods" in await window.texts()
    for verb, path, body in (
        ("POST", "messages", {"text": "Again", "clientId": "c"}),
        ("PATCH", f"messages/{message['id']}", {"text": "Other"}),
        ("POST", "ticket", {}),
        ("POST", "typing", {}),
        ("PATCH", "me", {"name": "Other"}),
    ):
        with pytest.raises(Refused, match="403 closed"):
            await window.call(verb, path, body)
    with pytest.raises(Refused, match="403 closed"):
        await window.upload(b"text")


async def test_first_messages_that_come_together_make_one_operators_chat(world: World) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))

    await asyncio.gather(*(window.say(f"m{number}") for number in range(5)))

    assert len(await window.texts()) == 5
    assert len({one.chat_id for one in await world.events("line.session")}) == 1  # type: ignore[attr-defined]


async def test_a_failure_is_told_without_details(world: World, caplog: pytest.LogCaptureFixture) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))

    with (
        mock.patch.object(relay, "client_types", side_effect=RuntimeError("secret detail")),
        pytest.raises(Refused, match="500 failure"),
    ):
        await window.post("typing")
    assert "secret detail" in caplog.text


async def test_who_asks_for_too_much_is_answered_late_and_nothing_is_looked_up(world: World) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))
    few = {**limits.OF_VISITOR, "requests": LimitProfile(bucket=1, per_second=0.01, operating_s=0)}

    with mock.patch.object(limits, "OF_VISITOR", few), mock.patch.object(endpoint, "PAUSE_S", 0.2):
        await window.post("typing")
        began = time.monotonic()
        with count_queries(world) as queries, pytest.raises(Refused, match="429 too_many"):
            await window.post("typing")
        assert time.monotonic() - began >= 0.19
        assert queries.count == 0
        with mock.patch.object(endpoint, "MAX_WAITING", 0):
            began = time.monotonic()
            with pytest.raises(Refused, match="429 too_many"):
                await window.post("typing")
            assert time.monotonic() - began < 0.19
