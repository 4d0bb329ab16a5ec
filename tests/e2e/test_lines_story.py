"""One customer's story in three browsers: the tag, the bot's menu, "0", two operators, a whisper, files, the rating.

Each step leaves pictures of what those who take part see: ``--screens FOLDER``, by default in pytest's own folder.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, FrameLocator, Locator, Page, expect

from examples.test_itr_bot import installed
from support.chromium import page_of
from support.examples import example
from support.frame_apps import portal
from support.lines import line_of
from support.pages import grave_violations, page_for
from support.widget_pages import shop_of
from support.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

WHISPER = "Ольга уже жаловалась на доставку"
# Three browsers, a server and a bot share the machine.
PATIENCE_MS = 15_000
USUAL_MS = 5_000


class Screens:
    """Pictures of the steps, numbered."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._numbers = itertools.count(1)

    async def take(self, name: str, *pages: Page) -> None:
        """Keep what the pages show now."""
        number = next(self._numbers)
        for letter, page in zip("abc", pages, strict=False):
            await page.wait_for_timeout(250)  # what moves has come to rest
            await page.screenshot(path=self._folder / f"{number:02}{letter}-{name}.png")


@pytest.fixture(autouse=True)
def _patience() -> Iterator[None]:
    expect.set_options(timeout=PATIENCE_MS)
    yield
    expect.set_options(timeout=USUAL_MS)


@pytest.fixture
def screens(request: pytest.FixtureRequest, tmp_path: Path) -> Screens:
    return Screens(Path(request.config.getoption("--screens") or tmp_path / "screens"))


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """SQLite only: what a browser shows does not depend on the engine."""
    async with portal(tmp_path / "portal") as running:
        yield running


def said(frame: FrameLocator, text: str) -> Locator:
    """Give a message in the customer's window."""
    return frame.locator(".talk .row", has_text=text).last


def row(page: Page, text: str) -> Locator:
    """Give a message in an operator's messenger."""
    return page.locator(".row-message", has_text=text).last


async def say(page: Page, text: str) -> None:
    """Write as an operator."""
    await page.locator(".composer-field").fill(text)
    await page.keyboard.press("Enter")
    await expect(row(page, text)).to_be_visible()


async def write(frame: FrameLocator, text: str) -> None:
    """Write as the customer."""
    field = frame.get_by_role("textbox", name="Сообщение")
    await field.fill(text)
    await field.press("Enter")


async def deed(page: Page, name: str) -> None:
    """Press a button above the field of a line's chat."""
    await page.locator(".line-bar").get_by_role("button", name=name, exact=True).click()


async def attach(page: Page, file: Path) -> None:
    """Send a file as an operator."""
    await expect(page.locator("dialog[open]")).to_have_count(0)
    await page.locator(".composer-field").focus()
    async with page.expect_file_chooser() as chooser:
        await page.keyboard.press("Control+KeyU")
    await (await chooser.value).set_files(file)
    await expect(page.locator(".chosen-file")).to_contain_text(file.name)
    await page.locator(".composer-field").focus()
    await page.keyboard.press("Enter")


async def download(page: Page, link: Locator) -> bytes:
    """Load what a link of a file leads to."""
    async with page.expect_download() as loading:
        await link.click()
    path = await (await loading.value).path()
    return await asyncio.to_thread(path.read_bytes)


async def test_a_customers_story(world: World, chromium_browser: Browser, tmp_path: Path, screens: Screens) -> None:
    async with AsyncExitStack() as stack:
        bot = stack.enter_context(example("itr_bot", tmp_path))
        bot_id = await installed(world, bot, tmp_path)
        line = await line_of(
            world, [world.alice, world.bob], bot=bot_id, name="Поддержка", closing_text="Спасибо за обращение!"
        )
        shop = await stack.enter_async_context(shop_of(world, line))
        customer = await stack.enter_async_context(page_of(chromium_browser, locale="ru", accept_downloads=True))
        alice, bob = [
            await stack.enter_async_context(
                page_for(chromium_browser, world, who, "/", locale="ru", patience_ms=2 * PATIENCE_MS)
            )
            for who in (world.alice, world.bob)
        ]
        story = Story(world, screens, customer, alice, bob)
        await story.finds_the_menu(await shop.open(customer, shop.russian))
        await story.asks_for_a_person()
        await story.alice_takes_over()
        await story.alice_whispers_and_transfers()
        await story.files_go_both_ways(tmp_path)
        await story.bob_finishes()
        assert await grave_violations(bob) == []


class Story:
    """The steps, each as those who take part see it."""

    def __init__(self, world: World, screens: Screens, customer: Page, alice: Page, bob: Page) -> None:
        self.world, self.screens = world, screens
        self.customer, self.alice, self.bob = customer, alice, bob
        self.frame: Any = None

    async def finds_the_menu(self, frame: FrameLocator) -> None:
        """The bot answers, and follows the choices."""
        self.frame = frame
        await write(frame, "Добрый день!")
        await expect(said(frame, "Я бот магазина")).to_be_visible()
        await self.screens.take("menu", self.customer)
        await frame.get_by_role("button", name="1. Когда вы открыты").last.click()
        await expect(said(frame, "Каждый день с 9 до 21")).to_be_visible()
        await write(frame, "3")
        await expect(said(frame, "Заказы и доставка: что подсказать?")).to_be_visible()

    async def asks_for_a_person(self) -> None:
        """A nought brings people: both operators are told."""
        await write(self.frame, "0")
        for operator in (self.alice, self.bob):
            await expect(operator.locator(".list-row", has_text="гость")).to_be_visible()
        await self.screens.take("offered", self.customer, self.alice, self.bob)
        assert await self.frame.locator(".row.is-theirs").filter(has_text="передаёт диалог").count() == 0

    async def alice_takes_over(self) -> None:
        """The first one has it; the other one loses it."""
        await self.alice.locator(".list-row", has_text="гость").click()
        await expect(row(self.alice, "Добрый день!")).to_be_visible()
        await deed(self.alice, "Взять")
        await expect(self.bob.locator(".list-row", has_text="гость")).to_have_count(0)
        await say(self.alice, "Здравствуйте! Что случилось?")
        await expect(said(self.frame, "Что случилось?")).to_be_visible()
        await expect(self.frame.locator(".head")).to_contain_text("Alice Petrova")
        await write(self.frame, "Где моя посылка?")
        await expect(row(self.alice, "Где моя посылка?")).to_be_visible()
        await self.screens.take("taken", self.customer, self.alice)

    async def alice_whispers_and_transfers(self) -> None:
        """What operators say among themselves stays there; the next one reads it."""
        switch = self.alice.get_by_role("button", name="Писать только операторам")
        await switch.click()
        await say(self.alice, WHISPER)
        await expect(row(self.alice, WHISPER)).to_contain_text("Видят только операторы")
        await switch.click()
        await self.screens.take("whisper", self.customer, self.alice)
        await deed(self.alice, "Передать")
        dialog = self.alice.get_by_role("dialog")
        await dialog.get_by_role("option", name="Bob Ivanov").click()
        await self.screens.take("transfer", self.alice)
        await dialog.get_by_role("button", name="Передать", exact=True).click()
        await self.bob.locator(".list-row", has_text="гость").click()
        await expect(row(self.bob, WHISPER)).to_be_visible()
        await say(self.bob, "Посылка уже едет к вам.")
        await expect(said(self.frame, "Посылка уже едет")).to_be_visible()
        await expect(self.frame.locator(".head")).to_contain_text("Bob Ivanov")
        assert WHISPER not in await self.frame.locator("body").inner_text()
        await self.screens.take("transferred", self.customer, self.bob)

    async def files_go_both_ways(self, folder: Path) -> None:
        """A file of the customer, a file of the operator."""
        photo, bill = folder / "чек.txt", folder / "накладная.txt"
        photo.write_text("Заказ 17")
        bill.write_text("Трек 42")
        await self.frame.locator("input[type=file]").set_input_files(photo)
        await expect(row(self.bob, "чек.txt")).to_be_visible()
        await attach(self.bob, bill)
        link = said(self.frame, "накладная.txt").get_by_role("link").first
        await expect(link).to_be_visible()
        assert await download(self.customer, link) == "Трек 42".encode()
        await self.screens.take("files", self.customer, self.bob)

    async def bob_finishes(self) -> None:
        """The closing text, the question, the stars; the operator sees them."""
        await deed(self.bob, "Завершить")
        await expect(said(self.frame, "Спасибо за обращение!")).to_be_visible()
        stars = self.frame.get_by_role("group", name="Оцените наш разговор")
        await expect(stars).to_be_visible()
        await self.screens.take("rating", self.customer, self.bob)
        await stars.get_by_role("radio", name="5 звёзд").check(force=True)
        await self.frame.get_by_role("textbox", name="Если хотите").fill("Быстро и вежливо")
        await self.frame.get_by_role("button", name="Отправить оценку").click()
        await expect(stars).to_have_count(0)
        await expect(self.bob.get_by_text("Оценка клиента: ★★★★★ Быстро и вежливо").first).to_be_visible()
        await deed(self.bob, "Завершить сейчас")
        await expect(self.bob.locator(".line-bar").get_by_role("img", name="Оценка 5 из 5")).to_be_visible()
        await self.screens.take("rated", self.customer, self.bob)
