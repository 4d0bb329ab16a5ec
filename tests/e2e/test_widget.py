"""The chat on somebody's page, in a real browser: what a visitor sees and does, on pages plain and strict."""

from __future__ import annotations

import asyncio
import gzip
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Browser, FilePayload, FrameLocator, Page, Response, expect

from skvorets.core.lines.settings import WidgetLooks, WorkingHours
from skvorets.storage.lines import Line
from support.bots import command, robot
from support.chromium import page_of
from support.files import send_file
from support.line_talks import finishes, takes
from support.lines import Visitor, line_of
from support.npm import client_packages
from support.pages import GRAVE
from support.pictures import png
from support.widget_pages import Shop, frame_of, shop_of
from support.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

# What a visitor's browser loads to open the window, packed, bytes.
MOST_LOADED = 40 * 1024
KEYS = [
    {"TEXT": "Prices", "COMMAND": "prices", "COMMAND_PARAMS": "all", "DISPLAY": "LINE", "BG_COLOR_TOKEN": "primary"},
    {"TEXT": "Delivery", "ACTION": "SEND", "ACTION_VALUE": "delivery", "DISPLAY": "LINE"},
    {"TYPE": "NEWLINE"},
    {"TEXT": "Our site", "LINK": "https://example.com", "DISPLAY": "LINE"},
]
ATTACH = [{"USER": {"NAME": "Anna"}}, {"GRID": [{"NAME": "Order", "VALUE": "12", "DISPLAY": "ROW"}]}]


@pytest.fixture
def database() -> str:
    """SQLite only: what a browser shows does not depend on the engine, and the dialect's own tests run on both."""
    return ""


@asynccontextmanager
async def _shop_page(world: World, browser: Browser, line: Line, **more: Any) -> AsyncIterator[tuple[Shop, Page]]:
    options = {"locale": "en", "reduced_motion": "reduce", **more}
    async with shop_of(world, line) as shop, page_of(browser, **options) as page:
        page.set_default_timeout(8_000)
        yield shop, page


async def _say(frame: FrameLocator, text: str) -> None:
    field = frame.get_by_role("textbox", name="Message")
    await field.fill(text)
    await field.press("Enter")
    await expect(_bubble(frame, text)).to_be_visible()
    await expect(frame.locator(".is-pending")).to_have_count(0)


def _bubble(frame: FrameLocator, text: str) -> Any:
    return frame.locator(".bubble").get_by_text(text, exact=True)


async def _taken(world: World) -> tuple[Visitor, str]:
    """Let Alice take the first visitor's conversation; he and the dialog of the operators."""
    visitor = Visitor(world, 1, "")
    await takes(world.alice, visitor)
    return visitor, f"chat{await visitor.chat_id()}"


async def _answer(world: World, dialog: str, text: str, **more: Any) -> int:
    said: int = await world.alice.call("im.message.add", DIALOG_ID=dialog, MESSAGE=text, **more)
    return said


async def _violations(page: Page) -> list[str]:
    """Give what axe-core finds in the frame."""
    script = (client_packages() / "axe-core" / "axe.min.js").read_text()
    await page.frames[1].evaluate(script)
    found = await page.frames[1].evaluate("axe.run({resultTypes: ['violations']})")
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found["violations"] if one["impact"] in GRAVE]


async def test_a_visitor_and_an_operator_talk(world: World, chromium_browser: Browser) -> None:
    line = await line_of(world, [world.alice], welcome_text="Ask us anything.")
    async with _shop_page(world, chromium_browser, line) as (shop, page):
        frame = await shop.open(page)
        await expect(_bubble(frame, "Ask us anything.")).to_be_visible()
        await expect(frame.get_by_role("textbox", name="Message")).to_be_focused()
        await _say(frame, "Do you ship to Norway?")
        await expect(frame.locator(".state")).to_have_text("Sent")
        _, dialog = await _taken(world)
        await expect(frame.get_by_role("heading", name="Alice Petrova")).to_be_visible()
        await world.alice.call("im.dialog.writing", DIALOG_ID=dialog)
        await expect(frame.get_by_text("Alice Petrova is typing…")).to_be_visible()
        said = await _answer(world, dialog, "We [b]do[/b]")
        await expect(frame.locator(".bubble strong", has_text="do")).to_be_visible()
        await expect(frame.locator(".typing")).to_have_count(0)
        await expect(frame.locator(".state")).to_have_text("Read")
        await world.alice.call("im.message.update", MESSAGE_ID=said, MESSAGE="We do not")
        await expect(_bubble(frame, "We do not")).to_be_visible()
        await expect(frame.get_by_text("edited")).to_be_visible()
        await world.alice.call("im.message.delete", MESSAGE_ID=said)
        await expect(frame.get_by_text("This message was deleted")).to_be_visible()
        assert await _violations(page) == []


async def test_text_of_messages_is_never_markup_and_leads_to_no_scripts(
    world: World, chromium_browser: Browser
) -> None:
    line = await line_of(world, [world.alice])
    async with _shop_page(world, chromium_browser, line) as (shop, page):
        frame = await shop.open(page)
        hostile = '<img src=x onerror="parent.document.title=1"><b>bold</b> [b]x[/b]'
        await frame.get_by_role("textbox", name="Message").fill(hostile)
        await page.keyboard.press("Enter")
        await expect(frame.locator(".is-mine .words").first).to_contain_text("<img src=x onerror=")
        _, dialog = await _taken(world)
        await _answer(
            world, dialog, "[url=javascript:alert(1)]click[/url] <script>alert(1)</script> https://example.com"
        )
        await expect(frame.get_by_text("<script>alert(1)</script>")).to_be_visible()
        links = await frame.locator("a").evaluate_all("all => all.map((one) => one.protocol)")
        assert set(links) == {"https:"}
        assert await frame.locator(".talk script, .talk img[src='x']").count() == 0


async def test_it_works_on_a_page_with_a_strict_policy(world: World, chromium_browser: Browser) -> None:
    line = await line_of(world, [world.alice], widget=WidgetLooks(color="#0b6e4f", side="left"))
    async with _shop_page(world, chromium_browser, line) as (shop, page):  # a violated policy fails the test
        await shop.open(page, shop.strict, opens=False)
        button = page.get_by_role("button", name="Open the chat")
        assert await button.evaluate("it => getComputedStyle(it).backgroundColor") == "rgb(11, 110, 79)"
        box = await button.bounding_box()
        assert box is not None
        assert (box["x"], box["width"]) == (16, 60)
        await button.click()
        await _say(frame_of(page), "hello")
        assert await page.evaluate("Object.keys(window).filter((name) => /skv/i.test(name))") == ["Skvorets"]


async def test_keys_open_it_close_it_and_the_focus_comes_back(world: World, chromium_browser: Browser) -> None:
    line = await line_of(world, [world.alice])
    async with _shop_page(world, chromium_browser, line) as (shop, page):
        frame = await shop.open(page, opens=False)
        button = page.get_by_role("button", name="Open the chat")
        await button.focus()
        await page.keyboard.press("Enter")
        field = frame.get_by_role("textbox", name="Message")
        await expect(field).to_be_focused()
        await page.keyboard.type("hello")
        await page.keyboard.press("Shift+Enter")
        await page.keyboard.type("there")
        await expect(field).to_have_value("hello\nthere")
        await page.keyboard.press("Escape")
        await expect(button).to_be_focused()
        await expect(page.locator("#skvorets-chat iframe")).to_be_hidden()
        assert await button.get_attribute("aria-expanded") == "false"
        await page.evaluate("Skvorets.open()")
        await expect(field).to_have_value("hello\nthere")


async def test_the_talk_survives_pages_and_tabs_and_counts_what_is_new(world: World, chromium_browser: Browser) -> None:
    line = await line_of(world, [world.alice])
    async with _shop_page(world, chromium_browser, line) as (shop, page):
        frame = await shop.open(page)
        await _say(frame, "hello")
        visitor, dialog = await _taken(world)
        await page.get_by_role("link", name="Other page").click()
        await expect(_bubble(frame_of(page), "hello")).to_be_visible()  # it is open there, too
        await frame_of(page).get_by_role("button", name="Close the chat").click()
        await _answer(world, dialog, "good day")
        button = page.get_by_role("button", name="Open the chat (1)")
        await expect(button).to_be_visible()
        other = await page.context.new_page()
        await other.goto(shop.plain)
        await expect(other.get_by_role("button", name="Open the chat (1)")).to_be_visible()
        await button.click()
        await expect(frame_of(page).locator(".new")).to_be_visible()
        await expect(_bubble(frame_of(page), "good day")).to_be_in_viewport()
        await expect(other.get_by_role("button", name="Open the chat", exact=True)).to_be_visible()
        assert len(await visitor.texts()) >= 2
        assert (await world.unit(_count_clients)) == 1


async def test_a_long_history_comes_by_and_by(world: World, chromium_browser: Browser) -> None:
    line = await line_of(world, [world.alice])
    async with _shop_page(world, chromium_browser, line) as (shop, page):
        frame = await shop.open(page)
        await _say(frame, "the first one")
        visitor = Visitor(world, 1, "")
        for number in range(90):
            await visitor.writes(f"message {number}")
        await page.reload()
        frame = frame_of(page)
        await expect(_bubble(frame, "message 89")).to_be_in_viewport()
        await expect(_bubble(frame, "the first one")).to_have_count(0)
        for _ in range(12):
            await frame.locator(".scroller").evaluate("it => it.scrollTo(0, 0)")
            await page.wait_for_timeout(60)
        await expect(_bubble(frame, "the first one")).to_be_attached()
        await frame.get_by_role("button", name="To the newest message").click()
        await expect(_bubble(frame, "message 89")).to_be_in_viewport()


async def test_a_bots_keyboard_and_attachment(world: World, chromium_browser: Browser) -> None:
    bot = await robot(world, TYPE="O", CODE="menu", OPENLINE="Y")
    await command(bot, "prices")
    line = await line_of(world, [world.alice], bot=bot.id)
    async with _shop_page(world, chromium_browser, line) as (shop, page):
        frame = await shop.open(page)
        await _say(frame, "hello")
        chat = f"chat{await Visitor(world, 1, '').chat_id()}"
        await bot.call("imbot.message.add", DIALOG_ID=chat, MESSAGE="What is it about?", KEYBOARD=KEYS, ATTACH=ATTACH)
        await expect(frame.get_by_role("link", name="Our site")).to_have_attribute("href", "https://example.com/")
        await expect(frame.locator(".attach")).to_contain_text("Order12")
        await frame.get_by_role("button", name="Prices").click()
        await expect(frame.locator(".keyboard-failed")).to_have_count(0)
        called: list[Any] = []
        for _ in range(100):
            called = list(await world.events("command.called"))
            if called:
                break
            await asyncio.sleep(0.05)
        assert called[0].calls[0].params == "all"
        await frame.get_by_role("button", name="Prices").focus()
        await page.keyboard.press("ArrowRight")
        await expect(frame.get_by_role("button", name="Delivery")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(_bubble(frame, "delivery")).to_be_visible()
        assert await _violations(page) == []


async def test_files_go_both_ways(world: World, chromium_browser: Browser) -> None:
    line = await line_of(world, [world.alice])
    async with _shop_page(world, chromium_browser, line) as (shop, page):
        frame = await shop.open(page)
        picture: FilePayload = {"name": "bird.png", "mimeType": "image/png", "buffer": png(320, 200)}
        letter: FilePayload = {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"words"}
        await frame.locator("input[type=file]").set_input_files([picture, letter])
        await expect(frame.locator(".is-mine img.picture")).to_be_visible()
        await expect(frame.get_by_role("link", name="letter.txt")).to_be_visible()
        await expect(frame.locator(".is-pending")).to_have_count(0)
        async with page.expect_download() as waiting:
            await frame.get_by_role("link", name="letter.txt").click()
        assert (await (await waiting.value).path()).read_bytes() == b"words"
        texts = [one.read_params().get("FILE_ID") for one in await Visitor(world, 1, "").messages()]
        assert sum(bool(one) for one in texts) == 2
        visitor, _ = await _taken(world)
        await send_file(world.alice, await visitor.chat_id(), "answer.txt", b"from us")
        await expect(frame.locator(".is-theirs").get_by_role("link", name="answer.txt")).to_be_visible()
        async with page.expect_download() as waiting:
            await frame.get_by_role("link", name="answer.txt").click()
        assert (await (await waiting.value).path()).read_bytes() == b"from us"


async def test_own_words_are_changed_answered_and_taken_back(world: World, chromium_browser: Browser) -> None:
    line = await line_of(world, [world.alice])
    async with _shop_page(world, chromium_browser, line) as (shop, page):
        frame = await shop.open(page)
        await _say(frame, "helo")
        await frame.locator(".row.is-mine").hover()
        await frame.get_by_role("button", name="Edit").click()
        await expect(frame.get_by_role("textbox", name="Message")).to_have_value("helo")
        await frame.get_by_role("textbox", name="Message").fill("hello")
        await frame.get_by_role("button", name="Save").click()
        await expect(_bubble(frame, "hello")).to_be_visible()
        _, dialog = await _taken(world)
        await _answer(world, dialog, "good day")
        await expect(_bubble(frame, "good day")).to_be_visible()
        await frame.locator(".row.is-theirs").last.hover()
        await frame.get_by_role("button", name="Like").last.click()
        await expect(frame.locator(".likes")).to_have_text("1")
        await frame.get_by_role("button", name="Reply").last.click()
        await frame.get_by_role("textbox", name="Message").fill("thanks")
        await page.keyboard.press("Enter")
        await expect(frame.locator(".is-mine .quoted")).to_contain_text("good day")
        await frame.locator(".row.is-mine").first.hover()
        await frame.get_by_role("button", name="Delete").first.click()
        await expect(frame.get_by_text("This message was deleted")).to_be_visible()


async def test_outside_working_hours_one_leaves_a_letter(world: World, chromium_browser: Browser) -> None:
    hours = WorkingHours(is_on=True, days=[], away_text="Back on Monday.")
    line = await line_of(world, [world.alice], working_hours=hours)
    async with _shop_page(world, chromium_browser, line) as (shop, page):
        frame = await shop.open(page)
        await expect(_bubble(frame, "Back on Monday.")).to_be_visible()
        await frame.get_by_role("button", name="Send the message").click()
        await expect(frame.get_by_label("Name")).to_be_focused()
        await expect(frame.get_by_text("Please fill this in.")).to_have_count(3)
        assert await _violations(page) == []
        await frame.get_by_label("Name").fill("Ann")
        await frame.get_by_label("E-mail").fill("ann")
        await frame.get_by_role("textbox", name="Message").fill("Call me back")
        await frame.get_by_role("button", name="Send the message").click()
        await expect(frame.get_by_text("Please give an e-mail address")).to_be_visible()
        await frame.get_by_label("E-mail").fill("ann@example.com")
        await frame.get_by_role("button", name="Send the message").click()
        await expect(_bubble(frame, "Call me back")).to_be_visible()
        await expect(frame.locator(".composer")).to_be_visible()


async def test_a_line_may_ask_for_names_unless_the_page_tells_them(world: World, chromium_browser: Browser) -> None:
    line = await line_of(world, [world.alice], widget=WidgetLooks(asks_name=True, asks_email=True))
    async with _shop_page(world, chromium_browser, line) as (shop, page):
        frame = await shop.open(page)
        await expect(frame.get_by_role("heading", name="Before we begin: who are you?")).to_be_visible()
        await page.evaluate("Skvorets.identify({ name: 'Ann Lee', email: 'ann@example.com' })")
        await _say(frame, "hello")
        title = await world.unit(_title_of, await Visitor(world, 1, "").chat_id())
        assert title.startswith("Ann Lee")


async def test_a_talk_is_rated_by_keys(world: World, chromium_browser: Browser) -> None:
    line = await line_of(world, [world.alice])
    async with _shop_page(world, chromium_browser, line) as (shop, page):
        frame = await shop.open(page)
        await _say(frame, "hello")
        visitor, _ = await _taken(world)
        await finishes(world.alice, visitor)
        await frame.get_by_role("radio", name="1 star").focus()
        for _ in range(3):
            await page.keyboard.press("ArrowRight")
        await expect(frame.get_by_role("radio", name="4 stars")).to_be_checked()
        await frame.get_by_role("textbox", name="A word to it").fill("quick")
        assert await _violations(page) == []
        await frame.get_by_role("button", name="Send the rating").click()
        await expect(frame.get_by_text("Thank you for your rating!")).to_be_visible()
        assert (await visitor.session()).vote == 4


async def test_without_sockets_and_through_a_lost_network_nothing_is_lost(
    world: World, chromium_browser: Browser
) -> None:
    line = await line_of(world, [world.alice])
    async with _shop_page(world, chromium_browser, line) as (shop, page):
        await page.route_web_socket(re.compile("/push/ws"), lambda socket: socket.close())
        frame = await shop.open(page)
        await _say(frame, "hello")
        _, dialog = await _taken(world)
        await _answer(world, dialog, "good day")
        await expect(_bubble(frame, "good day")).to_be_visible(timeout=12_000)
        await page.route("**/widget/api/**", lambda route: route.abort())
        await frame.get_by_role("textbox", name="Message").fill("are you there?")
        await page.keyboard.press("Enter")
        await expect(frame.locator(".is-pending .state")).to_have_text("Sending…")
        await expect(frame.get_by_text("No connection. We keep trying…")).to_be_visible()
        await page.reload()
        await page.unroute("**/widget/api/**")
        await page.reload()
        frame = frame_of(page)
        await expect(_bubble(frame, "are you there?")).to_be_visible()
        await expect(frame.locator(".is-pending")).to_have_count(0)
        assert (await Visitor(world, 1, "").texts()).count("are you there?") == 1


async def test_on_a_phone_it_fills_the_screen_and_speaks_the_pages_language(
    world: World, chromium_browser: Browser
) -> None:
    line = await line_of(world, [world.alice])
    phone = {"width": 360, "height": 740, "has_touch": True, "is_mobile": True, "color_scheme": "dark"}
    async with _shop_page(world, chromium_browser, line, **phone) as (shop, page):
        frame = await shop.open(page, shop.russian)
        await expect(frame.get_by_role("textbox", name="Сообщение")).to_be_visible()
        box = await page.locator("#skvorets-chat iframe").bounding_box()
        assert box == {"x": 0, "y": 0, "width": 360, "height": 740}
        width = await page.frames[1].evaluate("document.documentElement.scrollWidth")
        assert width == 360
        assert await _violations(page) == []
        await frame.get_by_role("button", name="Закрыть чат").click()
        await expect(page.get_by_role("button", name="Открыть чат")).to_be_focused()


async def test_a_line_that_is_switched_off_shows_nothing(world: World, chromium_browser: Browser) -> None:
    line = await line_of(world, [world.alice])
    await world.unit(_switch_off, line.id)
    async with _shop_page(world, chromium_browser, line) as (shop, page):
        async with page.expect_response(re.compile("/widget/[0-9a-f]{32}")) as waiting:
            await shop.open(page, opens=False)
        assert (await waiting.value).status == 404
        await page.wait_for_timeout(200)
        assert await page.locator("#skvorets-chat button").count() == 0


async def test_opening_it_loads_less_than_forty_kilobytes(world: World, chromium_browser: Browser) -> None:
    line = await line_of(world, [world.alice])
    loaded: dict[str, int] = {}

    async def measure(response: Response) -> None:
        path = re.sub(r"/static/[0-9a-f]+/", "/static/", response.url.partition("/widget")[2])
        if response.status == 200 and "/api/" not in path:
            body = await response.body()
            assert response.headers.get("content-encoding") == "gzip" or len(body) < 600
            loaded[path] = len(gzip.compress(body, 9, mtime=0))

    async with _shop_page(world, chromium_browser, line) as (shop, page):
        measured: list[asyncio.Task[None]] = []

        def heard(response: Response) -> None:
            if "/widget" in response.url:
                measured.append(asyncio.ensure_future(measure(response)))

        page.on("response", heard)
        await shop.open(page, opens=False)
        await expect(page.get_by_role("button", name="Open the chat")).to_be_visible()
        await asyncio.gather(*measured)
        before = sum(loaded.values())
        await page.get_by_role("button", name="Open the chat").click()
        await _say(frame_of(page), "hello")
        await asyncio.gather(*measured)
    assert len(loaded) > 6
    assert sum(loaded.values()) < MOST_LOADED, loaded
    assert before < 12 * 1024, loaded  # who does not open it pays little
    assert loaded[".js"] < 5 * 1024


async def _count_clients(tx: Any) -> int:
    count: int = await tx.val("SELECT count(*) FROM line_clients")
    return count


async def _title_of(tx: Any, chat_id: int) -> str:
    title: str = await tx.val("SELECT title FROM chats WHERE id = $1", chat_id)
    return title


async def _switch_off(tx: Any, line_id: int) -> None:
    await tx.do("UPDATE lines SET active = 0 WHERE id = $1", line_id)
