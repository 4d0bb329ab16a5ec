"""Accounts in a real browser: the first run, an invitation, logging in with a code, profile, settings."""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, FilePayload, Page, expect

from skvorets.app import App
from skvorets.cli.serve import welcome_link
from skvorets.core import logins, second_factor
from skvorets.storage import people
from support.account_screens import show_screen
from support.browsers import browser_of
from support.chromium import page_of
from support.codes import Phone
from support.pages import grave_violations, page_for
from support.pictures import picture
from support.world import World
from support.world import test_config as config_of

PASSWORD = "correct horse"
HASH = logins.hash_password(PASSWORD)
pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.fixture
def database() -> str:
    """SQLite only: what a browser shows does not depend on the engine, and the resources' own tests run on both."""
    return ""


@pytest.fixture
async def empty(tmp_path: Path) -> AsyncIterator[App]:
    """Give a server without anybody."""
    app = App(config_of(tmp_path, ""))
    await app.start()
    yield app
    await app.stop()


async def is_landed(page: Page, url: str) -> None:
    """Wait until the page that comes after is shown, with somebody logged in."""
    await expect(page).to_have_url(re.compile(rf"^{re.escape(url)}/(im.*)?$"))
    assert (await page.request.get(f"{url}/api/session")).status == 200


async def test_the_first_run(empty: App, chromium_browser: Browser) -> None:
    url = f"http://127.0.0.1:{empty.port}"
    path = (await welcome_link(empty)).removeprefix(empty.config.base_url)
    async with page_of(chromium_browser, locale="ru") as page:
        await page.goto(url + path)
        await page.get_by_role("button", name="English").click()
        await expect(page.get_by_role("heading", name="First run")).to_be_visible()
        assert await grave_violations(page) == []
        await page.get_by_label("First name").fill("Anna")
        await page.get_by_label("Login").fill("anna")
        await page.get_by_label("Password", exact=True).fill("1234567")
        await page.get_by_role("button", name="Start").click()
        await expect(page.get_by_role("heading", name="First run")).to_be_visible()  # too short: the browser says so
        await page.get_by_label("Password", exact=True).fill(PASSWORD)
        await page.keyboard.press("Enter")
        await is_landed(page, url)
        await page.goto(url + path)
        await expect(page.get_by_role("heading", name="The link is not valid")).to_be_visible()
    assert empty.config.language == "en"


async def test_from_an_invitation_to_the_account(world: World, chromium_browser: Browser) -> None:
    await world.unit(logins.set_password_hash, world.bob.id, "bob", HASH)
    async with browser_of(world, world.alice) as browser:
        made = await browser.call("POST", "/api/invitations", {"firstName": "<b>Dora</b>", "email": "dora@example.com"})
    path = made["link"].removeprefix(world.app.config.base_url)
    async with page_of(chromium_browser, locale="en") as page:
        await page.goto(world.url + path)
        await expect(page.get_by_text("Alice Petrova invites you")).to_be_visible()
        assert await grave_violations(page) == []
        await expect(page.get_by_label("First name")).to_have_value("<b>Dora</b>")
        await expect(page.get_by_label("Login")).to_have_value("dora@example.com")
        await page.get_by_label("First name").fill("Dora")
        await page.get_by_label("Login").fill("bob")
        await page.get_by_label("Password", exact=True).fill(PASSWORD)
        await page.get_by_role("button", name="Show the password").click()
        await expect(page.get_by_label("Password", exact=True)).to_have_attribute("type", "text")
        await page.get_by_role("button", name="Create the account").click()
        await expect(page.get_by_role("alert")).to_have_text("Taken by somebody else.")
        await page.get_by_label("Login").fill("dora")
        await page.get_by_role("button", name="Create the account").click()
        await is_landed(page, world.url)
        await page.goto(world.url + path)
        await expect(page.get_by_role("heading", name="The link is not valid")).to_be_visible()


async def test_the_second_factor_is_turned_on_used_and_turned_off(world: World, chromium_browser: Browser) -> None:
    await world.unit(logins.set_password_hash, world.bob.id, "bob", HASH)
    async with page_for(chromium_browser, world, world.bob, "/dev/webhooks") as page:
        await show_screen(page, "security")
        await expect(page.get_by_text("You log in as bob.")).to_be_visible()
        await page.get_by_role("button", name="Turn on").click()
        await page.locator("input[name=password]").fill(PASSWORD)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("img", name="QR code")).to_be_visible()
        assert await grave_violations(page) == []
        phone = Phone(await page.locator(".qr-key code").inner_text())
        await page.get_by_label("Code of the application").fill(phone.wrong())
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("alert").filter(has_text="Wrong code")).to_be_visible()
        await page.get_by_label("Code of the application").fill(phone.code(-1))
        await page.keyboard.press("Enter")
        await expect(page.locator(".recovery-codes li")).to_have_count(second_factor.RECOVERY_CODES)
        codes = await page.locator(".recovery-codes li").all_inner_texts()
        async with page.expect_download() as download:
            await page.get_by_role("button", name="Save as a file").click()
        saved = await asyncio.to_thread((await (await download.value).path()).read_text, "utf-8")
        assert all(one in saved for one in codes)
        await page.get_by_role("button", name="Done").click()
        await expect(page.get_by_text("10 recovery codes left.")).to_be_visible()

    async with page_of(chromium_browser, locale="en") as page:
        await page.goto(f"{world.url}/dev")
        await page.get_by_label("Login").fill("bob")
        await page.get_by_label("Password").fill(PASSWORD)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name="Enter the code")).to_be_visible()
        await expect(page.get_by_label("Code of the application")).to_be_focused()
        assert await grave_violations(page) == []
        await page.keyboard.type(phone.wrong())
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("alert")).to_contain_text("Wrong code.")
        await page.get_by_label("Code of the application").fill(phone.code())
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("button", name="Log out")).to_be_visible()

        await show_screen(page, "security")
        await page.get_by_role("button", name="Turn off").click()
        await page.locator("input[name=password]").fill(PASSWORD)
        await page.get_by_label("Code of the application").fill(codes[0])
        await page.get_by_role("button", name="Turn off").click()
        await expect(page.get_by_text("Log-in with a code is off.")).to_be_visible()


async def test_the_password_is_changed_and_browsers_are_logged_out(world: World, chromium_browser: Browser) -> None:
    await world.unit(logins.set_password_hash, world.bob.id, "bob", HASH)
    async with (
        page_for(chromium_browser, world, world.bob, "/dev/webhooks") as page,
        browser_of(world, world.bob) as one,
        browser_of(world, world.bob) as other,
    ):
        await show_screen(page, "security")
        await expect(page.locator(".browser")).to_have_count(3)
        await page.locator(".browser").nth(1).get_by_role("button").click()
        await expect(page.locator(".browser")).to_have_count(2)
        await page.get_by_role("button", name="Change the password").click()
        await page.get_by_label("Present password").fill("wrong one")
        await page.get_by_label("New password").fill("battery staple")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("alert").filter(has_text="Wrong password.")).to_be_visible()
        await page.get_by_label("Present password").fill(PASSWORD)
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("The password is changed.")).to_be_visible()
        statuses = [(await browser.raw("GET", "/api/session"))[0] for browser in (one, other)]
    assert statuses == [401, 401]


async def test_a_program_gets_a_password_of_its_own_and_loses_it(world: World, chromium_browser: Browser) -> None:
    await world.unit(logins.set_password_hash, world.bob.id, "bob", HASH)
    async with page_for(chromium_browser, world, world.bob, "/dev/webhooks") as page:
        await show_screen(page, "security")
        await page.get_by_role("button", name="Add a password").click()
        await page.get_by_label("What for").fill("Reports <b>")
        await page.get_by_label("Present password").fill("wrong one")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("alert").filter(has_text="Wrong password.")).to_be_visible()
        await page.get_by_label("Present password").fill(PASSWORD)
        await page.keyboard.press("Enter")
        secret = await page.locator(".app-password code").inner_text()
        assert await grave_violations(page) == []
        basic = "Basic " + base64.b64encode(f"bob:{secret}".encode()).decode()
        assert (await world.get("/api/v1/profile/me", Authorization=basic)).status == 200
        await page.get_by_role("button", name="Revoke: Reports <b>").click()
        await expect(page.get_by_text("Reports <b>")).to_have_count(0)
        assert (await world.get("/api/v1/profile/me", Authorization=basic)).status == 401


async def test_the_profile_is_filled_in(world: World, chromium_browser: Browser) -> None:
    async with page_for(chromium_browser, world, world.bob, "/dev/webhooks") as page:
        await show_screen(page, "profile")
        await expect(page.get_by_role("button", name="Save")).to_be_disabled()
        assert await grave_violations(page) == []
        await page.get_by_label("Position").fill("Engineer <img src=x onerror=alert(1)>")
        await page.get_by_label("Birthday").fill("1990-05-17")
        await page.get_by_label("Gender").select_option("F")
        await page.get_by_role("button", name="Save").click()
        await expect(page.get_by_text("Saved")).to_be_visible()
        await expect(page.get_by_role("button", name="Save")).to_be_disabled()
        await page.get_by_role("radio", name="Do not disturb").check()
        photo = FilePayload(name="me.png", mimeType="image/png", buffer=picture("PNG", (3000, 2000)))
        await page.locator("input[type=file]").set_input_files(photo)
        await expect(page.get_by_role("img", name="Photo")).to_be_visible()
        nonsense = FilePayload(name="me.png", mimeType="image/png", buffer=b"nonsense")
        await page.locator("input[type=file]").set_input_files(nonsense)
        await expect(page.get_by_text("A picture is needed")).to_be_visible()
        await page.get_by_role("button", name="Remove").click()
        await expect(page.get_by_role("img", name="Photo")).to_have_count(0)
    bob = await world.unit(people.find, world.bob.id)
    assert bob is not None
    assert (bob.birthday, bob.gender, bob.status, bob.avatar) == ("1990-05-17", "F", "dnd", "")


async def test_settings_are_kept_and_walked_by_keys(world: World, chromium_browser: Browser) -> None:
    async with page_for(chromium_browser, world, world.bob, "/dev/webhooks", width=360) as page:
        await show_screen(page, "preferences")
        assert await grave_violations(page) == []
        await page.get_by_role("radio", name="As the system").focus()
        await page.keyboard.press("ArrowRight")
        await page.keyboard.press("ArrowRight")
        await page.get_by_role("switch", name="Sound of new messages").uncheck()
        await page.get_by_role("radio", name="About me only").check()
        await expect(page.get_by_text("Private messages and mentions.")).to_be_visible()
        await show_screen(page, "preferences")
        await expect(page.get_by_role("radio", name="Dark")).to_be_checked()
        await expect(page.get_by_role("switch", name="Sound of new messages")).not_to_be_checked()
        width = await page.evaluate("document.documentElement.scrollWidth")
        assert width <= 360
