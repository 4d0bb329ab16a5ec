"""``/api/welcome``: the first run."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from skvorets.app import App
from skvorets.cli.serve import welcome_link
from skvorets.core import logins
from skvorets.storage import chats, people
from skvorets.storage.database import Tx
from support.browsers import Browser, RefusedError
from support.world import World
from support.world import test_config as config_of

ENTRANCE = {"firstName": "Anna", "lastName": "Kim", "login": "anna", "password": "correct horse", "language": "en"}


@pytest.fixture
async def empty(database: str, tmp_path: Path) -> AsyncIterator[App]:
    """Give a server without anybody."""
    app = App(config_of(tmp_path, database))
    await app.start()
    yield app
    await app.stop()


def address_of(app: App) -> str:
    return f"http://127.0.0.1:{app.port}"


async def secret_of(app: App) -> str:
    return (await welcome_link(app)).rpartition("/")[2]


async def test_the_link_makes_the_administrator_and_is_used_up(empty: App) -> None:
    link = await welcome_link(empty)
    assert link.startswith(f"{empty.config.base_url}/welcome/")
    secret = link.rpartition("/")[2]
    async with Browser(address_of(empty)) as browser:
        assert await browser.get(f"/api/welcome?secret={secret}") is None
        await browser.call("POST", "/api/welcome", {**ENTRANCE, "secret": secret})
        current = await browser.get("/api/session")
        assert current["me"]["isAdmin"]
        assert current["me"]["name"] == "Anna Kim"
        with pytest.raises(RefusedError, match="404 not_found"):
            await browser.get(f"/api/welcome?secret={secret}")
        with pytest.raises(RefusedError, match="404 not_found"):
            await browser.call("POST", "/api/welcome", {**ENTRANCE, "login": "x", "secret": secret})
    assert await welcome_link(empty) == ""
    async with Browser(address_of(empty)) as browser:
        await browser.log_in("anna", "correct horse")


async def test_the_language_becomes_the_companys_at_once_and_for_good(
    empty: App, database: str, tmp_path: Path
) -> None:
    assert empty.config.language == "ru"
    async with Browser(address_of(empty)) as browser:
        await browser.call("POST", "/api/welcome", {**ENTRANCE, "secret": await secret_of(empty)})
        assert (await browser.get("/api/session"))["portal"]["language"] == "en"
    assert (empty.config.language, empty.store.portal.language) == ("en", "en")
    general = await empty.store.read(chats.general)
    assert general is not None
    assert general.title == "General chat"
    await empty.stop()
    again = App(config_of(tmp_path, database))
    await again.start()
    assert (again.config.language, again.store.portal.language) == ("en", "en")
    await again.stop()
    await empty.start()  # for the fixture


async def test_a_configured_language_stays(database: str, tmp_path: Path) -> None:
    app = App(config_of(tmp_path, database, language="ru"))
    await app.start()
    async with Browser(address_of(app)) as browser:
        await browser.call("POST", "/api/welcome", {**ENTRANCE, "secret": await secret_of(app)})
        assert (await browser.get("/api/session"))["portal"]["language"] == "ru"
    await app.stop()


async def test_a_new_link_voids_the_old_one(empty: App) -> None:
    old, new = await secret_of(empty), await secret_of(empty)
    async with Browser(address_of(empty)) as browser:
        with pytest.raises(RefusedError, match="404 not_found"):
            await browser.get(f"/api/welcome?secret={old}")
        assert await browser.get(f"/api/welcome?secret={new}") is None


async def test_an_administrator_who_came_otherwise_closes_the_door(world: World) -> None:
    secret = (await welcome_link(world.app)).rpartition("/")[2]
    assert secret  # alice cannot log in
    await world.unit(logins.set_password_hash, world.bob.id, "bob", logins.hash_password("correct horse"))
    async with Browser(world.url) as browser:
        assert await browser.get(f"/api/welcome?secret={secret}") is None
        await world.unit(logins.set_password_hash, world.alice.id, "alice", logins.hash_password("correct horse"))
        with pytest.raises(RefusedError, match="404 not_found"):
            await browser.get(f"/api/welcome?secret={secret}")
        with pytest.raises(RefusedError, match="404 not_found"):
            await browser.call("POST", "/api/welcome", {**ENTRANCE, "secret": secret})
    assert await welcome_link(world.app) == ""


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"password": "short"}, "400 weak_password"),
        ({"login": ""}, "400 wrong_name"),
        ({"firstName": ""}, "400 malformed"),
        ({"language": "xx"}, "400 malformed"),
        ({"secret": "x" * 43}, "404 not_found"),
        ({"secret": ""}, "404 not_found"),
        ({"secret": None}, "400 malformed"),
    ],
)
async def test_refusals_leave_the_link_as_it_is(empty: App, given: dict[str, Any], refusal: str) -> None:
    secret = await secret_of(empty)
    async with Browser(address_of(empty)) as browser:
        with pytest.raises(RefusedError, match=refusal):
            await browser.call("POST", "/api/welcome", {**ENTRANCE, "secret": secret, **given})
        assert await browser.get(f"/api/welcome?secret={secret}") is None
    assert await empty.store.read(_people) == 0


async def test_without_a_printed_link_nothing_is_good(empty: App) -> None:
    async with Browser(address_of(empty)) as browser:
        for secret in ("", "x" * 43):
            with pytest.raises(RefusedError, match="404 not_found"):
                await browser.get(f"/api/welcome?secret={secret}")


async def _people(tx: Tx) -> int:
    return len(await people.every(tx))
