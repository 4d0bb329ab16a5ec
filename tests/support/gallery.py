"""Messages in the installed Chromium, without a server: the client's own files under the client's own policy.

async with gallery_of(browser) as gallery:
    await gallery.show({"text": "[B]x[/B]"})
    await gallery.done()   what the contents asked the page around to do
"""

from __future__ import annotations

import mimetypes
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp.test_utils import make_mocked_request
from playwright.async_api import Browser, Page, Route

from skvorets.dialects.native.pages import Pages
from support.chromium import page_of
from support.npm import ROOT
from support.pictures import picture

SITE = "http://gallery.test"
_CLIENT = ROOT / "src" / "skvorets"
_GALLERY = ROOT / "tests" / "client"


class Gallery:
    """The page with its messages."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def show(self, *messages: dict[str, Any], **options: Any) -> None:
        """Show messages; what is not given of one is empty. Options: ``more``, ``lacks``, ``refuses``, ``language``."""
        await self.page.evaluate(
            "([messages, options]) => gallery.show(messages, options)", [list(messages), dict(options)]
        )

    async def done(self) -> list[list[Any]]:
        """Give what was asked for since the last call: name and arguments."""
        done: list[list[Any]] = await self.page.evaluate("gallery.done.splice(0)")
        return done


@asynccontextmanager
async def gallery_of(browser: Browser, **options: Any) -> AsyncIterator[Gallery]:
    """Open the page; ``options`` as of ``page_of``."""
    async with page_of(browser, **{"reduced_motion": "reduce", **options}) as page:
        page.set_default_timeout(8_000)
        await page.route("**/*", _answer)
        await page.goto(f"{SITE}/gallery/gallery.html")
        await page.locator("html[data-ready]").wait_for(state="attached")
        yield Gallery(page)


async def _answer(route: Route) -> None:
    """Answer with files of the client, pictures ``/picture/WIDTHxHEIGHT``, and nothing else."""
    path = route.request.url.removeprefix(SITE).partition("?")[0]
    if path.startswith("/picture/"):
        width, _, height = path.removeprefix("/picture/").partition(".")[0].partition("x")
        await route.fulfill(body=picture(size=(int(width), int(height))), content_type="image/png")
        return
    file = {"/client/": _CLIENT, "/gallery/": _GALLERY}.get(path[: path.find("/", 1) + 1], _GALLERY) / path[1:]
    if not file.is_file():
        await route.fulfill(status=404, body="")
        return
    headers = {"Content-Security-Policy": await _policy()} if file.suffix == ".html" else {}
    media_type = mimetypes.guess_type(file.name)[0] or "text/plain"
    await route.fulfill(body=file.read_bytes(), content_type=f"{media_type}; charset=utf-8", headers=headers)


async def _policy() -> str:
    """Give the policy of the client's own pages."""
    answer = await Pages().handle_dev(make_mocked_request("GET", "/dev"))
    return answer.headers["Content-Security-Policy"]


def button(text: str, **more: Any) -> dict[str, Any]:
    """Give a stored button that calls a command."""
    command = {"COMMAND": "do", "COMMAND_PARAMS": text}
    action = {} if {"LINK", "APP_ID", "ACTION"} & more.keys() else command
    return {"BOT_ID": 5, "TYPE": "BUTTON", "TEXT": text, **action, "BLOCK": "N", "DISPLAY": "LINE", **more}


def keyboard(*buttons: dict[str, Any], **params: Any) -> dict[str, Any]:
    """Give a message with a keyboard."""
    return {"text": "Choose", "params": {"KEYBOARD": list(buttons), **params}}


def attach(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Give a message with an attachment."""
    return {"params": {"ATTACH": [{"ID": 1, "BLOCKS": list(blocks), "COLOR": "#29619b", **more}]}}


def file(number: int, name: str, kind: str = "file", size: tuple[int, int] = (0, 0)) -> dict[str, Any]:
    """Give a file as the native API shows it."""
    return {
        "id": number,
        "name": name,
        "size": 1_500_000,
        "type": kind,
        "mediaType": "",
        "previewUrl": "",
        "width": size[0],
        "height": size[1],
        "downloadUrl": f"/files/{number}",
        "url": f"/picture/{size[0]}x{size[1]}.png?{number}" if kind == "image" else f"/show/{number}",
    }
