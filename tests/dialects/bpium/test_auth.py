"""Logging in: Basic, the cookie, /auth/login and /auth/logout (spec bpium-messages §2)."""

from __future__ import annotations

import asyncio
import json

import pytest

from skvorets.core import app_passwords, logins
from skvorets.core.logins import hash_password
from skvorets.core.people import change_person
from skvorets.storage.database import Tx
from support.bpium import PASSWORD, Program, ask, program_of
from support.browsers import Browser, browser_of
from support.world import World

ME = "/profile/me"


async def test_basic_logs_in_and_sets_the_cookie(world: World) -> None:
    alice = await program_of(world, world.alice)
    answer = await alice.ask("GET", ME)
    assert answer.result == {"id": str(world.alice.id), "email": "", "title": "Alice Petrova", "subjects": []}
    assert answer.cookie
    header = answer.headers["Set-Cookie"]
    assert header.startswith("connect.sid=")
    assert "HttpOnly" in header
    assert "SameSite=Lax" in header
    assert "Path=/" in header
    assert "Secure" not in header
    again = await ask(world, "GET", f"/api/v1{ME}", Cookie=f"connect.sid={answer.cookie}")
    assert again.result["id"] == str(world.alice.id)
    assert again.cookie == ""


async def test_nobody_and_an_unknown_cookie_are_401_without_a_challenge(world: World) -> None:
    for headers in (
        {},
        {"Cookie": "connect.sid=" + "x" * 43},
        {"Cookie": "connect.sid=s"},
        {"Authorization": "Basic !"},
    ):
        answer = await ask(world, "GET", f"/api/v1{ME}", **headers)
        assert answer.refusal == (401, "Unauthorized")
        assert "WWW-Authenticate" not in answer.headers


async def test_a_wrong_password_is_401_and_too_many_are_429(world: World) -> None:
    await program_of(world, world.alice)
    wrong = Program(world, "alice@example.com", "wrong password")
    for _ in range(10):
        assert await wrong.refused("GET", ME) == (401, "Unauthorized")
    answer = await wrong.ask("GET", ME)
    assert answer.refusal == (429, "TooManyRequests")
    assert int(answer.headers["Retry-After"]) == 300


async def test_basic_at_every_call_keeps_one_session(world: World) -> None:
    alice = await program_of(world, world.alice)
    cookies = {(await alice.ask("GET", ME)).cookie for _ in range(3)}
    assert len(cookies) == 1
    assert await world.unit(_count_sessions) == 1


async def test_basic_decides_when_a_cookie_comes_too(world: World) -> None:
    alice, bob = await program_of(world, world.alice), await program_of(world, world.bob)
    cookie = (await bob.ask("GET", ME)).cookie
    answer = await alice.ask("GET", ME, Cookie=f"connect.sid={cookie}")
    assert answer.result["id"] == str(world.alice.id)


async def test_the_persons_own_email_is_as_good_as_his_login(world: World) -> None:
    await world.unit(logins.set_password_hash, world.bob.id, "bobby", hash_password(PASSWORD))
    await world.unit(_set_email, world.bob.id, "Bob@Example.com")
    assert (await Program(world, "bob@example.com").get(ME))["id"] == str(world.bob.id)
    assert (await Program(world, "bobby").get(ME))["email"] == "Bob@Example.com"
    await program_of(world, world.carol)
    await world.unit(_set_email, world.carol.id, "bob@example.com")
    assert await Program(world, "BOB@example.com").refused("GET", ME) == (401, "Unauthorized")


async def test_a_new_password_ends_all_sessions(world: World) -> None:
    alice = await program_of(world, world.alice)
    cookie = (await alice.ask("GET", ME)).cookie
    await world.unit(logins.set_password_hash, world.alice.id, "alice@example.com", hash_password("another password"))
    answer = await ask(world, "GET", f"/api/v1{ME}", Cookie=f"connect.sid={cookie}")
    assert answer.refusal == (401, "Unauthorized")
    assert await alice.refused("GET", ME) == (401, "Unauthorized")


async def test_dismissed_people_are_out(world: World) -> None:
    bob = await program_of(world, world.bob)
    await bob.get(ME)
    await world.unit(_dismiss, world.bob.id)
    assert await bob.refused("GET", ME) == (401, "Unauthorized")


async def test_a_password_for_programs_logs_in_until_it_is_revoked(world: World) -> None:
    await program_of(world, world.alice)
    made, password = await world.unit(app_passwords.create, world.alice.person, "1C", "127.0.0.1")
    program = Program(world, "alice@example.com", password)
    cookie = (await program.ask("GET", ME)).cookie
    await world.unit(app_passwords.revoke, world.alice.person, made.id, "127.0.0.1")
    assert await program.refused("GET", ME) == (401, "Unauthorized")
    answer = await ask(world, "GET", f"/api/v1{ME}", Cookie=f"connect.sid={cookie}")
    assert answer.refusal == (401, "Unauthorized")


async def test_cookies_of_the_messenger_and_of_this_door_open_only_their_own(world: World) -> None:
    alice = await program_of(world, world.alice)
    cookie = (await alice.ask("GET", ME)).cookie
    async with browser_of(world, world.alice) as browser:
        answer = await ask(world, "GET", f"/api/v1{ME}", Cookie=f"connect.sid={browser.cookie}")
    assert answer.refusal == (401, "Unauthorized")
    async with Browser(world.url) as other:
        other.cookie = cookie
        assert (await other.raw("GET", "/api/session"))[0] == 401


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (json.dumps({"email": "alice@example.com", "password": PASSWORD}).encode(), "application/json"),
        (b"email=alice%40example.com&password=correct+horse+battery", "application/x-www-form-urlencoded"),
    ],
)
async def test_auth_login_and_logout(world: World, body: bytes, kind: str) -> None:
    await program_of(world, world.alice)
    answer = await ask(world, "POST", "/auth/login", body, **{"Content-Type": kind})
    assert answer.result == {}
    cookie = {"Cookie": f"connect.sid={answer.cookie}"}
    assert (await ask(world, "GET", f"/api/v1{ME}", **cookie)).status == 200
    for _ in range(2):
        assert (await ask(world, "POST", "/auth/logout", {}, **cookie)).result == {}
    assert (await ask(world, "GET", f"/api/v1{ME}", **cookie)).refusal == (401, "Unauthorized")


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"email": 1, "password": "x"}', b'{"email": "a\\u0000", "password": ""}']
)
async def test_a_log_in_that_cannot_be_read_is_400(world: World, body: bytes) -> None:
    assert (await ask(world, "POST", "/auth/login", body)).refusal == (400, "BadRequest")


async def test_other_addresses_and_verbs_below_auth(world: World) -> None:
    assert (await ask(world, "GET", "/auth/login")).refusal == (405, "MethodNotAllowed")
    assert (await ask(world, "POST", "/auth/else", {})).refusal == (404, "NotFound")


async def test_a_page_of_another_site_cannot_use_the_cookie(world: World) -> None:
    alice = await program_of(world, world.alice)
    cookie = (await alice.ask("GET", ME)).cookie
    foreign = {"Cookie": f"connect.sid={cookie}", "Origin": "https://evil.example", "Content-Type": "text/plain"}
    assert (await ask(world, "POST", "/api/v1/sections", b"{}", **foreign)).refusal == (403, "Forbidden")
    own = {**foreign, "Origin": world.url}
    assert (await ask(world, "POST", "/api/v1/sections", b"{}", **own)).status != 403
    as_json = {**foreign, "Content-Type": "application/json"}
    assert (await ask(world, "POST", "/api/v1/sections", b"{}", **as_json)).status != 403


async def test_many_at_once_with_the_same_basic_are_all_let_in(world: World) -> None:
    alice = await program_of(world, world.alice)
    answers = await asyncio.gather(*(alice.ask("GET", ME) for _ in range(5)))
    assert [one.status for one in answers] == [200] * 5


async def test_a_program_may_call_itself_by_any_bytes(world: World) -> None:
    alice = await program_of(world, world.alice)
    request = (
        f"GET /api/v1{ME} HTTP/1.1\r\nHost: x\r\nAuthorization: {alice.basic}\r\nConnection: close\r\nUser-Agent: "
    )
    reader, writer = await asyncio.open_connection("127.0.0.1", world.app.port)
    writer.write(request.encode() + b"\xff\xfe\r\n\r\n")
    assert (await reader.readline()).startswith(b"HTTP/1.1 200")
    writer.close()


async def _count_sessions(tx: Tx) -> int:
    return int(await tx.val("SELECT count(*) FROM sessions WHERE kind = 'bpium'"))


async def _set_email(tx: Tx, person_id: int, email: str) -> None:
    await change_person(tx, person_id, email=email)


async def _dismiss(tx: Tx, person_id: int) -> None:
    await change_person(tx, person_id, active=0)
