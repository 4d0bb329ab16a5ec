"""The developer's page in a real browser: a new application, its events, an edited one, and what hostile texts do."""

from __future__ import annotations

import asyncio
import json
import re

import pytest
from playwright.async_api import Browser, Page, expect

from skvorets.core import logins
from skvorets.storage import applications
from skvorets.storage.database import Tx
from support.browsers import browser_of
from support.chromium import page_of
from support.deliveries import every_delivery, until
from support.developers import HOSTILE_NAME, TEXTS
from support.handlers import Handlers, HandlerScript
from support.pages import grave_violations, page_for
from support.wire_events import bot_of, listening_bot
from support.world import World

PASSWORD = "correct horse"
pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.fixture
def database() -> str:
    """SQLite only: what a browser shows does not depend on the engine, and the resources' own tests run on both."""
    return ""


async def _event(world: World, script: HandlerScript, text: str = "hello") -> None:
    bot = await listening_bot(world, script)
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE=text)
    await script.take(2)
    await until(world, lambda rows: len(rows) == 2 and all(one.finished_at for one in rows))


async def _take_from_clipboard(page: Page) -> str:
    text: str = await page.evaluate("navigator.clipboard.readText()")
    return text


async def test_from_a_new_application_to_the_event_of_its_bot(
    world: World, handlers: Handlers, chromium_browser: Browser
) -> None:
    script = handlers.at("/bot")
    async with page_for(chromium_browser, world, world.alice, "/dev") as page:
        await page.get_by_role("link", name="Create an application").click()
        await page.get_by_label("Name", exact=True).fill("My bots")
        await page.get_by_role("textbox", name="Handler address").fill(script.url)
        await page.get_by_role("button", name="Create and install").click()
        await expect(page.get_by_role("heading", name="“My bots” is created")).to_be_focused()
        secret = await page.locator("code.secret").inner_text()
        assert f"SKVORETS_CLIENT_SECRET={secret}\n" in await page.locator("pre").inner_text() + "\n"
        assert (await script.next()).event == "ONAPPINSTALL"

        await page.get_by_role("link", name="To the application").click()
        await expect(page.get_by_role("heading", name="My bots")).to_be_visible()
        assert secret not in await page.content()

        [application] = await world.unit(applications.every)
        bot = await bot_of(world, application, script, "echo")
        await page.get_by_role("link", name="Events", exact=True).click()
        await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="Hi there")
        await page.get_by_role("link", name=re.compile("Hi there")).click()
        heading = page.get_by_role("heading", name="ONIMBOTMESSAGEADD")
        await expect(heading).to_be_focused()
        await expect(page.get_by_role("row", name="data[PARAMS][MESSAGE] Hi there")).to_be_visible()
        await expect(page.locator(".under-heading")).to_contain_text("delivered")
        await expect(page.locator(".attempt")).to_contain_text("Attempt 1")
        await expect(page.get_by_role("row", name=re.compile(r"^auth\[access_token\]"))).to_contain_text("••••")
        await page.get_by_role("tab", name="JSON").click()
        shown = json.loads(await page.get_by_role("tabpanel").inner_text())
        assert shown["data"]["PARAMS"]["MESSAGE"] == "Hi there"
        assert shown["auth"]["access_token"] == "••••••••"


async def test_an_event_is_replayed_edited_and_taken_as_curl(
    world: World, handlers: Handlers, chromium_browser: Browser
) -> None:
    script = handlers.at("/bot")
    script.answer(200, 500)
    await _event(world, script)
    options = {"permissions": ["clipboard-read", "clipboard-write"]}
    async with page_for(chromium_browser, world, world.alice, "/dev/events/2", **options) as page:
        await expect(page.locator(".under-heading")).to_contain_text("failed")
        await page.get_by_role("button", name="Replay", exact=True).click()
        assert (await script.next()).header("webhook-attempt") == "2"
        await expect(page.locator(".under-heading")).to_contain_text("delivered")
        await expect(page.locator(".attempt")).to_have_count(2)

        before = await every_delivery(world)
        await page.get_by_role("button", name="Edit and send").click()
        field = page.get_by_label("Event, JSON")
        await field.fill("[1]")
        await page.get_by_role("button", name="Send the copy").click()
        await expect(page.locator("dialog .error")).to_contain_text("not a JSON object")
        edited = {"event": "ONIMBOTMESSAGEADD", "data": {"PARAMS": {"MESSAGE": "changed & new", "LIST": ["a", "b"]}}}
        await field.fill(json.dumps({**edited, "auth": {"application_token": "••••••••"}}))
        await page.get_by_role("button", name="Send the copy").click()
        await expect(page.locator("dialog .success")).to_contain_text("answered 200")
        copy = await script.next()
        assert copy.form["data"] == edited["data"]
        assert copy.header("webhook-test") == "1"
        assert re.fullmatch("[0-9a-f]{32}", copy.form["auth"]["application_token"])
        assert await every_delivery(world) == before
        await page.keyboard.press("Escape")
        await expect(page.locator("dialog")).to_have_count(0)

        await page.get_by_role("button", name="Copy as curl").click()
        await expect(page.locator(".note")).to_contain_text("real tokens")
        command = await _take_from_clipboard(page)
    process = await asyncio.create_subprocess_shell(f"{command} -s", stdout=asyncio.subprocess.PIPE)
    assert (await process.communicate())[0] == b"ok"
    assert (await script.next()).form["data"]["PARAMS"]["MESSAGE"] == "hello"


async def test_the_list_renews_itself_filters_and_is_walked_by_keys(
    world: World, handlers: Handlers, chromium_browser: Browser
) -> None:
    script = handlers.at("/bot")
    script.answer(200, 500)
    await _event(world, script, "lost one")
    async with page_for(chromium_browser, world, world.alice, "/dev/events") as page:
        await page.get_by_label("State").select_option("dead")
        await expect(page.locator(".row")).to_have_count(1)
        await page.get_by_role("button", name="Reset filters").click()
        await expect(page.locator(".row")).to_have_count(2)
        await page.get_by_label("Number, webhook-id").fill("nothing like it")
        await expect(page.get_by_text("Nothing fits these filters")).to_be_visible()
        await page.get_by_label("Number, webhook-id").fill("")
        await page.locator(".row-link").first.focus()
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
        await expect(page).to_have_url(re.compile("/dev/events/1$"))
        await page.go_back()
        await page.get_by_label("Select event 2").check()
        await page.get_by_role("button", name="Replay", exact=True).click()
        assert (await script.next()).header("webhook-attempt") == "2"
        await expect(page.locator(".row").first).to_contain_text("delivered")


async def test_hostile_names_and_texts_are_shown_and_do_nothing(
    world: World, handlers: Handlers, chromium_browser: Browser
) -> None:
    script = handlers.at("/bot")
    application = await world.install(name=HOSTILE_NAME)
    bot = await bot_of(world, application, script, "echo", PROPERTIES={"NAME": HOSTILE_NAME})
    for text in (*TEXTS, HOSTILE_NAME):
        await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE=text)
    await script.take(1 + len(TEXTS))
    await until(world, lambda rows: len(rows) >= len(TEXTS) and all(one.finished_at for one in rows))
    async with page_for(chromium_browser, world, world.alice, "/dev/events") as page:
        await expect(page.locator(".row-words").get_by_text(HOSTILE_NAME)).to_be_visible()
        for path in (
            "/dev/events/3",
            "/dev/events/4",
            f"/dev/apps/{application.id}",
            "/dev/events/<script>",
            "/dev/x/y",
        ):
            await page.goto(world.url + path)
            await expect(page.locator(".pane").first).to_be_visible()
            assert await page.title() == "Developers · Skvorets"
            assert await page.locator("#page img:not([src^='/client/'])").count() == 0


async def test_a_first_bot_needs_no_server(world: World, chromium_browser: Browser) -> None:
    async with page_for(chromium_browser, world, world.bob, "/dev/inspectors") as page:
        await page.get_by_role("button", name="Create an address").click()
        url = await page.locator(".code pre").first.inner_text()
        path = url.removeprefix(world.app.config.base_url)
        async with world.session.post(
            world.url + path, data={"event": "HELLO", "auth[access_token]": "xyz"}
        ) as response:
            assert response.status == 200
        await expect(page.locator(".kept")).to_contain_text("HELLO")
        row = page.get_by_role("row", name=re.compile("access_token"))
        await expect(row).to_contain_text("••••")
        await page.get_by_role("button", name="Show secrets").click()
        await expect(row).to_contain_text("xyz")


async def test_a_webhook_is_made_shown_once_and_revoked(world: World, chromium_browser: Browser) -> None:
    async with page_for(chromium_browser, world, world.bob, "/dev/webhooks") as page:
        await page.get_by_role("button", name="Create a webhook").click()
        await page.get_by_label("What for").fill("Reports")
        await page.locator("dialog").get_by_role("button", name="Create a webhook").click()
        url = await page.locator("dialog pre").first.inner_text()
        path = url.removeprefix(world.app.config.base_url)
        assert (await world.get(f"{path}profile")).result["ID"] == str(world.bob.id)
        await page.keyboard.press("Escape")
        await page.locator(".card", has_text="Reports").get_by_role("button", name="Revoke").click()
        await page.locator("dialog").get_by_role("button", name="Revoke").click()
        await expect(page.locator(".card", has_text="Reports")).to_have_count(0)
        assert url.rstrip("/").rpartition("/")[2] not in await page.content()
        assert (await world.get(f"{path}profile")).status == 401


async def test_who_is_not_logged_in_logs_in_first(world: World, chromium_browser: Browser) -> None:
    await world.unit(_set_password, world.alice.id, "alice@example.com", PASSWORD)
    async with page_of(chromium_browser, locale="ru") as page:
        await page.goto(world.url + "/dev/apps")
        await page.get_by_label("Логин").fill("alice@example.com")
        await page.get_by_label("Пароль").fill("wrong horse")
        await page.get_by_role("button", name="Войти").click()
        await expect(page.get_by_role("alert")).to_contain_text("Неверный")
        await page.get_by_label("Пароль").fill(PASSWORD)
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("Приложений пока нет")).to_be_visible()
        await page.get_by_role("button", name="English").click()
        await expect(page.get_by_text("No applications yet")).to_be_visible()
        await page.get_by_role("button", name="Log out").click()
        await expect(page.get_by_role("heading", name="Log in to Skvorets")).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
async def test_everybody_can_use_it(
    world: World, handlers: Handlers, chromium_browser: Browser, scheme: str, width: int
) -> None:
    script = handlers.at("/bot")
    script.answer(200, 500)
    await _event(world, script)
    async with browser_of(world, world.alice) as browser:
        made = await browser.call("POST", "/api/dev/inspectors")
    path = made["url"].removeprefix(world.app.config.base_url)
    await world.session.post(world.url + path, data={"event": "X"})
    options = {"color_scheme": scheme, "width": width}
    async with page_for(chromium_browser, world, world.alice, "/dev", **options) as page:
        for path in ("events", "events/2", "apps", "apps/1", "apps/new", "webhooks", f"inspectors/{made['id']}"):
            await page.goto(f"{world.url}/dev/{path}")
            await expect(page.locator("main :is(.row, h1):visible").first).to_be_visible()
            await page.wait_for_load_state("networkidle")
            assert await grave_violations(page) == [], path
            wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, path
        await page.goto(f"{world.url}/dev/events/2")
        await page.get_by_role("button", name="Edit and send").click()
        await expect(page.get_by_label("Event, JSON")).to_be_visible()
        assert await grave_violations(page) == []


async def _set_password(tx: Tx, person_id: int, login: str, password: str) -> None:
    await logins.set_password_hash(tx, person_id, login, logins.hash_password(password))
