"""``/api/settings``: the same for all browsers of a person, which hear of changes."""

from __future__ import annotations

import pytest

from skvorets.core.events_settings import SettingsChanged
from support.browsers import Browser, RefusedError, browser_of
from support.queries import count_queries
from support.world import World

DEFAULTS = {
    "theme": "system",
    "language": "",
    "sendKey": "enter",
    "sound": True,
    "notifications": "all",
    "showsPreview": True,
}
OTHERS = {
    "theme": "dark",
    "language": "ru",
    "sendKey": "ctrlEnter",
    "sound": False,
    "notifications": "mentions",
    "showsPreview": False,
}


async def test_who_has_chosen_nothing_has_the_usual_ones(world: World) -> None:
    async with browser_of(world, world.outsider) as browser:
        assert await browser.get("/api/settings") == DEFAULTS
        with count_queries(world) as queries:
            await browser.get("/api/settings")
    assert queries.count == 3  # the session, its person, the settings


async def test_what_is_chosen_is_there_in_every_browser_of_the_person(world: World) -> None:
    async with browser_of(world, world.bob) as browser, browser_of(world, world.bob) as other:
        assert await browser.call("PATCH", "/api/settings", OTHERS) == OTHERS
        assert await other.get("/api/settings") == OTHERS
        assert (await other.get("/api/session"))["me"]["language"] == "ru"
        assert await other.call("PATCH", "/api/settings", {"sound": True, "language": ""}) == {
            **OTHERS,
            "sound": True,
            "language": "",
        }
    async with browser_of(world, world.carol) as browser:
        assert await browser.get("/api/settings") == DEFAULTS


async def test_the_person_alone_is_told_and_only_of_changes(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        await browser.call("PATCH", "/api/settings", {})
        await browser.call("PATCH", "/api/settings", {"theme": "system"})
        await browser.call("PATCH", "/api/settings", {"theme": "dark"})
        await browser.call("PATCH", "/api/settings", {"theme": "dark"})
    [event] = await world.events("settings.changed")
    assert isinstance(event, SettingsChanged)
    assert event.person_id == world.bob.id
    assert event.theme == "dark"
    assert event.send_key == "enter"


@pytest.mark.parametrize(
    "given",
    [
        {"theme": "pink"},
        {"language": "de"},
        {"sendKey": 1},
        {"sound": "yes"},
        {"sound": 1},
        {"notifications": []},
        {"showsPreview": None, "theme": {}},
        {"unknown": True},
        [],
    ],
)
async def test_bad_input_is_refused_and_changes_nothing(world: World, given: object) -> None:
    async with browser_of(world, world.bob) as browser:
        body = given or [1]
        with pytest.raises(RefusedError, match="400 malformed"):
            await browser.call("PATCH", "/api/settings", body)
        assert await browser.get("/api/settings") == DEFAULTS


async def test_strangers_are_refused(world: World) -> None:
    async with Browser(world.url) as browser:
        for verb in ("GET", "PATCH"):
            with pytest.raises(RefusedError, match="401 not_logged_in"):
                await browser.call(verb, "/api/settings")
