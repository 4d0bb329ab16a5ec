"""``/api/app-passwords``: made once, listed without the secret, revoked."""

from __future__ import annotations

import asyncio

import pytest

from skvorets.core import logins
from skvorets.core.logins import Attempt
from skvorets.errors import WrongSecretError
from support.browsers import Browser, RefusedError, browser_of
from support.queries import count_queries
from support.world import World

PATH = "/api/app-passwords"
OWN = "correct horse"
HASH = logins.hash_password(OWN)


@pytest.fixture(autouse=True)
async def account(world: World) -> None:
    await world.unit(logins.set_password_hash, world.bob.id, "bob", HASH)


async def test_one_is_made_listed_and_revoked(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        made = await browser.call("POST", PATH, {"name": " Monthly  report ", "password": OWN})
        assert set(made) == {"id", "name", "createdAt", "appPassword"}
        assert made["name"] == "Monthly report"
        assert len(made["appPassword"]) >= 24
        attempt = Attempt("bob", made["appPassword"], "192.0.2.1", takes_app_passwords=True)
        assert (await logins.admit(world.app.store, attempt, asyncio.to_thread)).app_password_id == made["id"]
        (listed,) = await browser.get(PATH)
        assert listed.pop("usedAt") > 0
        assert listed == {"id": made["id"], "name": "Monthly report", "createdAt": made["createdAt"]}
        assert await browser.call("DELETE", f"{PATH}/{made['id']}") is None
        assert await browser.get(PATH) == []
        with pytest.raises(WrongSecretError):
            await logins.admit(world.app.store, attempt, asyncio.to_thread)


async def test_the_list_is_one_query_besides_those_of_the_session(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        with count_queries(world) as queries:
            await browser.get(PATH)
        few = queries.count
        for number in range(3):
            await browser.call("POST", PATH, {"name": f"Program {number}", "password": OWN})
        with count_queries(world) as queries:
            assert len(await browser.get(PATH)) == 3
        assert queries.count == few


async def test_one_of_somebody_else_is_neither_seen_nor_revoked(world: World) -> None:
    async with browser_of(world, world.bob) as browser, browser_of(world, world.alice) as other:
        made = await browser.call("POST", PATH, {"name": "Report", "password": OWN})
        assert await other.get(PATH) == []
        with pytest.raises(RefusedError, match="404 not_found"):
            await other.call("DELETE", f"{PATH}/{made['id']}")
        assert len(await browser.get(PATH)) == 1


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"name": "Report", "password": "wrong horse"}, "401 wrong_secret"),
        ({"name": "  ", "password": OWN}, "400 empty_name"),
        ({"name": "", "password": OWN}, "400 malformed"),
        ({"name": "x" * 101, "password": OWN}, "400 malformed"),
        ({"name": "Report"}, "400 malformed"),
        ({"name": {}, "password": []}, "400 malformed"),
    ],
)
async def test_refusals_make_none(world: World, given: object, refusal: str) -> None:
    async with browser_of(world, world.bob) as browser:
        with pytest.raises(RefusedError, match=refusal):
            await browser.call("POST", PATH, given)
        assert await browser.get(PATH) == []


async def test_who_is_not_logged_in_is_refused(world: World) -> None:
    async with Browser(world.url) as browser:
        with pytest.raises(RefusedError, match="401 not_logged_in"):
            await browser.get(PATH)
