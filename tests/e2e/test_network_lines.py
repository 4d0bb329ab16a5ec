"""An open line is found in the messenger by its name, joined by one key, and written to."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Browser, expect

from support.networks import open_line
from support.pages import grave_violations, page_for
from support.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.fixture
def database() -> str:
    """SQLite only: what a browser shows does not depend on the engine."""
    return ""


async def test_a_line_is_found_and_joined_by_keys(world: World, chromium_browser: Browser) -> None:
    line = await open_line(world, [world.alice], name="Acme support", welcome_text="Welcome to Acme!")
    async with page_for(chromium_browser, world, world.bob, "/") as page:
        await expect(page.get_by_role("navigation", name="Chats")).to_be_visible()
        await page.keyboard.press("Control+KeyK")
        await expect(page.get_by_role("dialog").get_by_role("combobox")).to_be_focused()
        await page.keyboard.type("acme")
        option = page.get_by_role("option", name=re.compile("Acme support.*Join"))
        await expect(option).to_be_visible()
        assert await grave_violations(page) == []
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("Welcome to Acme!").first).to_be_visible()
        bot_id = await world.bob.call("imopenlines.network.join", CODE=line.code)
        await expect(page).to_have_url(re.compile(f"/im/{bot_id}$"))
        await page.keyboard.press("Control+KeyK")
        await page.keyboard.type(f"{'0' * 32}@http://127.0.0.1:1")
        await expect(page.get_by_role("option", name=re.compile("127.0.0.1:1.*Join"))).to_be_visible()
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("The server of the line does not answer.")).to_be_visible()
