"""A page of the client in the installed Chromium, with somebody logged in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Browser, Page

from skvorets.core import sessions
from support.browsers import COOKIE
from support.chromium import page_of
from support.npm import client_packages
from support.world import Actor, World

# What axe-core finds that keeps people out.
GRAVE = {"serious", "critical"}


@asynccontextmanager
async def page_for(browser: Browser, world: World, actor: Actor, path: str, **options: Any) -> AsyncIterator[Page]:
    """Open a path of the server as somebody; ``options`` as of ``page_of``, and ``patience_ms`` for what is awaited."""
    patience_ms = options.pop("patience_ms", 8_000)
    secret = await world.unit(sessions.open_session, actor.person, "test", "127.0.0.1")
    async with page_of(browser, **{"locale": "en", "reduced_motion": "reduce", **options}) as page:
        await page.context.add_cookies([{"name": COOKIE, "value": secret, "url": world.url}])
        page.set_default_timeout(patience_ms)
        await page.goto(world.url + path)
        yield page


async def grave_violations(page: Page) -> list[str]:
    """Give what axe-core finds on the page as it stands: rule and first place."""
    script = (client_packages() / "axe-core" / "axe.min.js").read_text()
    # Through the debugger: the page's policy forbids scripts that are not ours.
    await page.evaluate(script)
    found: list[dict[str, Any]] = (await page.evaluate("axe.run({resultTypes: ['violations']})"))["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found if one["impact"] in GRAVE]
