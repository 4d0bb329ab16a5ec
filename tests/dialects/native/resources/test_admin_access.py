"""Who gets in: disabling ends everything at once, one-time passwords are good for one thing."""

from __future__ import annotations

import asyncio

import msgspec
import pytest

from skvorets.core import logins, second_factor, sessions
from skvorets.storage import second_factors
from support.administration import audit_of, refuses_others
from support.browsers import Browser, RefusedError, browser_of
from support.world import World


async def test_disabling_ends_browsers_webhooks_and_tokens_at_once(world: World) -> None:
    token = await world.bob.through(await world.install())
    path = f"/api/admin/people/{world.bob.id}"
    async with browser_of(world, world.alice) as admin, browser_of(world, world.bob) as browser:
        await world.bob.call("profile")
        await token.call("profile")
        assert await admin.call("POST", f"{path}/disable") is None
        with pytest.raises(RefusedError, match="401 not_logged_in"):
            await browser.get("/api/session")
        for _ in range(40):  # what is remembered of callers goes when the log was looked at
            if (await world.bob.ask("profile")).status != 200 and (await token.ask("profile")).status != 200:
                break
            await asyncio.sleep(0.05)
        assert (await world.bob.ask("profile")).status == 401
        assert (await token.ask("profile")).status == 401
        with pytest.raises(RefusedError, match="409 nothing_changed"):
            await admin.call("POST", f"{path}/disable")
        await admin.call("POST", f"{path}/enable")
        with pytest.raises(RefusedError, match="409 nothing_changed"):
            await admin.call("POST", f"{path}/enable")
        with pytest.raises(RefusedError, match="401 not_logged_in"):
            await browser.get("/api/session")
    [entry] = await audit_of(world, "person.disabled")
    assert (entry["actor"], entry["subject"], entry["name"]) == (world.alice.id, ("person", world.bob.id), "Bob Ivanov")
    assert len(await audit_of(world, "person.enabled")) == 1


async def test_nobody_disables_himself_or_the_last_administrator(world: World) -> None:
    dora = await world.add("Dora", admin=True)
    async with browser_of(world, world.alice) as browser:
        with pytest.raises(RefusedError, match="409 own_account"):
            await browser.call("POST", f"/api/admin/people/{world.alice.id}/disable")
    await world.unit(logins.set_password_hash, world.alice.id, "alice", logins.hash_password("correct horse"))
    async with browser_of(world, dora) as browser:  # who could not log in herself with a password
        with pytest.raises(RefusedError, match="409 last_administrator"):
            await browser.call("POST", f"/api/admin/people/{world.alice.id}/disable")
    assert await audit_of(world, "person.disabled") == []


async def test_a_one_time_password_opens_only_with_a_new_one(world: World) -> None:
    async with browser_of(world, world.alice) as admin:
        path = f"/api/admin/people/{world.bob.id}/password"
        with pytest.raises(RefusedError, match=r"^400 "):
            await admin.call("POST", path)  # he has no login yet
        given = await admin.call("POST", path, {"login": " Bob "})
        again = await admin.call("POST", path)
    assert given["login"] == again["login"] == "bob"
    assert len(again["password"]) >= 16
    assert again["password"] != given["password"]
    entered = {"login": "bob", "password": again["password"]}
    async with Browser(world.url) as browser:
        with pytest.raises(RefusedError, match="401 wrong_secret"):
            await browser.log_in("bob", given["password"])
        with pytest.raises(RefusedError, match="401 new_password_required"):
            await browser.log_in("bob", again["password"])
        with pytest.raises(RefusedError, match=r"400 weak_password|400 refused"):
            await browser.call("POST", "/api/session", {**entered, "newPassword": "short"})
        with pytest.raises(RefusedError, match=r"400 weak_password|400 refused"):
            await browser.call("POST", "/api/session", {**entered, "newPassword": again["password"]})
        await browser.call("POST", "/api/session", {**entered, "newPassword": "my own words"})
        assert (await browser.get("/api/session"))["me"]["id"] == world.bob.id
    async with Browser(world.url) as browser:
        with pytest.raises(RefusedError, match="401 wrong_secret"):
            await browser.log_in("bob", again["password"])
        await browser.log_in("bob", "my own words")
    assert [one["actor"] for one in await audit_of(world, "password.set")] == [world.alice.id] * 2
    assert again["password"] not in str(await audit_of(world, "password.set"))
    assert [one["actor"] for one in await audit_of(world, "password.changed")] == [world.bob.id]


async def test_all_browsers_of_somebody_are_logged_out(world: World) -> None:
    async with browser_of(world, world.alice) as admin, browser_of(world, world.bob) as browser:
        await world.unit(sessions.open_session, world.bob.person, "telephone", "192.0.2.1")
        assert (await admin.get(f"/api/admin/people/{world.bob.id}"))["sessions"] == 2
        await admin.call("DELETE", f"/api/admin/people/{world.bob.id}/sessions")
        with pytest.raises(RefusedError, match="401 not_logged_in"):
            await browser.get("/api/session")
        assert (await admin.get(f"/api/admin/people/{world.bob.id}"))["sessions"] == 0
    assert len(await audit_of(world, "sessions.ended")) == 1


async def test_a_lost_second_factor_is_switched_off(world: World) -> None:
    await world.unit(second_factor.begin, world.bob.person, "Test")
    await _confirm(world)
    path = f"/api/admin/people/{world.bob.id}"
    async with browser_of(world, world.alice) as admin:
        assert (await admin.get(path))["hasSecondFactor"]
        await admin.call("DELETE", f"{path}/two-factor")
        assert not (await admin.get(path))["hasSecondFactor"]
        with pytest.raises(RefusedError, match="409 nothing_changed"):
            await admin.call("DELETE", f"{path}/two-factor")
    [entry] = await audit_of(world, "two_factor.disabled")
    assert (entry["actor"], entry["subject"]) == (world.alice.id, ("person", world.bob.id))


@pytest.mark.parametrize(
    ("verb", "last"),
    [
        ("POST", "disable"),
        ("POST", "enable"),
        ("POST", "password"),
        ("DELETE", "sessions"),
        ("DELETE", "two-factor"),
    ],
)
async def test_only_administrators_may_and_only_with_people(world: World, verb: str, last: str) -> None:
    await refuses_others(world, verb, f"/api/admin/people/{world.carol.id}/{last}")
    async with browser_of(world, world.alice) as admin:
        with pytest.raises(RefusedError, match="404 no_such_person"):
            await admin.call(verb, f"/api/admin/people/999999/{last}", {"login": "x"} if last == "password" else None)


async def _confirm(world: World) -> None:
    """Confirm the second factor that was begun, without its application."""
    found = await world.app.store.read(second_factors.find, world.bob.id)
    assert found is not None
    await world.unit(second_factors.put, msgspec.structs.replace(found, confirmed_at=1))
