"""The installed Chromium, driven by Playwright, for tests that look at pages.

A machine without Chromium skips them; where nothing may be skipped (``SKVORETS_NO_SKIP``) its absence is a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, async_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium_path() -> str:
    """Give the program; skips the test when there is none."""
    for name in _NAMES:
        if path := shutil.which(name):
            return path
    message = "no Chromium is installed (Debian: apt-get install chromium)"
    if os.environ.get("SKVORETS_NO_SKIP"):
        pytest.fail(message)
    pytest.skip(message)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Give a started browser."""
    path = chromium_path()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def page_of(browser: Browser, *, width: int = 1280, height: int = 800, **options: object) -> AsyncIterator[Page]:
    """Give a page of a person of its own; an error in the page's scripts or of its policy fails the test.

    Without our service worker, unless ``service_workers="allow"`` is among the options.
    """
    options = {"service_workers": "block", **options}
    context = await browser.new_context(viewport={"width": width, "height": height}, **options)  # type: ignore[arg-type]
    page = await context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
    try:
        yield page
    finally:
        await context.close()
    assert not errors, errors
