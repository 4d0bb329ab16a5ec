"""Operators of open lines in the messenger: who waits, taking, whispering, handing over, in a real browser."""

from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from skvorets.core.lines import answers, finishing, queue
from skvorets.core.lines.answers import NewAnswer
from skvorets.storage import line_clients
from skvorets.storage.database import Tx
from skvorets.storage.lines import Line
from support.line_talks import line_bot
from support.lines import Visitor, line_of, visitor_of
from support.pages import grave_violations, page_for
from support.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.fixture
def database() -> str:
    """SQLite only: what a browser shows does not depend on the engine, and the resources' own tests run on both."""
    return ""


async def _customer(world: World, line: Line, name: str, text: str = "Where is my order?") -> Visitor:
    visitor = await visitor_of(
        world,
        line,
        name,
        email=f"{name.split(maxsplit=1)[0].lower()}@example.org",
        language="ru",
        page_url="https://shop.example/orders/17?from=mail",
        page_title="My orders – Shop",
    )
    await visitor.writes(text)
    return visitor


async def _shoot(page: Page, name: str) -> None:
    folder = os.environ.get("SKVORETS_SCREENS")
    if folder:
        await page.wait_for_timeout(300)
        await page.screenshot(path=Path(folder) / f"{name}.png")


async def _said(visitor: Visitor, text: str) -> None:
    for _ in range(100):
        if text in await visitor.texts():
            return
        await asyncio.sleep(0.05)
    raise AssertionError((text, await visitor.texts()))


async def test_an_operator_takes_answers_whispers_and_finishes(world: World, chromium_browser: Browser) -> None:
    line = await line_of(world, [world.alice, world.bob], asks_rating=False)
    async with page_for(chromium_browser, world, world.bob, "/") as page:
        await expect(page.get_by_role("button", name="Lines")).to_be_visible()
        visitor = await _customer(world, line, "Ivan Petrov")
        # He is told at once, wherever he is.
        toast = page.locator(".toast", has_text="New customer: Ivan Petrov")
        await toast.get_by_role("button", name="Open").click()
        await expect(page.locator(".line-pill.offered").first).to_contain_text("Waiting for you")
        await expect(page.locator(".line-strip")).to_contain_text("My orders – Shop")
        await expect(page.locator(".line-strip a.line-page")).to_have_attribute("rel", "noopener noreferrer")
        await page.get_by_role("button", name="Take", exact=True).click()
        await expect(page.locator(".line-pill.taken, .line-pill.asked").first).to_be_visible()
        field = page.locator(".composer-field")
        await field.fill("Let me look.")
        await field.press("Enter")
        await _said(visitor, "Let me look.")
        await expect(page.locator(".line-pill.answered").first).to_be_visible()
        # What is whispered is plainly something else, and stays here.
        await page.keyboard.press("Alt+Shift+KeyW")
        await expect(page.locator(".composer.is-whisper .whisper-sign")).to_have_text("Only operators see it")
        await field.fill("He has complained twice.")
        await field.press("Enter")
        await expect(page.locator(".row.is-whisper .bubble")).to_contain_text("He has complained twice.")
        await page.keyboard.press("Alt+Shift+KeyW")
        await expect(page.locator(".composer.is-whisper")).to_have_count(0)
        await visitor.writes("Any news?")
        await expect(page.locator(".row-message", has_text="Any news?")).to_be_visible()
        await expect(page.locator(".line-pill.asked").first).to_contain_text("Waiting for your answer")
        await page.get_by_role("button", name="Finish", exact=True).click()
        await expect(page.locator(".line-bar.closed")).to_contain_text("Finished")
        await expect(page.locator(".composer")).to_have_count(0)
        assert "He has complained twice." not in await visitor.texts()
        await page.get_by_role("button", name="Reopen").click()
        await expect(page.locator(".composer")).to_be_visible()


async def test_who_waits_is_taken_from_the_list_and_a_pause_is_kept(world: World, chromium_browser: Browser) -> None:
    line = await line_of(world, [world.alice, world.bob], distribution="strictly")
    visitor = await _customer(world, line, "Nina Belova", "Hi")
    async with page_for(chromium_browser, world, world.bob, "/") as page:
        await page.get_by_role("button", name="Lines").click()
        switch = page.get_by_role("switch", name="Receive conversations of “Support”")
        await expect(switch).to_be_checked()
        await switch.click()
        await expect(switch).not_to_be_checked()
        await expect(page.locator(".lines-about").first).to_have_text("1 waiting")
        await page.locator(".lines-waiter-main").click()
        await expect(page.locator(".row-message", has_text="Hi")).to_be_visible()
        await expect(page.locator(".composer")).to_have_count(0)  # he only looks
        await page.get_by_role("button", name="Take Nina Belova").click()
        await expect(page.locator(".composer")).to_be_visible()
        await expect(page.locator(".lines-waiter")).to_have_count(0)
        await expect(page.locator(".lines-about").first).to_have_text("1 with you")
        await page.reload()
        await page.get_by_role("button", name="Lines").click()
        await expect(switch).not_to_be_checked()
    assert (await visitor.session()).operator_id == world.bob.id


async def test_a_conversation_is_handed_over_and_refusals_are_told(world: World, chromium_browser: Browser) -> None:
    line = await line_of(world, [world.alice, world.bob])
    visitor = await _customer(world, line, "Ivan Petrov")
    await world.unit(queue.take_session, world.bob.person, await visitor.session())
    path = f"/im/chat{await visitor.chat_id()}"
    async with (
        page_for(chromium_browser, world, world.bob, path) as page,
        page_for(chromium_browser, world, world.carol, "/") as other,
    ):
        await page.get_by_role("button", name="Transfer").click()
        await page.get_by_role("option", name=re.compile("Carol")).click()
        await page.locator(".dialog-actions").get_by_role("button", name="Transfer").click()
        await expect(page.locator(".line-bar.waiting")).to_be_visible()
        await other.locator(".toast").get_by_role("button", name="Open").click()
        await other.get_by_role("button", name="Take", exact=True).click()
        await expect(other.locator(".line-pill.taken, .line-pill.asked").first).to_be_visible()
        # She finishes it while he still looks at it as it was.
        await world.unit(finishing.close_session, await visitor.session())
        await page.get_by_role("button", name="Take", exact=True).click()
        await expect(page.locator(".toast.bad")).to_contain_text("finished already")


async def test_canned_answers_are_chosen_written_and_kept(world: World, chromium_browser: Browser) -> None:
    line = await line_of(world, [world.bob])
    shared = NewAnswer(title="Hours", text="We are here from 9 to 18.", is_own=False)
    await world.unit(answers.add_answer, world.alice.person, line.id, shared)
    visitor = await _customer(world, line, "Ivan Petrov")
    async with page_for(chromium_browser, world, world.bob, f"/im/chat{await visitor.chat_id()}") as page:
        field = page.locator(".composer-field")
        await page.get_by_role("button", name="Canned answers").click()
        await page.get_by_role("button", name="Edit the answers").click()
        dialog = page.get_by_role("dialog", name="Canned answers")
        await expect(dialog.get_by_text("shared by the line")).to_be_visible()
        await expect(dialog.get_by_role("button", name="Edit Hours")).to_have_count(0)
        await dialog.get_by_role("button", name="Add an answer").click()
        await dialog.get_by_label("Text").fill("Hello, {name}! How can I help?")
        await dialog.get_by_label("Title").fill("Greeting")
        await dialog.get_by_role("button", name="Save").click()
        await expect(dialog.get_by_role("button", name="Edit Greeting")).to_be_visible()
        assert await grave_violations(page) == []
        await page.keyboard.press("Escape")
        await page.keyboard.press("Alt+Shift+KeyA")
        await page.get_by_role("combobox", name="Find an answer").fill("hou")
        await page.keyboard.press("Enter")
        await expect(field).to_have_value("We are here from 9 to 18.")
        await field.fill("")
        await field.press_sequentially("//gree")
        await expect(page.get_by_role("option", name=re.compile("Greeting"))).to_be_visible()
        await page.keyboard.press("Enter")
        await expect(field).to_have_value("Hello, Ivan Petrov! How can I help? ")


async def _scene(world: World) -> tuple[Visitor, Visitor, Visitor]:
    """Let one customer be done, one be served by bob, one be offered to him; others wait, a bot has none."""
    line = await line_of(world, [world.alice, world.bob])
    strict = await line_of(world, [world.carol, world.bob], name="Sales", distribution="strictly")
    await line_of(world, [world.bob], name="Bots first", bot=await line_bot(world))
    await world.unit(answers.add_answer, world.bob.person, line.id, NewAnswer(title="Greeting", text="Hello, {name}!"))
    done = await _customer(world, line, "Olga Serova", "Thank you, bye")
    await world.unit(queue.take_session, world.bob.person, await done.session())
    await world.unit(finishing.close_session, await done.session(), world.bob.person)
    await world.unit(_rate, done)
    mine = await _customer(world, line, "Pavel Long-Name-of-a-Customer")
    await world.unit(queue.take_session, world.bob.person, await mine.session())
    await mine.writes("It was promised for Monday.")
    offered = await _customer(world, line, "Irina Belova")
    await _customer(world, strict, "Ivan Petrov", "Do you deliver to Kazan?")
    return done, mine, offered


LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "phone-dark-ru": {"width": 360, "height": 740, "color_scheme": "dark", "locale": "ru"},
}


@pytest.mark.parametrize("look", LOOKS)
async def test_every_state_can_be_used_by_everybody(world: World, chromium_browser: Browser, look: str) -> None:
    done, mine, offered = await _scene(world)
    is_phone = look.startswith("phone")
    async with page_for(chromium_browser, world, world.bob, "/", **LOOKS[look]) as page:

        async def look_at(name: str) -> None:
            await _shoot(page, f"{look}-{name}")
            assert await grave_violations(page) == []
            assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")

        await page.locator(".filters .chip").nth(1).click()
        await expect(page.locator(".lines-one")).to_have_count(3)
        await expect(page.locator(".lines-waiter")).to_have_count(1)
        await look_at("list")
        await page.goto(f"{world.url}/im/chat{await offered.chat_id()}")
        await expect(page.locator(".line-bar.offered")).to_be_visible()
        await look_at("offered")
        await page.goto(f"{world.url}/im/chat{await mine.chat_id()}" + ("" if is_phone else "?panel=info"))
        await page.locator(".composer-whisper").click()
        await page.locator(".composer-field").fill("He is angry")
        await page.locator(".composer-send").click()
        await expect(page.locator(".row.is-whisper .ticks")).to_be_visible()
        await look_at("whisper")
        await page.locator(".line-bar-deeds .icon-button").click()
        await expect(page.get_by_role("menu")).to_be_visible()
        await look_at("menu")
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")  # the silent mode
        await expect(page.locator(".line-silent")).to_be_visible()
        await look_at("silent")
        await page.keyboard.press("Alt+Shift+KeyA")
        await expect(page.locator(".answers-one")).to_have_count(1)
        await look_at("answers")
        await page.keyboard.press("Escape")
        await page.keyboard.press("Alt+Shift+KeyR")
        await expect(page.locator(".line-transfer .finder-result").first).to_be_visible()
        await look_at("transfer")
        await page.goto(f"{world.url}/im/chat{await done.chat_id()}?panel=info")
        await expect(page.locator(".line-talk")).to_be_visible()
        await look_at("talks")
        await page.goto(f"{world.url}/im/chat{await done.chat_id()}")
        await expect(page.locator(".line-bar.closed .line-stars")).to_be_visible()
        await look_at("closed")


async def _rate(tx: Tx, visitor: Visitor) -> None:
    client = await line_clients.find(tx, visitor.client_id)
    assert client is not None
    await finishing.rate_session(tx, client, 4, "Quick")
