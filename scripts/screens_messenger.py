"""Pictures of the messenger, taken of the demonstration of ``make run``: called by ``make screens``, or by itself.

Writes docs/screens/messenger*.png; ``--all FOLDER`` writes every place of the messenger in every look there.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from PIL import Image  # noqa: E402 — the path comes first
from playwright.async_api import Browser, Page  # noqa: E402 — the path comes first

from support.chromium import chromium, page_of  # noqa: E402
from support.demonstration import Demonstration, demonstration  # noqa: E402

WIDTHS = {"wide": (1280, 800), "phone": (360, 740)}
COLOURS = 192  # the pictures are in the repository


class Look(NamedTuple):
    """How somebody sees it."""

    theme: str
    width: str
    language: str


LOOKS = (
    Look("light", "wide", "ru"),
    Look("dark", "wide", "en"),
    Look("dark", "phone", "ru"),
    Look("light", "phone", "en"),
)


async def _nothing(_page: Page) -> None:
    """The page as it opens."""


async def _press(page: Page, keys: str, typed: str = "") -> None:
    await page.keyboard.press(keys)
    await page.wait_for_timeout(300)
    await page.keyboard.type(typed)
    await page.wait_for_timeout(600)


# Places by name: path, and what is done there.
PLACES: dict[str, tuple[str, Callable[[Page], Awaitable[None]]]] = {
    "list": ("/", _nothing),
    "chat": ("/im/{chat}", _nothing),
    "bot": ("/im/{bot}", _nothing),
    "info": ("/im/{chat}?panel=info", _nothing),
    "person": ("/im/{chat}?panel=person&person=2", _nothing),
    "search": ("/im/{chat}?panel=search", lambda page: _press(page, "Tab", "")),
    "notifications": ("/im/{chat}?panel=notifications", _nothing),
    "switcher": ("/im/{chat}", lambda page: _press(page, "Control+k", "вер")),
    "help": ("/im/{chat}", lambda page: _press(page, "Control+/")),
    "commands": ("/im/{bot}", lambda page: page.locator("textarea").first.fill("/")),
}
DOCUMENTED = {
    "messenger": (Look("light", "wide", "en"), "chat"),
    "messenger-dark": (Look("dark", "wide", "ru"), "bot"),
    "messenger-phone": (Look("light", "phone", "ru"), "chat"),
}


async def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="every place in every look")
    parser.add_argument("--only", default="", help="only the place of this name")
    given = parser.parse_args()
    if given.all is None:
        await take_documented()
        return
    given.all.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, demonstration(Path(folder)) as demo:
        async with chromium() as browser:
            for place in PLACES if not given.only else [given.only]:
                for look in LOOKS:
                    await _take(browser, demo, look, place, given.all / f"{place}-{'-'.join(look)}.png")


async def take_documented() -> None:
    """Write the pictures of the documentation."""
    with tempfile.TemporaryDirectory() as folder, demonstration(Path(folder)) as demo:
        bot = demo.notes["BOT_ID"]
        demo.answer_to(bot, "Доброе утро!", "Сообщение от бота")
        async with chromium() as browser:
            for name, (look, place) in DOCUMENTED.items():
                await _take(browser, demo, look, place, ROOT / "docs" / "screens" / f"{name}.png")


async def _take(browser: Browser, demo: Demonstration, look: Look, place: str, target: Path) -> None:
    path, act = PLACES[place]
    width, height = WIDTHS[look.width]
    options = {"color_scheme": look.theme, "locale": look.language, "reduced_motion": "reduce"}
    async with page_of(browser, width=width, height=height, **options) as page:
        await page.goto(demo.url)
        await page.locator("#login").fill(demo.notes["LOGIN"])
        await page.locator("#password").fill(demo.notes["PASSWORD"])
        await page.keyboard.press("Enter")
        await page.locator(".list-row").first.wait_for()
        titled = page.locator(".list-row", has_text="Релиз 1.0").first
        chat = f"chat{await titled.get_attribute('data-chat')}"
        await page.goto(demo.url + path.format(chat=chat, bot=demo.notes["BOT_ID"]))
        await page.locator("#page > :visible").first.wait_for()
        await page.wait_for_timeout(1500)
        await act(page)
        await page.wait_for_timeout(500)
        with Image.open(io.BytesIO(await page.screenshot())) as picture:
            picture.convert("RGB").quantize(COLOURS).save(target, optimize=True)
    print(target.name)


if __name__ == "__main__":
    asyncio.run(main())
