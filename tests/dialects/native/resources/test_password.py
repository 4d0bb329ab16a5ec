"""``/api/password``: changing the own password."""

from __future__ import annotations

import pytest

from skvorets.core import logins
from support.browsers import Browser, RefusedError, browser_of
from support.world import World

OLD, NEW = "correct horse", "battery staple"
HASH = logins.hash_password(OLD)


async def test_the_login_is_told(world: World) -> None:
    await world.unit(logins.set_password_hash, world.bob.id, "Bob", HASH)
    async with browser_of(world, world.bob) as browser:
        assert await browser.get("/api/password") == {"login": "bob", "minLength": logins.MIN_PASSWORD_LENGTH}
    async with browser_of(world, world.carol) as browser:
        assert (await browser.get("/api/password"))["login"] == ""


async def test_it_is_changed_and_other_browsers_log_in_anew(world: World) -> None:
    await world.unit(logins.set_password_hash, world.bob.id, "bob", HASH)
    async with browser_of(world, world.bob) as browser, browser_of(world, world.bob) as other:
        assert await browser.call("PUT", "/api/password", {"old": OLD, "new": NEW}) is None
        assert await browser.get("/api/session")
        with pytest.raises(RefusedError, match="401 not_logged_in"):
            await other.get("/api/session")
    async with Browser(world.url) as browser:
        with pytest.raises(RefusedError, match="401 wrong_secret"):
            await browser.log_in("bob", OLD)
        await browser.log_in("bob", NEW)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"old": "wrong", "new": NEW}, "401 wrong_secret"),
        ({"old": OLD, "new": "x" * 7}, "400 weak_password"),
        ({"old": OLD, "new": "x" * 1025}, "400 malformed"),
        ({"old": OLD}, "400 malformed"),
        ({"old": OLD, "new": {}}, "400 malformed"),
    ],
)
async def test_refusals_change_nothing(world: World, given: object, refusal: str) -> None:
    await world.unit(logins.set_password_hash, world.bob.id, "bob", HASH)
    async with browser_of(world, world.bob) as browser:
        with pytest.raises(RefusedError, match=refusal):
            await browser.call("PUT", "/api/password", given)
        await browser.log_in("bob", OLD)


async def test_guessing_the_old_one_is_stopped(world: World) -> None:
    await world.unit(logins.set_password_hash, world.bob.id, "bob", HASH)
    async with browser_of(world, world.bob) as browser:
        for _ in range(logins.MAX_PER_ACCOUNT_AND_ADDRESS):
            with pytest.raises(RefusedError, match="401 wrong_secret"):
                await browser.call("PUT", "/api/password", {"old": "wrong", "new": NEW})
        with pytest.raises(RefusedError, match="429 too_many_attempts"):
            await browser.call("PUT", "/api/password", {"old": OLD, "new": NEW})


async def test_all_other_browsers_are_logged_out_at_once(world: World) -> None:
    async with browser_of(world, world.bob) as browser, browser_of(world, world.bob) as other:
        async with browser_of(world, world.carol) as carol:
            await browser.call("DELETE", "/api/sessions")
            assert await browser.get("/api/session")
            assert await carol.get("/api/session")
        with pytest.raises(RefusedError, match="401 not_logged_in"):
            await other.get("/api/session")
