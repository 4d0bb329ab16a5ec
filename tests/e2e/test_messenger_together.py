"""The first minute of somebody new, as README.md tells it; a network that goes away for a while and comes back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

from support.chromium import page_of
from support.demonstration import Demonstration, demonstration
from support.pages import grave_violations, page_for
from support.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

AWAY_S = 30


@pytest.fixture
def database() -> str:
    """SQLite only: what a browser shows does not depend on the engine."""
    return ""


def _field(page: Page) -> Locator:
    return page.locator(".composer-field")


def _words(page: Page, text: str) -> Locator:
    return page.locator(".row-message", has_text=text)


@asynccontextmanager
async def _logged_in(browser: Browser, demo: Demonstration, login: str) -> AsyncIterator[Page]:
    """Open the printed address and log in with the printed password, by keys alone."""
    async with page_of(browser, locale="ru", reduced_motion="reduce") as page:
        await page.goto(demo.url)
        await expect(page.locator("#login")).to_be_focused()
        await page.keyboard.type(login)
        await page.keyboard.press("Tab")
        await page.keyboard.type(demo.notes["PASSWORD"])
        await page.keyboard.press("Enter")
        await expect(page.locator(".list-row").first).to_be_visible()
        yield page


async def _go_to(page: Page, name: str) -> None:
    """Open a conversation by keys alone."""
    await page.keyboard.press("Control+KeyK")
    await page.keyboard.type(name)
    await expect(page.get_by_role("option", name=name).first).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(_field(page)).to_be_focused()


async def test_the_first_minute(tmp_path: Path, chromium_browser: Browser) -> None:
    with demonstration(tmp_path) as demo:
        async with (
            _logged_in(chromium_browser, demo, "anna") as anna,
            _logged_in(chromium_browser, demo, "boris") as boris,
        ):
            # Another person, in a second browser.
            await _go_to(anna, "Борис Лебедев")
            await anna.keyboard.type("Борис, ты здесь?")
            await anna.keyboard.press("Enter")
            await _go_to(boris, "Анна Соколова")
            await expect(_words(boris, "Борис, ты здесь?")).to_be_visible()
            await boris.keyboard.type("Здесь!")
            await expect(anna.locator(".chat-head")).to_contain_text("печатает")
            await boris.keyboard.press("Enter")
            await expect(_words(anna, "Здесь!")).to_be_visible()
            # The bot and its keyboard, by keys.
            await _go_to(anna, "EchoBot")
            await anna.keyboard.type("Привет, птица")
            await anna.keyboard.press("Enter")
            await expect(_words(anna, "вы сказали: Привет, птица")).to_be_visible()
            button = anna.locator(".row-message .keyboard button").last
            await button.focus()
            before = await anna.locator(".row-message").count()
            await anna.keyboard.press("Enter")
            await expect(anna.locator(".row-message").nth(before)).to_be_visible()
            # A file, and an old message.
            await _go_to(anna, "Борис Лебедев")
            async with anna.expect_file_chooser() as chooser:
                await anna.keyboard.press("Control+KeyU")
            file = tmp_path / "смета.txt"
            file.write_text("Итого: 100")
            await (await chooser.value).set_files(file)
            await expect(anna.locator(".chosen-file")).to_contain_text("смета.txt")
            await _field(anna).focus()
            await anna.keyboard.press("Enter")
            await expect(_words(boris, "смета.txt")).to_be_visible()
            await anna.keyboard.press("Control+Shift+KeyF")
            await anna.keyboard.type("скидка")
            found = anna.get_by_text("просит скидку", exact=False).last
            await expect(found).to_be_visible()
            assert await grave_violations(anna) == []


async def test_half_a_minute_without_a_network_loses_and_doubles_nothing(
    world: World, chromium_browser: Browser
) -> None:
    chat = await world.chat(world.alice, world.bob)
    async with (
        page_for(chromium_browser, world, world.alice, f"/im/chat{chat}") as alice,
        page_for(chromium_browser, world, world.bob, f"/im/chat{chat}") as bob,
    ):
        for page in (alice, bob):
            await expect(_field(page)).to_be_visible()
        await _say(alice, "before")
        await expect(_words(bob, "before")).to_be_visible()
        await _cut(alice.context, is_cut=True)
        for number in range(5):
            await _say(alice, f"alice {number}")
            await _say(bob, f"bob {number}")
        await expect(alice.locator(".row.is-entry")).to_have_count(5)
        await expect(_words(bob, "alice 0")).to_have_count(0)
        await asyncio.sleep(AWAY_S)
        await _cut(alice.context, is_cut=False)
        for page in (alice, bob):
            for text in (f"{who} {number}" for who in ("alice", "bob") for number in range(5)):
                await expect(_words(page, text)).to_have_count(1, timeout=40_000)
        await expect(alice.locator(".row.is-entry")).to_have_count(0)
        said = await world.bob.call("im.dialog.messages.get", DIALOG_ID=f"chat{chat}", LIMIT=50)
        texts = [one["text"] for one in reversed(said["messages"]) if one["author_id"]]
        assert sorted(texts) == sorted(["before", *(f"{who} {n}" for who in ("alice", "bob") for n in range(5))])
        assert [one for one in texts if one.startswith("alice")] == [f"alice {n}" for n in range(5)]


async def _say(page: Page, text: str) -> None:
    await _field(page).focus()
    await page.keyboard.type(text)
    await page.keyboard.press("Enter")


async def _cut(context: BrowserContext, *, is_cut: bool) -> None:
    """Take the network away, open sockets included, or give it back."""
    await context.set_offline(is_cut)
