"""The page of open lines in a real browser: a line is made, set up and looked at."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from skvorets.core import departments
from skvorets.core.lines.settings import settings_of
from skvorets.storage import lines
from skvorets.storage.database import Tx
from skvorets.storage.lines import Line, QueueEntry
from support.administration import audit_of
from support.pages import grave_violations, page_for
from support.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.fixture
def database() -> str:
    """SQLite only: what a browser shows does not depend on the engine, and the resources' own tests run on both."""
    return ""


async def test_a_line_is_made_set_up_and_removed(world: World, chromium_browser: Browser) -> None:
    lab = await world.unit(departments.add_department, "Laboratory", 0)
    async with page_for(chromium_browser, world, world.alice, "/admin/lines") as page:
        await _make(page)
        await _hand_out(page)
        assert await world.unit(_queue) == [
            QueueEntry(person_id=world.bob.id),
            QueueEntry(department_id=lab),
            QueueEntry(person_id=world.alice.id),
        ]
        await _write_texts(page)
        await _set_hours(page)
        await _dress(page)
        await _open_to_the_network(page)
        line = await world.unit(_line)
        settings = settings_of(line)
        assert (settings.distribution, settings.offer_s, settings.welcome_text) == ("strictly", 120, "Good day!")
        hours = settings.working_hours
        assert (hours.is_on, hours.days, hours.begin, hours.end) == (True, [0, 1, 2, 3, 4, 5], 600, 1440)
        assert (settings.widget.side, settings.widget.color) == ("left", "#b3261e")
        assert settings.widget.sites == ["https://shop.example"]
        assert (line.networked, line.searchable) == (1, 1)
        await _answer(page)
        await page.get_by_role("link", name="Figures").click()
        await expect(page.get_by_text("No conversations")).to_be_visible()
        await page.get_by_role("link", name="General").click()
        await page.get_by_role("switch", name="The line takes messages").uncheck()
        await expect(page.locator(".badge", has_text="switched off")).to_be_visible()
        await page.get_by_role("button", name="Remove the line").click()
        await page.get_by_role("dialog").get_by_role("button", name="Remove the line").click()
        await expect(page.get_by_text("No lines yet")).to_be_visible()
    assert len(await audit_of(world, "line.removed")) == 1


async def _make(page: Page) -> None:
    await page.get_by_role("button", name="New line").click()
    dialog = page.get_by_role("dialog")
    assert await grave_violations(page) == []
    await dialog.get_by_label("Name").fill("Help desk")
    await dialog.get_by_role("button", name="Make a line").click()
    await expect(page.get_by_role("heading", name="Help desk")).to_be_focused()


async def _hand_out(page: Page) -> None:
    await page.get_by_role("link", name="Operators").click()
    await page.get_by_role("button", name="Add a person").click()
    await page.get_by_role("dialog").get_by_role("button", name="Bob Ivanov").click()
    await page.get_by_role("button", name="Add a department").click()
    await page.get_by_role("dialog").get_by_role("button", name="Laboratory").click()
    up = page.get_by_role("button", name="Move Bob Ivanov up")
    await up.focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".place").first).to_contain_text("Bob Ivanov")
    await expect(up).to_be_focused()
    await expect(page.get_by_text("Not saved yet")).to_be_visible()
    places = page.locator(".place")
    await places.nth(2).drag_to(places.nth(1))
    await expect(places.nth(1)).to_contain_text("Laboratory")
    await _save(page, 0)
    await page.get_by_role("radio", name="Strictly in order").check()
    await page.get_by_role("spinbutton", name="The next one is asked after").fill("2")
    await _save(page, 1)


async def _write_texts(page: Page) -> None:
    await page.get_by_role("link", name="Texts").click()
    await page.get_by_label("Welcome").fill("Good day!")
    await _save(page)


async def _set_hours(page: Page) -> None:
    await page.get_by_role("link", name="Working hours").click()
    await page.get_by_role("switch", name="The line has working hours").check()
    await page.get_by_role("checkbox", name="Saturday").check()
    await page.get_by_label("From").fill("10:00")
    await page.get_by_label("To", exact=True).fill("00:00")
    await page.get_by_label("A day off").fill("2027-01-01")
    await page.get_by_role("button", name="Add a day").click()
    await expect(page.get_by_text("Jan 1, 2027")).to_be_visible()
    await _save(page)


async def _dress(page: Page) -> None:
    await page.get_by_role("link", name="On a site").click()
    await expect(page.locator("pre").first).to_contain_text("/widget.js")
    await page.get_by_role("button", name="Colour #b3261e").click()
    await page.get_by_role("radio", name="Left").check()
    await expect(page.locator(".widget-preview")).to_have_attribute("data-side", "left")
    await expect(page.locator(".preview-button")).to_have_css("background-color", "rgb(179, 38, 30)")
    sites = page.get_by_label("Sites on which it may be shown")
    await sites.fill("javascript:alert(1)\nshop.example/cart")
    await expect(page.get_by_text("These are no addresses of sites")).to_be_visible()
    await sites.fill("shop.example/cart")
    await _save(page)


async def _open_to_the_network(page: Page) -> None:
    await page.get_by_role("link", name="Network").click()
    await page.get_by_role("switch", name="joined by its code").check()
    await page.get_by_role("switch", name="found by its name").check()
    await expect(page.get_by_text("Whoever looks for its name")).to_be_visible()


async def _answer(page: Page) -> None:
    await page.get_by_role("link", name="Canned answers").click()
    await page.get_by_role("button", name="Add an answer").click()
    await page.get_by_role("dialog").get_by_label("Title").fill("Hello")
    await page.get_by_role("dialog").get_by_label("Text").fill("Hello, {name}!")
    await page.get_by_role("dialog").get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Hello, {name}!")).to_be_visible()
    await page.get_by_role("button", name="Change “Hello”").click()
    await page.get_by_role("dialog").get_by_label("Title").fill("Greeting")
    await page.get_by_role("dialog").get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Greeting", exact=True)).to_be_visible()


async def _save(page: Page, number: int = 0) -> None:
    button = page.get_by_role("button", name="Save").nth(number)
    await button.click()
    await expect(button).to_be_disabled()
    await expect(page.get_by_text("Not saved yet")).to_have_count(0)


async def _line(tx: Tx) -> Line:
    [line] = await lines.every(tx)
    return line


async def _queue(tx: Tx) -> list[Any]:
    [line] = await lines.every(tx)
    return list(await lines.queue_of(tx, line.id))
