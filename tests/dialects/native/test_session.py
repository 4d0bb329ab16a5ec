"""Logging in and out of the native API: cookie, forgery token, foreign pages, revoked and dismissed people."""

from __future__ import annotations

import aiohttp
import pytest

from skvorets.core import logins, sessions
from skvorets.storage import people
from skvorets.storage.database import Tx
from support.browsers import Browser, RefusedError, browser_of
from support.world import World

PASSWORD = "correct horse"


async def set_password(tx: Tx, person_id: int, login: str, password: str = PASSWORD) -> None:
    await logins.set_password_hash(tx, person_id, login, logins.hash_password(password))


async def test_who_logs_in_is_told_who_he_is(world: World) -> None:
    await world.unit(set_password, world.bob.id, "bob@example.com")
    async with Browser(world.url) as browser:
        await browser.log_in("bob@example.com", PASSWORD)
        current = await browser.get("/api/session")
    assert current["me"] == {
        "id": world.bob.id,
        "name": world.bob.person.name,
        "firstName": world.bob.person.first_name,
        "lastName": world.bob.person.last_name,
        "avatar": "",
        "language": "",
        "isAdmin": False,
        "isExtranet": False,
    }
    config = world.app.config
    portal = {"url": config.base_url, "language": config.language, "maxFileBytes": config.max_file_bytes}
    assert current["portal"] == portal
    assert len(current["csrfToken"]) == 43


async def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(world: World) -> None:
    await world.unit(set_password, world.bob.id, "bob@example.com")
    async with (
        aiohttp.ClientSession() as plain,
        plain.post(world.url + "/api/session", json={"login": "bob@example.com", "password": PASSWORD}) as response,
    ):
        assert response.status == 204
        cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie


async def test_a_wrong_password_opens_nothing(world: World) -> None:
    await world.unit(set_password, world.bob.id, "bob@example.com")
    async with Browser(world.url) as browser:
        for login, password in (("bob@example.com", "wrong"), ("nobody", PASSWORD), ("", "")):
            with pytest.raises(RefusedError, match="401 wrong_secret"):
                await browser.log_in(login, password)
        with pytest.raises(RefusedError, match="401 not_logged_in"):
            await browser.get("/api/session")


async def test_guessing_is_stopped(world: World) -> None:
    await world.unit(set_password, world.bob.id, "bob@example.com")
    async with Browser(world.url) as browser:
        for _ in range(logins.MAX_PER_ACCOUNT_AND_ADDRESS):
            with pytest.raises(RefusedError, match="401"):
                await browser.log_in("bob@example.com", "wrong")
        with pytest.raises(RefusedError, match="429 too_many_attempts"):
            await browser.log_in("bob@example.com", PASSWORD)


async def test_a_change_without_the_forgery_token_is_refused(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        browser.forgery_token = ""
        with pytest.raises(RefusedError, match="403 forged"):
            await browser.call("DELETE", "/api/session")
        assert await browser.get("/api/session")


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
async def test_a_change_from_another_site_is_refused(world: World, headers: dict[str, str]) -> None:
    async with browser_of(world, world.bob) as browser:
        with pytest.raises(RefusedError, match="403 foreign_page"):
            await browser.call("DELETE", "/api/session", headers=headers)
        with pytest.raises(RefusedError, match="403 foreign_page"):
            await browser.call("POST", "/api/session", {"login": "a", "password": "b"}, headers=headers)


async def test_logging_out_ends_this_browser_only(world: World) -> None:
    async with browser_of(world, world.bob) as one, browser_of(world, world.bob) as other:
        secret = one.cookie
        await one.call("DELETE", "/api/session")
        assert one.cookie == ""
        with pytest.raises(RefusedError, match="401"):
            await one.get("/api/session")
        one.cookie = secret
        with pytest.raises(RefusedError, match="401"):
            await one.get("/api/session")
        assert await other.get("/api/session")


async def test_browsers_are_listed_and_logged_out_one_by_one(world: World) -> None:
    async with browser_of(world, world.bob) as one, browser_of(world, world.bob) as other:
        listed = await one.get("/api/sessions")
        assert [each["isCurrent"] for each in listed].count(True) == 1
        foreign = next(each for each in listed if not each["isCurrent"])
        assert set(foreign) == {"id", "isCurrent", "userAgent", "address", "createdAt", "seenAt"}
        await one.call("DELETE", f"/api/sessions/{foreign['id']}")
        with pytest.raises(RefusedError, match="401"):
            await other.get("/api/session")
        with pytest.raises(RefusedError, match="404 not_found"):
            await one.call("DELETE", f"/api/sessions/{foreign['id']}")


async def test_nobody_ends_the_session_of_somebody_else(world: World) -> None:
    async with browser_of(world, world.bob) as bob, browser_of(world, world.carol) as carol:
        [session] = await bob.get("/api/sessions")
        with pytest.raises(RefusedError, match="404 not_found"):
            await carol.call("DELETE", f"/api/sessions/{session['id']}")
        assert await bob.get("/api/session")


async def test_who_uses_the_client_was_seen(world: World) -> None:
    async with browser_of(world, world.bob):
        await world.app.activity.write()
        bob = await world.app.store.read(people.find, world.bob.id)
    assert bob is not None
    assert bob.last_seen > 0


async def test_a_dismissed_person_is_out_at_once(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        await world.unit(_dismiss, world.bob.id)
        with pytest.raises(RefusedError, match="401"):
            await browser.get("/api/session")


async def test_a_new_password_logs_all_browsers_out(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        await world.unit(set_password, world.bob.id, "bob@example.com", "another horse")
        with pytest.raises(RefusedError, match="401"):
            await browser.get("/api/session")


async def test_the_cookie_is_no_credential_at_other_doors(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        status, _ = await browser.raw("POST", "/rest/profile")
        assert status == 401
        status, _ = await browser.raw("POST", "/push/ticket", b"{}")
        assert status in {400, 401}


async def test_sessions_are_renewed_by_use_and_end_by_disuse(world: World) -> None:
    secret = await world.unit(sessions.open_session, world.bob.person, "", "")
    session, _ = await world.unit(sessions.find_session, secret)
    assert session.expires_at - session.seen_at == sessions.IDLE_MS
    assert not sessions.is_renewal_due(session, session.seen_at + sessions.RENEWAL_MS - 1)
    assert sessions.is_renewal_due(session, session.seen_at + sessions.RENEWAL_MS)
    await world.unit(_age, session.id)
    async with Browser(world.url) as browser:
        browser.cookie = secret
        with pytest.raises(RefusedError, match="401"):
            await browser.get("/api/session")


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        (b"", "400 malformed"),
        (b"[]", "400 malformed"),
        (b'{"login": ["a"], "password": "b"}', "400 malformed"),
        (b'{"login": "a"}', "400 malformed"),
        (b"[" * 100_000, "400 malformed"),
        (b'{"login": "\xff", "password": "b"}', "400 malformed"),
    ],
)
async def test_malformed_bodies_are_refused(world: World, body: bytes, refusal: str) -> None:
    async with Browser(world.url) as browser:
        status, answer = await browser.raw("POST", "/api/session", body)
        assert f"{status} {answer['error']['code']}" == refusal


async def test_other_paths_and_verbs_are_refused_in_json(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        for verb, path, refusal in (
            ("GET", "/api/nothing", "404 no_such_path"),
            ("PUT", "/api/session", "405 wrong_verb"),
            ("DELETE", "/api/sessions/0", "404 no_such_path"),
            ("DELETE", "/api/sessions/99999999999999999999", "404 no_such_path"),
        ):
            with pytest.raises(RefusedError, match=refusal):
                await browser.call(verb, path)


async def _dismiss(tx: Tx, person_id: int) -> None:
    await people.change(tx, person_id, active=0)


async def _age(tx: Tx, session_id: int) -> None:
    await tx.do("UPDATE sessions SET expires_at = $2 WHERE id = $1", session_id, tx.now)
