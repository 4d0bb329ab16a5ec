"""Installing again, the next version, removal: real events come of it."""

from __future__ import annotations

import pytest

from support.browsers import RefusedError, browser_of
from support.handlers import Handlers
from support.wire_events import bot_of
from support.world import World


async def test_events_of_an_installation_are_sent(world: World, handlers: Handlers) -> None:
    script = handlers.at("/install")
    application = await world.install(handler_url=script.url)
    first = await script.next()
    bot = await bot_of(world, application, script, "echo")
    path = f"/api/dev/applications/{application.id}"
    async with browser_of(world, world.alice) as browser:
        again = await browser.call("POST", f"{path}/install")
        second = await script.next()
        updated = await browser.call("POST", f"{path}/update")
        third = await script.next()
        await browser.call("POST", f"{path}/uninstall", {"keepsOptions": True})
        last = await script.next()
        state = (await browser.get(path))["application"]["state"]
        with pytest.raises(RefusedError, match="404 not_found"):
            await browser.call("POST", f"{path}/uninstall")
    assert [one.event for one in (first, second, third)] == ["ONAPPINSTALL", "ONAPPINSTALL", "ONAPPUPDATE"]
    assert last.event in {"ONAPPUNINSTALL", "ONIMBOTDELETE"}
    assert second.form["auth"]["application_token"] != first.form["auth"]["application_token"]
    assert (again["version"], updated["version"], state) == (1, 2, "removed")
    assert (await world.alice.call("im.user.get", ID=bot.id))["active"] is False


async def test_a_stranger_cannot_touch_it(world: World) -> None:
    application = await world.install()
    before = len(await world.events())
    async with browser_of(world, world.stranger) as browser:
        for act in ("install", "update", "uninstall"):
            with pytest.raises(RefusedError, match="404 not_found"):
                await browser.call("POST", f"/api/dev/applications/{application.id}/{act}")
    assert len(await world.events()) == before
