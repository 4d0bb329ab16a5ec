"""Applications that open in frames, for tests in a browser: a portal at an address known before, and a page elsewhere.

The portal is at 127.0.0.1, the application's pages are at localhost: two origins for the browser.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self

from aiohttp import web
from playwright.async_api import Browser, Frame, Page

from skvorets.config import read_config
from skvorets.storage.applications import Application
from support.pages import page_for
from support.world import Actor, World

# Seconds.
PATIENCE_S = 8
LOOK_EVERY_S = 0.02
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>App</title>
<style>body { margin: 0 } p { height: 400px; margin: 0 }</style><script src="%s/api/v1/"></script><p>An application</p>
"""


@asynccontextmanager
async def portal(folder: Path) -> AsyncIterator[World]:
    """Run a portal that knows its own address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        listen = f"127.0.0.1:{free.getsockname()[1]}"
    config = read_config({}, data_dir=folder, listen=listen, public_url=f"http://{listen}", allow_private_handlers=True)
    world = World(config)
    await world.open()
    try:
        yield world
    finally:
        await world.close()


class FrameApp:
    """Pages of an application, and what was posted to them."""

    def __init__(self, world: World, html: str = "") -> None:
        """Serve ``html``, by default a page that loads the portal's library."""
        self.html = html or PAGE % world.url
        self.opened: list[dict[str, str]] = []
        self.referers: list[str] = []

    async def __aenter__(self) -> Self:
        """Start."""
        self._runner = web.ServerRunner(web.Server(self._answer))
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://localhost:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        await self._runner.cleanup()

    async def _answer(self, request: web.BaseRequest) -> web.Response:
        posted = {name: str(value) for name, value in (await request.post()).items()}
        if request.path != "/favicon.ico":
            self.opened.append({**request.query, **posted})
            self.referers.append(request.headers.get("Referer", ""))
        return web.Response(text=self.html, content_type="text/html")


async def with_pages(world: World, app: FrameApp, **more: Any) -> Application:
    """Install an application whose pages are these."""
    return await world.install(name="Frames", handler_url=f"{app.url}/", is_api_only=False, **more)


@asynccontextmanager
async def shown(
    browser: Browser, world: World, actor: Actor, path: str, **options: Any
) -> AsyncIterator[tuple[Page, Frame]]:
    """Open a page that shows an application; the page, and the frame once its library has begun."""
    async with page_for(browser, world, actor, path, **options) as page:
        yield page, await frame_of(page)


async def frame_of(page: Page, number: int = 0) -> Frame:
    """Give a frame of the page once its library has begun."""
    handle = await page.locator("iframe").nth(number).element_handle()
    assert handle is not None
    frame = await handle.content_frame()
    assert frame is not None
    await frame.wait_for_function("window.BX24 && document.readyState === 'complete'")
    await frame.evaluate("new Promise((done) => BX24.init(done))")
    return frame


async def holds(page: Page, expression: str, argument: object = None) -> None:
    """Wait until an expression of JavaScript is true in the page, whose policy forbids the browser to wait itself."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            if await page.evaluate(expression, argument):
                return
            await asyncio.sleep(LOOK_EVERY_S)
