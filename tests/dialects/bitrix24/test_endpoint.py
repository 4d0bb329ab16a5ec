"""The door ``/rest/`` over real HTTP: addresses, bodies, headers, refusals before any method runs."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest

from skvorets.core.events import MessageAdded
from support.world import Actor, Answer, World
from support.world import test_config as config_for

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
TIME_KEYS = [
    "start",
    "finish",
    "duration",
    "processing",
    "date_start",
    "date_finish",
    "operating_reset_at",
    "operating",
]
NOT_FOUND = {"error": "ERROR_METHOD_NOT_FOUND", "error_description": "Method not found!"}


@pytest.fixture
async def small(tmp_path: Path) -> AsyncIterator[World]:
    """Give a server that takes bodies of at most 64 KiB."""
    opened = World(config_for(tmp_path, "", max_body_bytes=65536))
    await opened.open()
    yield opened
    await opened.close()


def hook(actor: Actor, method: str) -> str:
    """Give the address of a method below the actor's webhook."""
    return f"{actor.path}{method}"


async def ask(world: World, verb: str, path: str, **more: Any) -> tuple[int, Mapping[str, str], bytes]:
    async with world.session.request(verb, world.url + path, **more) as response:
        return response.status, response.headers, await response.read()


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    "name",
    [
        "profile",
        "profile/",
        "profile.json",
        "profile.JSON",
        "Profile.json/",
        "PROFILE",
        "/profile",
        "//profile//",
    ],
)
async def test_a_method_is_found_under_every_spelling(world: World, name: str) -> None:
    answer = await world.get(hook(world.alice, name))
    assert answer.result["ID"] == str(world.alice.id)


async def test_slashes_may_be_doubled_everywhere(world: World) -> None:
    assert (await world.get("/" + world.alice.path.replace("/", "//") + "profile")).result["ADMIN"] is True


@pytest.mark.parametrize("path", ["", "no.such.method", ".json", "profile.html", "profile/more", "im.message.add.add"])
async def test_an_unknown_method_is_not_found(world: World, path: str) -> None:
    assert await world.get(hook(world.alice, path)) == (404, NOT_FOUND)
    assert await world.get("/rest/" + path) == (404, NOT_FOUND)


async def test_the_method_is_looked_up_before_the_caller(world: World) -> None:
    assert (await world.get("/rest/1/wrong/no.such.method")).refusal == (404, "ERROR_METHOD_NOT_FOUND")
    assert (await world.get("/rest/1/wrong/profile")).refusal == (401, "INVALID_CREDENTIALS")


@pytest.mark.parametrize("path", ["%D1%8F/x/profile", "1/%D1%8F/profile", "1/%FF%FE/profile", "1/%00/profile"])
async def test_a_strange_webhook_is_a_wrong_one(world: World, path: str) -> None:
    assert (await world.get("/rest/" + path)).refusal == (401, "INVALID_CREDENTIALS")


# ---------------------------------------------------------------- verbs and headers


async def test_head_runs_the_method_and_sends_no_body(world: World) -> None:
    status, headers, body = await ask(world, "HEAD", hook(world.alice, "profile"))
    assert (status, body) == (200, b"")
    assert headers["Content-Type"] == "application/json; charset=utf-8"


async def test_options_answers_the_preflight_of_browsers(world: World) -> None:
    status, headers, body = await ask(world, "OPTIONS", "/rest/profile")
    assert (status, body) == (200, b"")
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Access-Control-Allow-Headers"] == "origin, content-type, accept, authorization"
    assert headers["Access-Control-Allow-Methods"] == "GET, POST, HEAD, OPTIONS"


@pytest.mark.parametrize("path", ["profile", "no.such.method", "profile.xml"])
async def test_every_answer_carries_the_documented_headers(world: World, path: str) -> None:
    _, headers, _ = await ask(world, "GET", hook(world.alice, path))
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Access-Control-Allow-Headers"] == "origin, content-type, accept, authorization"
    assert headers["X-Content-Type-Options"] == "nosniff"
    expected = "text/xml; charset=utf-8" if path.endswith("xml") else "application/json; charset=utf-8"
    assert headers["Content-Type"] == expected


# ---------------------------------------------------------------- bodies


async def posted(world: World) -> list[MessageAdded]:
    """Give all messages, oldest first."""
    return [event for event in await world.events("message.added") if isinstance(event, MessageAdded)]


async def said(world: World, answer: Answer) -> str:
    """Give the text of the message that an ``im.message.add`` made."""
    return {event.id: event.text for event in await posted(world)}[answer.result]


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (FORM, "dialog_id={}&message=%D0%B4%D0%B0"),
        (FORM + "; charset=windows-1251", "DIALOG_ID={}&MESSAGE=%D0%B4%D0%B0&"),
        (JSON, '{{"DIALOG_ID": {}, "MESSAGE": "да"}}'),
        (JSON + "; charset=utf-8", '\ufeff{{"Dialog_Id": "{}", "message": "да"}}'),
        ("application/vnd.api+json", '{{"DIALOG_ID": {}, "MESSAGE": "\\u0434\\u0430"}}'),
        ("text/plain", "DIALOG_ID={}&MESSAGE=да"),
        ("text/plain", '  {{"DIALOG_ID": {}, "MESSAGE": "да"}}'),
        ("application/octet-stream", "DIALOG_ID={}&MESSAGE=да"),
        (
            'multipart/form-data; boundary="x y"',
            (
                '--x y\r\nContent-Disposition: form-data; name="dialog_id"\r\n\r\n{}\r\n'
                '--x y\r\nContent-Disposition: form-data; name="MESSAGE"\r\n\r\nда\r\n--x y--\r\n'
            ),
        ),
    ],
)
async def test_every_kind_of_body_is_read(world: World, content_type: str, body: str) -> None:
    path = hook(world.alice, "im.message.add")
    answer = await world.post(path, body.format(world.bob.id).encode(), content_type)
    assert await said(world, answer) == "да"


async def test_query_and_body_are_merged_and_the_body_wins_whatever_the_case(world: World) -> None:
    path = hook(world.alice, f"im.message.add?DIALOG_ID={world.bob.id}&message=one&Message=two")
    assert await said(world, await world.post(path, b'{"MESSAGE": "three"}', JSON)) == "three"
    assert await said(world, await world.post(path, b"message=four", FORM)) == "four"
    assert await said(world, await world.post(path)) == "two"


async def test_brackets_may_be_raw_or_encoded(world: World) -> None:
    raw = f"im.message.add?DIALOG_ID={world.bob.id}&MESSAGE=x&ATTACH[0][MESSAGE]=[b]yes[/b]"
    for query in (raw, raw.replace("[", "%5B").replace("]", "%5D")):
        answer = await world.get(hook(world.alice, query))
        assert answer.result > 0
    kept = [event.params for event in await posted(world)]
    assert kept[-1] == kept[-2] is not None


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (JSON, b"{"),
        (JSON, b"[1, 2]"),
        (JSON, b'"text"'),
        (JSON, b"\xff\xfe{}"),
        (JSON, b'{"MESSAGE": "\\ud800"}'),
        (JSON, b"[" * 100_000),
        ("multipart/form-data", b"--x"),
        ("multipart/form-data; boundary=x", b"--x\r\nnothing"),
        (FORM, b"&&&==&"),
        (FORM, bytes(range(256))),
    ],
)
async def test_an_unreadable_body_is_an_empty_one(world: World, content_type: str, body: bytes) -> None:
    answer = await world.post(hook(world.alice, "feature.get"), body, content_type)
    assert answer.refusal == (400, "CODE_EMPTY")


@pytest.mark.parametrize("body", [b"a=1&" * 10_001, b"&".join(b"a%d[b]" % n + b"[c]" * 63 for n in range(1000))])
async def test_an_absurd_body_is_refused_as_an_argument(world: World, body: bytes) -> None:
    assert (await world.post(hook(world.alice, "profile"), body, FORM)).refusal == (400, "ERROR_ARGUMENT")


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (FORM, "DIALOG_ID={}&MESSAGE=a%00b"),
        (FORM, "DIALOG_ID={}&MESSAGE=a\0b"),
        (JSON, '{{"DIALOG_ID": {}, "MESSAGE": "a\\u0000b"}}'),
    ],
)
async def test_nul_characters_are_dropped(world: World, content_type: str, body: str) -> None:
    path = hook(world.alice, "im.message.add")
    assert await said(world, await world.post(path, body.format(world.bob.id).encode(), content_type)) == "ab"
    query = f"im.message.add?DIALOG_ID={world.bob.id}&MESSAGE=a%00b"
    assert await said(world, await world.get(hook(world.alice, query))) == "ab"


async def test_nul_characters_are_dropped_from_texts_within_texts(world: World) -> None:
    attach = json.dumps([{"MESSAGE": "a\0b"}])
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="x", ATTACH=attach)
    [event] = await posted(world)
    text = json.dumps(event.params)
    assert "ab" in text
    assert "u0000" not in text


async def test_bytes_that_are_no_utf8_become_the_replacement_character(world: World) -> None:
    body = b"DIALOG_ID=%d&MESSAGE=%%E4%%F5" % world.bob.id
    assert await said(world, await world.post(hook(world.alice, "im.message.add"), body, FORM)) == "��"


# ---------------------------------------------------------------- too large, broken


TOO_LARGE = {"error": "ERROR_CORE", "error_description": "Request is too large"}


async def test_a_body_past_the_limit_is_refused_as_json(small: World) -> None:
    path = hook(small.alice, "im.message.add")
    assert await small.post(path, b"MESSAGE=" + b"x" * 70_000, FORM) == (413, TOO_LARGE)
    assert await small.post(path, b"MESSAGE=" + b"x" * 60_000, FORM) != (413, TOO_LARGE)


async def test_a_body_in_pieces_is_refused_when_it_grows_past_the_limit(small: World) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(5):
            yield b"x" * 16384

    status, _, body = await ask(small, "POST", hook(small.alice, "profile"), data=pieces())
    assert (status, json.loads(body)) == (413, TOO_LARGE)


async def test_a_packed_body_counts_as_what_it_becomes(small: World) -> None:
    packed = gzip.compress(b"MESSAGE=" + b"x" * 1_000_000)
    headers = {"Content-Encoding": "gzip", "Content-Type": FORM}
    status, _, body = await ask(small, "POST", hook(small.alice, "profile"), data=packed, headers=headers)
    assert (status, json.loads(body)) == (413, TOO_LARGE)


@pytest.mark.parametrize(
    "tail",
    [
        b"Content-Encoding: gzip\r\nContent-Length: 6\r\n\r\nno gzip",
        b"Transfer-Encoding: chunked\r\n\r\nnot a chunk\r\n\r\n",
    ],
)
async def test_a_broken_body_is_refused_and_the_server_lives(world: World, tail: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", world.app.port)
    writer.write(f"POST {hook(world.alice, 'profile')} HTTP/1.1\r\nHost: x\r\n".encode() + tail)
    head = await reader.readuntil(b"\r\n")
    assert b" 400 " in head
    writer.close()
    await writer.wait_closed()
    assert (await world.get(hook(world.alice, "profile"))).status == 200


# ---------------------------------------------------------------- who calls


async def test_a_token_is_taken_from_header_query_form_and_json(world: World) -> None:
    application = await world.install()
    token = (await world.bob.through(application)).auth
    bearer = await world.get("/rest/profile", Authorization=f"Bearer {token}")
    answers = [
        bearer,
        await world.get(f"/rest/profile?auth={token}"),
        await world.get(f"/rest/profile?ACCESS_TOKEN={token}"),
        await world.post("/rest/profile", f"Auth={token}".encode(), FORM),
        await world.post("/rest/profile", json.dumps({"access_token": token}).encode(), JSON),
    ]
    assert [answer.result["ID"] for answer in answers] == [str(world.bob.id)] * 5


@pytest.mark.parametrize("token", ["", "x", "я" * 60, "A" * 80, quote("\0" * 60)])
async def test_a_wrong_token_is_refused(world: World, token: str) -> None:
    expected = (401, "invalid_token") if token else (401, "NO_AUTH_FOUND")
    if "\0" in token or "%00" in token:
        expected = (401, "NO_AUTH_FOUND")  # nothing is left of it
    assert (await world.get(f"/rest/profile?auth={quote(token, safe='%')}")).refusal == expected
    assert (await world.post("/rest/profile", b'{"auth": [1]}', JSON)).refusal == (401, "invalid_token")


async def test_cookies_are_no_authorisation(world: World) -> None:
    application = await world.install()
    token = (await world.bob.through(application)).auth
    assert (await world.get("/rest/profile", Cookie=f"auth={token}; sessid={token}")).refusal == (401, "NO_AUTH_FOUND")


async def test_a_method_outside_the_scopes_is_refused_for_webhook_and_token(world: World) -> None:
    narrow = await world.webhook(world.alice, "user")
    assert await narrow.refused("im.message.add", DIALOG_ID=1, MESSAGE="x") == (403, "insufficient_scope")
    application = await world.install(scopes=("user",))
    actor = await world.alice.through(application)
    answer = await actor.ask("im.message.add", DIALOG_ID=1, MESSAGE="x")
    assert answer.status == 403
    assert "access token" in answer.body["error_description"]


# ---------------------------------------------------------------- the envelope


async def test_the_time_block_has_the_documented_keys(world: World) -> None:
    answer = await world.alice.ask("profile")
    block = answer.body["time"]
    assert list(block) == TIME_KEYS
    assert block["start"] <= block["finish"]
    assert block["duration"] == pytest.approx(block["finish"] - block["start"], abs=0.001)
    assert 0 <= block["processing"] <= block["duration"]
    assert block["date_start"].endswith("+03:00")
    assert len(block["date_finish"]) == len("2024-07-23T08:11:02+00:00")
    assert block["operating_reset_at"] % 60 == 0
    assert isinstance(block["operating"], float)


async def test_a_state_is_answered_with_a_signature_that_covers_both(world: World) -> None:
    one = (await world.alice.ask("profile", state="abc")).body["signature"]
    again = (await world.alice.ask("profile", state="abc")).body["signature"]
    other = (await world.alice.ask("profile", state="abd")).body["signature"]
    bobs = (await world.bob.ask("profile", state="abc")).body["signature"]
    assert one == again
    assert len({one, other, bobs}) == 3
    assert "signature" not in (await world.alice.ask("profile")).body


async def test_xml_carries_the_same_tree(world: World) -> None:
    _, _, body = await ask(world, "GET", hook(world.alice, "profile.xml"))
    tree = ET.fromstring(body)  # noqa: S314
    assert tree.tag == "response"
    assert tree.findtext("result/ID") == str(world.alice.id)
    assert tree.findtext("result/ADMIN") == "1"
    assert [child.tag for child in tree.find("time") or []] == TIME_KEYS


@pytest.mark.parametrize(
    ("path", "code"), [("no.such.xml", "ERROR_METHOD_NOT_FOUND"), ("feature.get.XML", "CODE_EMPTY")]
)
async def test_errors_come_as_xml_as_well(world: World, path: str, code: str) -> None:
    status, _, body = await ask(world, "GET", hook(world.alice, path))
    tree = ET.fromstring(body)  # noqa: S314
    assert status in {400, 404}
    assert (tree[0].tag, tree[0].text) == ("error", code)
    assert tree.findtext("error_description")


# ---------------------------------------------------------------- limits


@pytest.fixture
async def limited(tmp_path: Path) -> AsyncIterator[World]:
    """Give a server with the cloud's limits."""
    opened = World(config_for(tmp_path, "", limits="bitrix24-cloud"))
    await opened.open()
    yield opened
    await opened.close()


async def test_the_fifty_first_request_at_once_is_refused_with_503(limited: World) -> None:
    limited.app.endpoint.execution.limiter._clock = lambda: 0.0  # nothing leaks meanwhile
    for _ in range(50):
        assert (await limited.alice.ask("profile")).status == 200
    assert await limited.alice.refused("profile") == (503, "QUERY_LIMIT_EXCEEDED")
    assert await limited.bob.refused("profile") == (503, "QUERY_LIMIT_EXCEEDED")  # the address counts, not the person
    limited.app.endpoint.execution.limiter._clock = lambda: 0.6  # two a second leak; what was refused was not counted
    assert (await limited.bob.ask("profile")).status == 200
    assert await limited.bob.refused("profile") == (503, "QUERY_LIMIT_EXCEEDED")


async def test_an_application_may_have_limits_of_its_own(limited: World) -> None:
    limited.app.endpoint.execution.limiter._clock = lambda: 0.0
    application = await limited.install(limits="enterprise")
    actor = await limited.alice.through(application)
    statuses = [(await actor.ask("server.time")).status for _ in range(251)]
    assert statuses == [200] * 250 + [503]
    assert (await limited.alice.ask("profile")).status == 200


async def test_a_batch_is_one_request_for_the_limiter(limited: World) -> None:
    limited.app.endpoint.execution.limiter._clock = lambda: 0.0
    for _ in range(50):
        answer = await limited.alice.ask("batch", cmd=["server.time"] * 5)
        assert len(answer.result["result"]) == 5
    assert await limited.alice.refused("batch", cmd=["server.time"]) == (503, "QUERY_LIMIT_EXCEEDED")


async def test_a_method_that_used_up_its_time_is_refused_with_429_until_it_is_released(limited: World) -> None:
    now = 1_000_000.0
    operating = limited.app.endpoint.execution.operating
    operating._clock = lambda: now
    block = (await limited.alice.ask("profile")).body["time"]
    assert block["operating_reset_at"] == (int(now) // 60 + 10) * 60
    [(owner, _)] = operating._used
    operating.charge(owner, "profile", 480.0)
    assert await limited.alice.refused("profile") == (429, "OPERATION_TIME_LIMIT")
    assert (await limited.alice.ask("server.time")).status == 200  # each method has its own
    assert (await limited.bob.ask("profile")).status == 200  # and so has each webhook
    answer = await limited.alice.call("batch", cmd={"a": "profile"})
    assert answer["result_error"]["a"]["error"] == "OPERATION_TIME_LIMIT"
    now += 600
    assert (await limited.alice.ask("profile")).status == 200


async def test_the_emergency_brake_refuses_everything_with_503(tmp_path: Path) -> None:
    world = World(config_for(tmp_path, "", overloaded=True))
    await world.open()
    try:
        assert await world.alice.refused("profile") == (503, "OVERLOAD_LIMIT")
    finally:
        await world.close()
