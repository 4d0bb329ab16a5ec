"""The open chat in a real browser: what one sees first, scrolling, reading, keys on messages, their menu."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from support.pages import grave_violations, page_for
from support.world import Actor, World

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.fixture
def database() -> str:
    """SQLite only: what a browser shows does not depend on the engine, and the resources' own tests run on both."""
    return ""


async def _say(actor: Actor, chat: int, text: str, **more: Any) -> int:
    said: int = await actor.call("im.message.add", DIALOG_ID=f"chat{chat}", MESSAGE=text, **more)
    return said


async def _long_chat(world: World, count: int) -> tuple[int, list[int]]:
    """A chat in which Bob has written, and Alice has read, many messages of different heights."""
    chat = await world.chat(world.alice, world.bob)
    texts = (f"Message {at} " + "word " * (at % 7 * 12) for at in range(count))
    ids = [await _say(world.bob, chat, text) for text in texts]
    await world.alice.call("im.dialog.read", DIALOG_ID=f"chat{chat}", MESSAGE_ID=ids[-1])
    return chat, ids


def _row(page: Page, message: int) -> Locator:
    return page.locator(f'.row[data-id="{message}"]')


async def _unread(actor: Actor, chat: int, *, below: int) -> int:
    """Wait until the server knows of fewer unread messages; how many there are."""
    count = -1
    for _ in range(100):
        count = (await actor.call("im.dialog.get", DIALOG_ID=f"chat{chat}"))["counter"]
        if count < below:
            break
        await asyncio.sleep(0.05)
    assert count < below
    return count


async def _distance_from_end(page: Page) -> float:
    found: float = await page.locator(".timeline-box").evaluate(
        "it => it.scrollHeight - it.scrollTop - it.clientHeight"
    )
    return found


async def test_a_long_chat_opens_at_its_end_and_scrolls_back_without_jumps(
    world: World, chromium_browser: Browser
) -> None:
    chat, ids = await _long_chat(world, 160)
    async with page_for(chromium_browser, world, world.alice, f"/im/chat{chat}") as page:
        await expect(_row(page, ids[-1])).to_be_in_viewport()
        assert await _distance_from_end(page) < 1
        assert await page.locator(".row").count() < 60  # of 160 messages only those near the window are drawn
        box = page.locator(".timeline-box")
        held = _row(page, ids[-8])
        await box.hover()
        for _ in range(40):
            await page.mouse.wheel(0, -600)
            await page.wait_for_timeout(30)
        await expect(_row(page, ids[0])).to_be_in_viewport()
        await expect(held).to_have_count(0)
        # While older ones come, what one looks at stays: a row moves exactly as far as the wheel turned.
        await page.get_by_role("button", name="To the newest message").click()
        await expect(_row(page, ids[-1])).to_be_in_viewport()
        assert await _distance_from_end(page) < 1
        await page.mouse.wheel(0, -300)
        await expect(page.locator(".to-end")).to_be_visible()
        before = await held.bounding_box()
        assert before is not None
        await _say(world.bob, chat, "Something new " * 40)
        await expect(page.get_by_role("button", name="1 new message below")).to_be_visible()
        after = await held.bounding_box()
        assert after is not None
        assert abs(after["y"] - before["y"]) < 1


async def test_it_opens_at_the_first_unread_message_and_reads_what_is_seen(
    world: World, chromium_browser: Browser
) -> None:
    chat, _ids = await _long_chat(world, 60)
    unread = [await _say(world.bob, chat, f"Unread {at} " + "word " * 40) for at in range(30)]
    async with page_for(chromium_browser, world, world.alice, f"/im/chat{chat}") as page:
        line = page.locator(".row-divider")
        await expect(line).to_be_in_viewport()
        await expect(_row(page, unread[0])).to_be_in_viewport()
        await expect(_row(page, unread[-1])).not_to_be_in_viewport()
        pill = page.locator(".to-end.with-count")
        await expect(pill).to_contain_text(re.compile(r"\d+ new"))
        left = await _unread(world.alice, chat, below=30)
        assert left > 0
        await page.keyboard.press("Escape")
        await expect(_row(page, unread[-1])).to_be_in_viewport()
        await expect(pill).to_have_count(0)
        await expect(line).to_have_count(0)
        assert await _unread(world.alice, chat, below=1) == 0
        # From here on it is unread again, in all browsers.
        await _row(page, unread[-3]).focus()
        await page.keyboard.press("Shift+U")
        await expect(page.get_by_text("Marked as unread")).to_be_visible()
        assert (await world.alice.call("im.dialog.get", DIALOG_ID=f"chat{chat}"))["counter"] == 3


async def test_a_quoted_message_far_away_is_jumped_to_and_marked(world: World, chromium_browser: Browser) -> None:
    chat, ids = await _long_chat(world, 220)
    answer = await _say(world.bob, chat, "Look at that", REPLY_ID=ids[3])
    async with page_for(chromium_browser, world, world.alice, f"/im/chat{chat}") as page:
        await _row(page, answer).locator(".content-reply").click()
        await expect(_row(page, ids[3])).to_be_in_viewport()
        await expect(_row(page, ids[3])).to_have_class(re.compile("is-flashed"))
        await page.get_by_role("button", name="To the newest message").click()
        await expect(_row(page, answer)).to_be_in_viewport()
        await page.goto(f"{world.url}/im/chat{chat}/{ids[100]}")
        await expect(_row(page, ids[100])).to_be_in_viewport()


async def test_messages_are_walked_and_used_by_keys(world: World, chromium_browser: Browser) -> None:
    chat = await world.chat(world.alice, world.bob, world.carol)
    first = await _say(world.bob, chat, "One")
    second = await _say(world.bob, chat, "Two [B]bold[/B]", KEYBOARD=[{"TEXT": "Press", "LINK": "https://example.com"}])
    mine = await _say(world.alice, chat, "Three")
    await world.bob.call("im.dialog.read", DIALOG_ID=f"chat{chat}", MESSAGE_ID=mine)
    async with page_for(chromium_browser, world, world.alice, f"/im/chat{chat}") as page:
        field = page.get_by_role("textbox", name="Message to")
        await expect(_row(page, mine).get_by_label("Read", exact=True)).to_be_visible()
        assert await grave_violations(page) == []
        await page.keyboard.press("Shift+Tab")  # from the field through its buttons to the newest message
        await _row(page, mine).focus()
        await page.keyboard.press("ArrowUp")
        await expect(_row(page, second)).to_be_focused()
        await expect(_row(page, second)).to_have_accessible_name(re.compile("Bob Ivanov, .*, Two bold, with buttons"))
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("link", name="Press")).to_be_focused()
        await page.keyboard.press("Escape")
        await _row(page, second).focus()
        await page.keyboard.press("Home")  # what the system said first of all
        await page.keyboard.press("ArrowDown")
        await expect(_row(page, first)).to_be_focused()
        await page.keyboard.press("Shift+Equal")
        await expect(_row(page, first).locator(".likes.is-mine")).to_be_visible()
        await page.keyboard.press("Shift+Equal")
        await expect(_row(page, first).locator(".likes")).to_have_count(0)
        await page.keyboard.press("r")
        await expect(field).to_be_focused()
        await expect(page.locator(".composer-bar")).to_contain_text("Reply to Bob Ivanov")
        await page.keyboard.type("Indeed")
        await page.keyboard.press("Enter")
        await expect(page.locator(".row.is-mine .content-reply")).to_contain_text("One")
        await expect(page.locator(".composer-bar")).to_have_count(0)
        await _row(page, mine).focus()
        await page.keyboard.press("Shift+V")
        readers = page.get_by_role("dialog", name="Who has read it")
        await expect(readers.get_by_role("button", name=re.compile("Bob Ivanov"))).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(_row(page, mine)).to_be_focused()
        await page.keyboard.press("Delete")
        await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
        await expect(_row(page, mine).locator(".content-deleted")).to_be_visible()


async def test_the_menu_of_a_message(world: World, chromium_browser: Browser) -> None:
    chat = await world.chat(world.alice, world.bob)
    theirs = await _say(world.bob, chat, "Words of [I]Bob[/I]")
    mine = await _say(world.alice, chat, "Mine")
    options: dict[str, Any] = {"permissions": ["clipboard-read", "clipboard-write"]}
    async with page_for(chromium_browser, world, world.alice, f"/im/chat{chat}", **options) as page:
        await _row(page, theirs).locator(".bubble").click(button="right")
        menu = page.get_by_role("menu")
        await expect(menu.get_by_role("menuitem", name=re.compile("^Reply"))).to_be_visible()
        await expect(menu.get_by_role("menuitem", name=re.compile("^Edit"))).to_have_count(0)
        await menu.get_by_role("menuitem", name="Copy text").click()
        assert await page.evaluate("navigator.clipboard.readText()") == "Words of Bob"
        await _row(page, mine).focus()
        await page.keyboard.press("Shift+F10")
        await page.get_by_role("menuitem", name="Copy link").click()
        link = await page.evaluate("navigator.clipboard.readText()")
        assert link == f"{world.url}/im/chat{chat}/{mine}"
        await _row(page, theirs).locator(".bubble").click(button="right")
        await page.get_by_role("menuitem", name=re.compile("^Quote")).click()
        field = page.get_by_role("textbox", name="Message to")
        await expect(field).to_have_value(re.compile(r"-{54}\nBob Ivanov \[.*\]\nWords of Bob\n-{54}\n$"))
        await page.keyboard.type("I agree")
        await page.keyboard.press("Enter")
        await expect(page.locator(".row.is-mine .rich-quote")).to_contain_text("Words of Bob")
        # The hover bar, and the row's own menu behind its dots.
        await _row(page, theirs).hover()
        await _row(page, theirs).get_by_role("button", name="Like", exact=True).click()
        await expect(_row(page, theirs).locator(".likes")).to_be_visible()
        await page.keyboard.down("Alt")
        await _row(page, theirs).locator(".content").click()
        await page.keyboard.up("Alt")
        await expect(page.get_by_text("Marked as unread")).to_be_visible()


async def test_open_chats_are_read_and_joined_and_others_say_why_one_cannot_write(
    world: World, chromium_browser: Browser
) -> None:
    chat = await world.chat(world.bob, world.carol, TYPE="OPEN")
    said = await _say(world.bob, chat, "Everybody may read this")
    async with page_for(chromium_browser, world, world.stranger, f"/im/chat{chat}") as page:
        await expect(_row(page, said)).to_be_visible()
        await page.get_by_role("button", name="Join").click()
        await expect(page.get_by_role("textbox", name="Message to")).to_be_visible()
        assert await grave_violations(page) == []


async def test_who_is_writing_is_shown_until_the_message_comes(world: World, chromium_browser: Browser) -> None:
    chat = await world.chat(world.alice, world.bob)
    await _say(world.bob, chat, "Begin")
    async with page_for(chromium_browser, world, world.alice, f"/im/chat{chat}") as page:
        status = page.locator(".chat-status")
        await expect(status).to_contain_text("2 members")
        await world.bob.call("im.dialog.writing", DIALOG_ID=f"chat{chat}")
        await expect(status).to_contain_text("Bob is writing")
        said = await _say(world.bob, chat, "Here I am")
        await expect(_row(page, said)).to_be_in_viewport()
        await expect(status).to_contain_text("2 members")
        await expect(page.get_by_role("log").filter(has_text="Bob Ivanov: Here I am")).to_have_count(1)
