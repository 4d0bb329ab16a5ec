"""``/api/applications/{id}/…``: an application's own page, its installer, and what its library asks for meanwhile."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core import applications
from skvorets.storage.applications import Application
from support.browsers import Browser, RefusedError, browser_of
from support.placements import HANDLER, binding
from support.world import Actor, World

PAGE, INSTALLER = "https://app.example.com/", "https://app.example.com/install"


async def pages(world: World, **more: Any) -> Application:
    return await world.install(name="Pages", handler_url=PAGE, is_api_only=False, **more)


async def post(browser: Browser, application: Application, what: str, **given: Any) -> Any:
    return await browser.call("POST", f"/api/applications/{application.id}/{what}", given)


async def test_its_own_page_gets_what_it_was_opened_with(world: World) -> None:
    application = await pages(world)
    async with browser_of(world, world.bob) as browser:
        opened = await post(browser, application, "open", options={"opened": True})
    assert opened["url"].startswith(f"{PAGE}?DOMAIN=")
    assert (opened["title"], opened["isInstaller"], opened["applicationId"]) == ("Pages", False, application.id)
    assert opened["fields"]["PLACEMENT"] == "DEFAULT"
    assert opened["fields"]["PLACEMENT_OPTIONS"] == '{"opened":true}'
    assert opened["init"]["PLACEMENT_OPTIONS"] == {"opened": True}
    assert (opened["init"]["INSTALL"], opened["init"]["IS_ADMIN"]) == (False, False)


async def test_the_installer_comes_first_and_only_to_administrators(world: World) -> None:
    application = await pages(world, install_url=INSTALLER)
    async with browser_of(world, world.bob) as bob, browser_of(world, world.alice) as alice:
        with pytest.raises(RefusedError, match="409 not_installed"):
            await post(bob, application, "open")
        opened = await post(alice, application, "open")
        assert opened["url"].startswith(f"{INSTALLER}?")
        assert (opened["isInstaller"], opened["init"]["INSTALL"]) == (True, True)
        with pytest.raises(RefusedError, match="404 not_found"):
            await post(bob, application, "installed")
        await post(alice, application, "installed")
        assert [event.kind for event in await world.events("application.changed")][-1] == "application.changed"
        assert (await post(bob, application, "open"))["url"].startswith(f"{PAGE}?")
        with pytest.raises(RefusedError, match="403 not_allowed"):
            await post(bob, application, "installed")


async def test_who_may_not_see_it(world: World) -> None:
    application = await pages(world)
    without_pages = await world.install(name="Robot", handler_url=PAGE)
    async with browser_of(world, world.outsider) as browser:
        for what in ("open", "tokens", "greeted", "installed"):
            with pytest.raises(RefusedError, match="404 not_found"):
                await post(browser, application, what)
        owner = await world.alice.through(application)
        await owner.call("placement.bind", **binding("IM_NAVIGATION", HANDLER, iconName="fa-cloud", extranet="Y"))
        assert (await post(browser, application, "tokens"))["expiresIn"] == 3600
        with pytest.raises(RefusedError, match="404 not_found"):
            await post(browser, application, "open")
    async with browser_of(world, world.alice) as browser:
        with pytest.raises(RefusedError, match="404 not_found"):
            await post(browser, without_pages, "open")
        await world.unit(applications.uninstall_application, world.alice.person, application.id)
        for what in ("open", "tokens", "greeted", "installed"):
            with pytest.raises(RefusedError, match="404 not_found"):
                await post(browser, application, what)


async def test_tokens_are_the_persons_own(world: World) -> None:
    application = await pages(world)
    async with browser_of(world, world.bob) as browser:
        pair = await post(browser, application, "tokens")
    bob = Actor(world, world.bob.person, "/rest/", pair["accessToken"])
    assert (await bob.call("profile"))["ID"] == str(world.bob.id)
    assert pair["refreshToken"] != pair["accessToken"]


async def test_the_first_time_is_told_once(world: World) -> None:
    application = await pages(world)
    async with browser_of(world, world.bob) as browser:
        assert (await post(browser, application, "open"))["init"]["FIRST_RUN"] is True
        await post(browser, application, "greeted")
        await post(browser, application, "greeted")
        assert (await post(browser, application, "open"))["init"]["FIRST_RUN"] is False
    async with browser_of(world, world.carol) as browser:
        assert (await post(browser, application, "open"))["init"]["FIRST_RUN"] is True


async def test_settings_of_the_person_and_of_all(world: World) -> None:
    application = await pages(world)
    path = f"/api/applications/{application.id}/options"
    async with browser_of(world, world.bob) as bob, browser_of(world, world.alice) as alice:
        kept = await bob.call("PUT", path, {"name": "view", "value": {"a": [1]}})
        assert kept == {"options": {"view": {"a": [1]}}}
        with pytest.raises(RefusedError, match="403 not_allowed"):
            await bob.call("PUT", path, {"name": "x", "value": 1, "isForAll": True})
        assert await alice.call("PUT", path, {"name": "x", "value": 1, "isForAll": True}) == {"options": {"x": 1}}
        init = (await post(bob, application, "open"))["init"]
        assert (init["APP_OPTIONS"], init["USER_OPTIONS"]) == ({"x": 1}, {"view": {"a": [1]}})
        for wrong in ({}, {"name": ""}, {"name": "x" * 256, "value": 1}, {"name": ["x"], "value": 1}):
            with pytest.raises(RefusedError, match="400 malformed"):
                await bob.call("PUT", path, wrong)
        with pytest.raises(RefusedError, match="400 refused"):
            await bob.call("PUT", path, {"name": "x", "value": "x" * 70_000})


@pytest.mark.parametrize("options", [[], "x", 5, None])
async def test_bad_input_is_refused(world: World, options: object) -> None:
    application = await pages(world)
    async with browser_of(world, world.bob) as browser:
        with pytest.raises(RefusedError, match="400 malformed"):
            await post(browser, application, "open", options=options)
        with pytest.raises(RefusedError, match="400 refused"):
            await post(browser, application, "open", options={"x": "y" * 70_000})
