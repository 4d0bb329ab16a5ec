"""Pages of somebody else's site with the chat on them: a plain one, and one whose policy allows our server alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from playwright.async_api import FrameLocator, Page

from skvorets.storage.lines import Line
from support.world import World

# Rules as careless sites have them: they must not take the button apart.
_STYLE = "button { width: 100%; background: pink; } * { color: green; } iframe { max-width: 10px; }"


class Shop:
    """A site with the chat of a line."""

    def __init__(self, world: World, line: Line, origin: str) -> None:
        self.world = world
        self.line = line
        self.plain = f"{origin}/"
        self.strict = f"{origin}/strict"
        self.russian = f"{origin}/ru"

    async def open(self, page: Page, address: str = "", *, opens: bool = True) -> FrameLocator:
        """Open a page of the site and its chat; the frame of the chat."""
        await page.goto(address or self.plain)
        if opens:
            await page.locator("#skvorets-chat button").click()
        return frame_of(page)


def frame_of(page: Page) -> FrameLocator:
    """Give the frame of the chat."""
    return page.frame_locator("#skvorets-chat iframe")


@asynccontextmanager
async def shop_of(world: World, line: Line) -> AsyncIterator[Shop]:
    """Run a site on a port of its own."""
    tag = f'<script async src="{world.url}/widget.js" data-line="{line.code}"></script>'

    async def handle(request: web.Request) -> web.Response:
        language = "ru" if request.path == "/ru" else "en"
        style = "" if request.path == "/strict" else f"<style>{_STYLE}</style>"
        words = "".join(f"<p>Goods {number} of the shop</p>" for number in range(60))
        head = f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Shop</title>{style}'
        head += '<meta name="viewport" content="width=device-width, initial-scale=1">'
        body = f'{tag}</head><body><main><h1>Shop</h1><a href="/other">Other page</a>{words}</main></body></html>'
        headers = {}
        if request.path == "/strict":
            policy = f"default-src 'none'; script-src {world.url}; frame-src {world.url}"
            headers["Content-Security-Policy"] = policy
        return web.Response(text=head + body, content_type="text/html", headers=headers)

    runner = web.ServerRunner(web.Server(handle))  # type: ignore[arg-type]
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        port = runner.addresses[0][1]
        yield Shop(world, line, f"http://127.0.0.1:{port}")
    finally:
        await runner.cleanup()
