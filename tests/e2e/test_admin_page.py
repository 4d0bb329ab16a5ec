"""The administrators' pages in a real browser: people, one-time passwords, departments, chats, files, who did what."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from skvorets.core import logins
from support.administration import audit_of
from support.administration_scene import usual_administration
from support.browsers import COOKIE
from support.chromium import page_of
from support.developers import HOSTILE_NAME
from support.pages import grave_violations, page_for
from support.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.fixture
def database() -> str:
    """SQLite only: what a browser shows does not depend on the engine, and the resources' own tests run on both."""
    return ""


async def test_a_person_is_found_changed_and_disabled(world: World, chromium_browser: Browser) -> None:
    async with page_for(chromium_browser, world, world.alice, "/admin") as page:
        await page.get_by_role("searchbox").fill("ivanov")
        await expect(page.get_by_role("row")).to_have_count(2)
        await page.get_by_role("link", name="Bob Ivanov").click()
        await expect(page.get_by_role("heading", name="Bob Ivanov")).to_be_focused()
        await page.get_by_label("Position").fill("Captain")
        await page.get_by_role("button", name="Save").click()
        await expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
        await page.get_by_role("switch", name="Administrator").check()
        await expect(page.locator(".badge", has_text="administrator")).to_be_visible()
        await page.get_by_role("button", name="Disable").click()
        await page.get_by_role("dialog").get_by_role("button", name="Disable").click()
        await expect(page.locator(".badge", has_text="disabled")).to_be_visible()
        await page.get_by_role("button", name="Enable").click()
        await expect(page.locator(".badge", has_text="disabled")).to_have_count(0)
    assert [one["changed"] for one in await audit_of(world, "person.changed")] == [["work_position"]]
    assert len(await audit_of(world, "person.disabled")) == 1


async def test_a_one_time_password_is_handed_over_and_replaced(world: World, chromium_browser: Browser) -> None:
    async with page_for(chromium_browser, world, world.alice, f"/admin/people/{world.bob.id}") as page:
        await page.get_by_role("button", name="Set a one-time password").click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_label("Login").fill("bob")
        await dialog.get_by_role("button", name="Set a one-time password").click()
        text = await dialog.locator("pre").inner_text()
    password = text.rpartition("Password: ")[2].strip()
    async with page_of(chromium_browser, locale="en", reduced_motion="reduce") as page:
        page.set_default_timeout(8_000)
        await page.goto(f"{world.url}/dev")
        await page.get_by_label("Login").fill("bob")
        await page.get_by_label("Password").fill(password)
        await page.get_by_role("button", name="Log in").click()
        await expect(page.get_by_label("New password")).to_be_focused()
        assert await grave_violations(page) == []
        await page.get_by_label("New password").fill(password)
        await page.get_by_role("button", name="Log in").click()
        await expect(page.get_by_role("alert")).to_contain_text("another one")
        await page.get_by_label("New password").fill("words of my own")
        await page.get_by_role("button", name="Log in").click()
        await expect(page.get_by_role("button", name="Log out")).to_be_visible()
    person = await logins.check_password(
        world.app.store, logins.Attempt("bob", "words of my own", "192.0.2.1"), _at_once
    )
    assert person.id == world.bob.id


async def _at_once(function: object, *args: object) -> object:
    return function(*args)  # type: ignore[operator]


async def test_a_department_gets_people_and_a_head(world: World, chromium_browser: Browser) -> None:
    async with page_for(chromium_browser, world, world.alice, "/admin/departments") as page:
        await page.get_by_role("button", name="New department").click()
        await page.get_by_role("dialog").get_by_label("Name").fill("Kitchen")
        await page.get_by_role("dialog").get_by_role("button", name="Add").click()
        await expect(page.get_by_role("heading", name="Kitchen")).to_be_visible()
        await page.get_by_role("button", name="Add a person").click()
        await page.get_by_role("dialog").get_by_role("searchbox").fill("bob")
        await page.get_by_role("dialog").get_by_role("button", name="Bob Ivanov").click()
        await page.get_by_role("button", name="Make head").click()
        await expect(page.get_by_role("button", name="Relieve as head")).to_be_visible()
        await expect(page.locator(".leaf")).to_contain_text("Bob Ivanov")
    assert [one["head"] for one in await audit_of(world, "department.head_changed")] == ["Bob Ivanov"]


async def test_a_chat_is_closed_for_everybody(world: World, chromium_browser: Browser) -> None:
    await world.chat(world.bob, world.carol, MESSAGE="word-of-mouth")
    async with page_for(chromium_browser, world, world.alice, "/admin/chats") as page:
        await page.get_by_role("link", name=re.compile("Test")).click()
        await expect(page.get_by_text("Owner: Bob Ivanov")).to_be_visible()
        await page.get_by_role("button", name="Add people").click()
        await page.get_by_role("dialog").get_by_role("button", name="Stranger").click()
        await expect(page.locator(".crew-line")).to_have_count(3)
        assert "word-of-mouth" not in await page.content()
        await page.get_by_role("button", name="Close", exact=True).click()
        await page.get_by_role("dialog").get_by_role("button", name="Close", exact=True).last.click()
        await expect(page.locator(".badge", has_text="closed")).to_be_visible()


async def test_an_invitation_is_made_and_revoked(world: World, chromium_browser: Browser) -> None:
    async with page_for(chromium_browser, world, world.alice, "/admin/people/invitations") as page:
        await page.get_by_role("button", name="Invite").click()
        await page.get_by_role("dialog").get_by_label("First name").fill("Peter")
        await page.get_by_role("dialog").get_by_role("button", name="Make a link").click()
        link = await page.get_by_role("dialog").locator("pre").inner_text()
        assert "/invite/" in link
        await page.get_by_role("dialog").get_by_role("button", name="Close").click()
        await page.get_by_role("button", name="Revoke").click()
        await page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
        await expect(page.get_by_text("Nobody is invited")).to_be_visible()


async def test_who_is_no_administrator_sees_nothing(world: World, chromium_browser: Browser) -> None:
    async with page_for(chromium_browser, world, world.bob, "/admin") as page:
        await expect(page.get_by_role("heading", name="This is for administrators")).to_be_visible()
        await expect(page.get_by_role("navigation")).to_have_count(0)


@pytest.mark.parametrize(
    ("width", "scheme", "language"), [(1280, "light", "ru"), (360, "dark", "en")], ids=["wide", "phone"]
)
async def test_every_page_is_within_reach_and_harmless(
    tmp_path: Path, chromium_browser: Browser, width: int, scheme: str, language: str
) -> None:
    async with (
        usual_administration(tmp_path) as scene,
        page_of(chromium_browser, width=width, locale=language, color_scheme=scheme, reduced_motion="reduce") as page,
    ):
        page.set_default_timeout(8_000)
        await page.context.add_cookies([{"name": COOKIE, "value": scene.cookie, "url": scene.url}])
        for name, path in scene.paths.items():
            await page.goto(scene.url + path)
            await page.locator("main h1").first.wait_for()
            await expect(page.locator(".loading")).to_have_count(0)
            assert await grave_violations(page) == [], name
            assert await _overhang(page) <= 0, name
            assert await _unsaid(page) == [], name
        assert await page.title() != "1"
        await page.goto(f"{scene.url}/admin/people")
        await expect(page.get_by_text(HOSTILE_NAME)).to_be_visible()


async def _overhang(page: Page) -> int:
    """How many pixels the page is wider than the window."""
    found: int = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return found


async def _unsaid(page: Page) -> list[str]:
    """Give the keys for which there are no words."""
    text = await page.locator("body").inner_text()
    sections = "lines|people|person|access|chats|bots|storage|audit|health|setting|settings|did|detail|field|reader"
    return re.findall(rf"\b(?:{sections})\.\w+", text)
