"""The messenger's frame in a real browser: the list, finding, keys, dialogs, settings, the phone, the connection."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from support.pages import grave_violations, page_for
from support.world import Actor, World

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

HOSTILE = "<img src=x onerror=alert(1)>\u202eevil [URL=javascript:alert(1)]x[/URL]"


@pytest.fixture
def database() -> str:
    """SQLite only: what a browser shows does not depend on the engine, and the resources' own tests run on both."""
    return ""


async def _say(actor: Actor, chat: int, text: str) -> int:
    said: int = await actor.call("im.message.add", DIALOG_ID=f"chat{chat}", MESSAGE=text)
    return said


async def _chat(world: World, title: str) -> int:
    """A chat of Alice and Bob."""
    chat: int = await world.alice.call("im.chat.add", USERS=[world.bob.id], TITLE=title)
    return chat


def _row(page: Page, chat: int) -> Locator:
    return page.locator(f'.list-row[data-chat="{chat}"]')


async def _order(page: Page, *chats: int) -> list[int]:
    """Of these chats, as they stand one below the other."""
    script = "rows => rows.map((one) => [one.getBoundingClientRect().y, Number(one.dataset.chat)])"
    found: list[list[float]] = await page.locator(".list-row").evaluate_all(script)
    return [int(chat) for _, chat in sorted(found) if chat in chats]


async def test_who_is_new_is_told_what_to_do_and_makes_a_chat(world: World, chromium_browser: Browser) -> None:
    async with page_for(chromium_browser, world, world.alice, "/") as page:
        await expect(page.get_by_role("heading", name="It is quiet here")).to_be_visible()
        assert await page.get_by_role("link", name="Invite people").get_attribute("href") == "/admin/people"
        assert await grave_violations(page) == []
        await page.get_by_role("button", name="Create a chat").click()
        dialog = page.get_by_role("dialog", name="New chat")
        await expect(dialog.get_by_label("Name", exact=True)).to_be_focused()
        await page.keyboard.type("Release")
        await dialog.get_by_role("combobox", name="Name or position").fill("bob")
        await expect(dialog.get_by_role("option")).to_have_count(1)
        await page.keyboard.press("Enter")
        await expect(dialog.get_by_role("button", name="Remove Bob", exact=False)).to_be_visible()
        assert await grave_violations(page) == []
        await dialog.get_by_role("radio", name="All employees").check()
        await dialog.get_by_role("radio", name="Mint").check()
        await dialog.get_by_role("button", name="Create").click()
        await expect(page).to_have_url(re.compile(r"/im/chat\d+$"))
        chat = int(page.url.rpartition("chat")[2])
        found = await world.alice.call("im.dialog.get", DIALOG_ID=f"chat{chat}")
        assert (found["name"], found["type"], found["color"]) == ("Release", "open", "#4ba984")
        assert await world.alice.call("im.chat.user.list", CHAT_ID=chat) == [world.alice.id, world.bob.id]
        await expect(_row(page, chat)).to_have_attribute("aria-current", "page")
        await expect(page).to_have_title("Release · Skvorets")


async def test_the_list_follows_what_happens(world: World, chromium_browser: Browser) -> None:
    one = await _chat(world, "One")
    two = await _chat(world, "Two")
    async with page_for(chromium_browser, world, world.alice, "/") as page:
        await expect(_row(page, two)).to_be_visible()
        assert await _order(page, one, two) == [two, one]
        await _say(world.bob, one, f"[B]Look[/B], [USER={world.alice.id}]Alice[/USER]!")
        await expect(_row(page, one)).to_contain_text("Bob: Look, Alice!")
        await expect(_row(page, one).locator(".badge-count")).to_have_text([re.compile("@"), re.compile("^1")])
        assert await _order(page, one, two) == [one, two]
        await expect(page).to_have_title(re.compile(r"^\(\d+\) "))
        await world.bob.call("im.dialog.writing", DIALOG_ID=f"chat{two}")
        await expect(_row(page, two)).to_contain_text("Bob is writing…")
        await _say(world.bob, two, "Done")
        await expect(_row(page, two)).to_contain_text("Bob: Done")
        fine = await _say(world.alice, two, "Fine")
        await expect(_row(page, two)).to_contain_text("You: Fine")
        await expect(_row(page, two).get_by_text("sent", exact=True)).to_be_attached()
        await world.bob.call("im.dialog.read", DIALOG_ID=f"chat{two}", MESSAGE_ID=fine)
        await expect(_row(page, two).get_by_text("read", exact=True)).to_be_attached()


async def test_a_conversation_is_pinned_muted_marked_and_hidden(world: World, chromium_browser: Browser) -> None:
    one = await _chat(world, "One")
    await _say(world.bob, one, "new")
    two = await _chat(world, "Two")
    async with page_for(chromium_browser, world, world.alice, "/") as page:

        async def choose(name: str) -> None:
            await _row(page, one).click(button="right")
            await page.get_by_role("menuitem", name=name, exact=True).click()

        await choose("Pin")
        await expect(_row(page, one).get_by_text("pinned")).to_be_attached()
        assert await _order(page, one, two) == [one, two]
        await choose("Mute")
        await expect(_row(page, one).get_by_text("muted", exact=True)).to_be_attached()
        await choose("Mark as read")
        await expect(_row(page, one).locator(".badge-count")).to_have_count(0)
        await choose("Mark as unread")
        await expect(_row(page, one).get_by_text("unread", exact=True)).to_be_attached()
        mine = (await world.alice.call("im.dialog.get", DIALOG_ID=f"chat{one}"))["mute_list"]
        assert world.alice.id in mine
        await choose("Hide from the list")
        await expect(_row(page, one)).to_have_count(0)
        await page.get_by_role("button", name="Undo").click()
        await expect(_row(page, one)).to_be_visible()
        await page.get_by_role("button", name="Unread").click()
        await expect(page.locator(".list-row")).to_have_count(1)
        await page.get_by_role("button", name="Bots").click()
        await expect(page.get_by_text("No conversations with bots yet")).to_be_visible()
        await page.get_by_role("button", name="Show all").click()
        await expect(_row(page, two)).to_be_visible()


async def test_the_switcher_finds_with_the_wrong_layout_by_keys_alone(world: World, chromium_browser: Browser) -> None:
    hello = await _chat(world, "Привет всем")
    await _chat(world, "Other")
    async with page_for(chromium_browser, world, world.alice, "/") as page:
        await expect(_row(page, hello)).to_be_visible()
        await page.keyboard.press("Control+KeyK")
        field = page.get_by_role("dialog").get_by_role("combobox")
        await expect(field).to_be_focused()
        await page.keyboard.type("ghbdtn")
        await expect(page.get_by_role("option")).to_have_count(1)
        assert await grave_violations(page) == []
        await page.keyboard.press("Enter")
        await expect(page).to_have_url(re.compile(f"/im/chat{hello}$"))
        # Somebody without a conversation, whom only the server knows, by the field above the list.
        await page.get_by_role("navigation", name="Chats").get_by_role("combobox").fill("stran")
        await expect(page.get_by_role("option", name=re.compile("Stranger"))).to_be_visible()
        await page.keyboard.press("Enter")
        await expect(page).to_have_url(re.compile(f"/im/{world.stranger.id}$"))
        await page.keyboard.press("Control+KeyK")
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_keys_go_through_chats_and_regions(world: World, chromium_browser: Browser) -> None:
    chats = [await _chat(world, f"Chat {number}") for number in range(3)]
    await _say(world.bob, chats[0], "new")
    order = [chats[0], chats[2], chats[1]]
    async with page_for(chromium_browser, world, world.alice, f"/im/chat{order[0]}") as page:
        await expect(_row(page, order[0])).to_have_attribute("aria-current", "page")
        for key, at in (("Alt+ArrowDown", 1), ("Alt+ArrowDown", 2), ("Alt+ArrowUp", 1)):
            await page.keyboard.press(key)
            await expect(page).to_have_url(re.compile(f"/im/chat{order[at]}$"))
        await _say(world.bob, order[2], "unread")
        await expect(_row(page, order[2]).locator(".badge-count")).to_be_visible()
        await page.keyboard.press("Alt+Shift+ArrowDown")
        await expect(page).to_have_url(re.compile(f"/im/chat{order[2]}$"))
        # F6 goes from region to region; in the list the arrows move the focus, Enter opens.
        for _ in range(3):
            await page.keyboard.press("F6")
            if await page.locator(".list-row:focus").count():
                break
        await expect(page.locator(".list-row:focus")).to_have_count(1)
        await page.keyboard.press("Home")
        await expect(page.locator(".list-row:focus")).to_have_attribute("data-chat", str(order[2]))
        await page.keyboard.press("ArrowDown")
        await expect(page.locator(".list-row:focus")).to_have_attribute("data-chat", str(order[0]))
        await page.keyboard.press("Enter")
        await expect(page).to_have_url(re.compile(f"/im/chat{order[0]}$"))


async def test_settings_help_and_status(world: World, chromium_browser: Browser) -> None:
    await _chat(world, "One")
    async with page_for(chromium_browser, world, world.alice, "/") as page:
        await page.get_by_role("button", name="Profile, status, settings").click()
        assert await grave_violations(page) == []
        await page.keyboard.type("do")
        await page.keyboard.press("Enter")
        await expect(page.locator(".me-button .avatar-dot.dnd")).to_be_visible()
        await page.locator(".list-row").first.focus()
        await page.keyboard.press("Shift+Slash")
        help_of_keys = page.get_by_role("dialog", name="Keyboard shortcuts")
        await expect(help_of_keys).to_contain_text("Ctrl+K")
        await page.keyboard.press("Escape")
        await expect(page.locator(".list-row:focus")).to_have_count(1)
        await page.get_by_role("button", name="Profile, status, settings").click()
        await page.get_by_role("menuitem", name="Settings").click()
        await page.get_by_role("tab", name="General").click()
        await page.get_by_role("radio", name="Dark").check()
        await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        assert await grave_violations(page) == []
        await page.get_by_role("radio", name="Русский").click()
        await expect(page.get_by_role("navigation", name="Чаты")).to_be_attached()
        await expect(page.get_by_role("dialog", name="Настройки").get_by_text("Оформление")).to_be_visible()
        await page.reload()
        await expect(page.get_by_role("button", name="Люди")).to_be_visible()
        await expect(page.locator("html")).to_have_attribute("data-theme", "dark")


async def test_a_lost_connection_is_told_with_what_waits(world: World, chromium_browser: Browser) -> None:
    chat = await _chat(world, "One")
    async with page_for(chromium_browser, world, world.alice, f"/im/chat{chat}") as page:
        field = page.get_by_role("main").get_by_role("textbox").first
        await expect(field).to_be_visible()
        await page.context.set_offline(True)
        await expect(page.get_by_text("No connection. Connecting…")).to_be_visible()
        await field.fill("written in a tunnel")
        await field.press("Enter")
        await expect(page.get_by_text("1 message will be sent when it is back")).to_be_visible()
        await expect(_row(page, chat).get_by_text("being sent")).to_be_attached()
        await page.context.set_offline(False)
        await expect(page.locator(".banner")).to_have_count(0)
        await expect(_row(page, chat).get_by_text("sent", exact=True)).to_be_attached()


async def test_a_phone_shows_the_list_or_the_chat(world: World, chromium_browser: Browser) -> None:
    chat = await _chat(world, HOSTILE)
    await _say(world.bob, chat, HOSTILE)
    sizes = {"width": 320, "height": 640, "has_touch": True, "is_mobile": True}
    async with page_for(chromium_browser, world, world.alice, "/", **sizes) as page:
        await expect(_row(page, chat)).to_contain_text("<img src=x onerror=alert(1)>")
        await expect(page.get_by_role("main")).to_be_hidden()
        assert await page.evaluate("document.documentElement.scrollWidth") <= 320
        for button in await page.locator(".sidebar-head button").all():
            box = await button.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 44
        assert await grave_violations(page) == []
        touch = await page.context.new_cdp_session(page)
        at = [{"x": 100, "y": 150}]
        await touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": at})
        await expect(page.get_by_role("menuitem", name="Pin")).to_be_visible()
        await touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("menuitem")).to_have_count(0)
        await expect(page.get_by_role("main")).to_be_hidden()
        for kind, x in (("touchStart", 250), ("touchMove", 220), ("touchMove", 120), ("touchEnd", 0)):
            points = [] if kind == "touchEnd" else [{"x": x, "y": 150}]
            await touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        await expect(_row(page, chat).get_by_text("pinned")).to_be_attached()
        await _row(page, chat).tap()
        await expect(page.get_by_role("main")).to_be_visible()
        await expect(_row(page, chat)).to_be_hidden()
        await page.go_back()
        await expect(_row(page, chat)).to_be_visible()
