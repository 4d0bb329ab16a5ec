"""``/api/profile``: what people say of themselves, and their pictures."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from skvorets.core.events import PersonChanged
from skvorets.storage import people
from support.browsers import Browser, RefusedError, browser_of
from support.pictures import picture
from support.world import World

EMPTY = {
    "firstName": "Bob",
    "lastName": "Ivanov",
    "name": "Bob Ivanov",
    "position": "",
    "email": "",
    "www": "",
    "workPhone": "",
    "personalMobile": "",
    "personalPhone": "",
    "innerPhone": "",
    "birthday": "",
    "gender": "",
    "avatar": "",
    "picture": "",
}


async def profile(browser: Browser) -> Any:
    found = await browser.get("/api/profile")
    del found["id"]
    return found


async def test_the_profile_is_given(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        found = await profile(browser)
    assert found == {**EMPTY, **{name: found[name] for name in ("gender", "position", "email")}}


async def test_all_of_it_can_be_changed(world: World) -> None:
    changes = {
        "firstName": " Роберт ",
        "lastName": "Иванов-Петров",
        "position": "Ведущий инженер",
        "email": "robert@example.com",
        "www": "https://example.com",
        "workPhone": "+7 495 123-45-67",
        "personalMobile": "+7 900 000-00-00",
        "personalPhone": "8",
        "innerPhone": "101",
        "birthday": "1990-05-17",
        "gender": "M",
    }
    async with browser_of(world, world.bob) as browser:
        changed = await browser.call("PATCH", "/api/profile", changes)
        assert changed["name"] == "Роберт Иванов-Петров"
        expected = {**changes, "firstName": "Роберт", "name": changed["name"], "avatar": "", "picture": ""}
        assert await profile(browser) == expected
        assert (await browser.get("/api/people?find=роберт"))["people"][0]["id"] == world.bob.id
        before = len(await world.events("person.changed"))
        await browser.call("PATCH", "/api/profile", changes)
        assert len(await world.events("person.changed")) == before
        assert (await browser.call("PATCH", "/api/profile", {"birthday": "", "gender": ""}))["birthday"] == ""


async def test_others_are_told(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        await browser.call("PATCH", "/api/profile", {"position": "Chef"})
    assert (await world.events("person.changed"))[-1] == PersonChanged(subject_id=world.bob.id)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"firstName": "  "}, "400 empty_name"),
        ({"firstName": "\u200b"}, "400 empty_name"),
        ({"firstName": None, "lastName": 1}, "400 malformed"),
        ({"lastName": "x" * 101}, "400 malformed"),
        ({"email": "nobody"}, "400 wrong_email"),
        ({"email": "a@b\r\nBcc: c@d"}, "400 wrong_email"),
        ({"birthday": "1990-02-30"}, "400 wrong_time"),
        ({"gender": "X"}, "400 malformed"),
        ({"admin": 1}, "400 malformed"),
        ({"workPhone": {"a": 1}}, "400 malformed"),
    ],
)
async def test_bad_input_is_refused_and_changes_nothing(world: World, given: object, refusal: str) -> None:
    async with browser_of(world, world.bob) as browser:
        before = await profile(browser)
        with pytest.raises(RefusedError, match=refusal):
            await browser.call("PATCH", "/api/profile", given)
        assert await profile(browser) == before


async def test_the_address_of_somebody_else_is_taken(world: World) -> None:
    async with browser_of(world, world.carol) as browser:
        await browser.call("PATCH", "/api/profile", {"email": "Carol@example.com"})
        assert (await browser.call("PATCH", "/api/profile", {"email": "carol@EXAMPLE.com"}))[
            "email"
        ] == "carol@EXAMPLE.com"
    async with browser_of(world, world.bob) as browser:
        with pytest.raises(RefusedError, match="409 taken"):
            await browser.call("PATCH", "/api/profile", {"email": "carol@example.com"})


async def test_a_picture_is_taken_and_removed(world: World) -> None:
    data = base64.b64encode(picture("PNG", (700, 500))).decode()
    async with browser_of(world, world.bob) as browser:
        changed = await browser.call("PUT", "/api/profile/avatar", {"picture": f"data:image/png;base64,{data}"})
        bob = await world.app.store.read(people.find, world.bob.id)
        assert bob is not None
        assert changed["avatar"] == f"{world.app.config.base_url}/files/avatar/{bob.avatar}"
        assert changed["picture"] == f"{changed['avatar']}/hr"
        for address in (changed["avatar"], changed["picture"]):
            path = address.removeprefix(world.app.config.base_url)
            async with world.session.get(world.url + path) as response:
                assert (response.status, response.content_type) == (200, "image/jpeg")
        assert (await browser.get("/api/session"))["me"]["avatar"] == changed["avatar"]
        assert (await browser.call("DELETE", "/api/profile/avatar"))["picture"] == ""
        assert (await browser.call("DELETE", "/api/profile/avatar"))["avatar"] == ""


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"picture": "no picture"}, "400 wrong_image"),
        ({"picture": base64.b64encode(b"<svg onload=alert(1)>").decode()}, "400 wrong_image"),
        ({"picture": base64.b64encode(picture("PNG", (5001, 1))).decode()}, "400 image_too_large"),
        ({"picture": ""}, "400 wrong_image"),
        ({}, "400 malformed"),
        ({"picture": ["x"]}, "400 malformed"),
    ],
)
async def test_what_is_no_picture_is_refused(world: World, given: object, refusal: str) -> None:
    async with browser_of(world, world.bob) as browser:
        with pytest.raises(RefusedError, match=refusal):
            await browser.call("PUT", "/api/profile/avatar", given)
        assert (await profile(browser))["avatar"] == ""


async def test_people_from_outside_have_a_profile_strangers_none(world: World) -> None:
    async with browser_of(world, world.outsider) as browser:
        assert (await browser.call("PATCH", "/api/profile", {"position": "Guest"}))["position"] == "Guest"
    async with Browser(world.url) as browser:
        for verb, path in (("GET", ""), ("PATCH", ""), ("PUT", "/avatar"), ("DELETE", "/avatar")):
            with pytest.raises(RefusedError, match="401 not_logged_in"):
                await browser.call(verb, f"/api/profile{path}")
