"""What is beside the chat in a real browser: about chats and people, the search, notifications; by keys, on a phone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from skvorets.core import notifications
from skvorets.core.notifications import ACCEPT_COLOR, CONFIRM, DECLINE_COLOR, Button, Notification
from skvorets.storage.database import Tx
from skvorets.storage.people import Person
from support.browsers import browser_of
from support.company import company
from support.messenger import send, upload
from support.notices import told
from support.pages import grave_violations, page_for
from support.pictures import picture
from support.world import Actor, World

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

HOSTILE = "<img src=x onerror=alert(1)>\u202eevil"


@pytest.fixture
def database() -> str:
    """SQLite only: what a browser shows does not depend on the engine, and the resources' own tests run on both."""
    return ""


async def _say(actor: Actor, chat: int, text: str, **more: Any) -> int:
    said: int = await actor.call("im.message.add", DIALOG_ID=f"chat{chat}", MESSAGE=text, **more)
    return said


async def _chat(world: World, title: str = "Release", *others: Actor) -> int:
    """A chat of Alice, Bob and others."""
    users = [world.bob.id, *(one.id for one in others)]
    chat: int = await world.alice.call("im.chat.add", USERS=users, TITLE=title)
    return chat


def _panel(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Beside the chat")


async def test_a_chat_is_renamed_described_muted_pinned_and_left(world: World, chromium_browser: Browser) -> None:
    chat = await _chat(world)
    async with page_for(chromium_browser, world, world.alice, f"/im/chat{chat}") as page:
        await page.get_by_role("main").get_by_role("button", name="About the chat").click()
        panel = _panel(page)
        await expect(panel.get_by_role("heading", name="Release")).to_be_visible()
        await expect(panel).to_contain_text("Closed chat · 2 members")
        assert await grave_violations(page) == []
        await panel.get_by_role("button", name="Rename").click()
        await expect(panel.get_by_label("Name", exact=True)).to_be_focused()
        await page.keyboard.type("Release 2")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("main").get_by_role("heading", name="Release 2")).to_be_visible()
        await panel.get_by_role("button", name="Rename").click()
        await page.keyboard.type("nothing")
        await page.keyboard.press("Escape")
        await expect(panel.get_by_role("heading", name="Release 2")).to_be_visible()
        await panel.get_by_role("button", name="Add a description").click()
        dialog = page.get_by_role("dialog", name="Edit the chat")
        await dialog.get_by_label("Description").fill("All about [B]it[/B]")
        await dialog.get_by_role("radio", name="Mint").check()
        await dialog.get_by_role("button", name="Save").click()
        await expect(panel.locator(".info-words strong")).to_have_text("it")
        await panel.get_by_role("button", name="Mute").click()
        await panel.get_by_role("button", name="Pin").click()
        await expect(panel.get_by_role("button", name="Unmute")).to_be_visible()
        await expect(panel.get_by_role("button", name="Unpin")).to_be_visible()
        found = await world.alice.call("im.dialog.get", DIALOG_ID=f"chat{chat}")
        assert (found["name"], found["color"], found["mute_list"]) == ("Release 2", "#4ba984", [world.alice.id])
        await panel.get_by_role("button", name="More").click()
        await page.get_by_role("menuitem", name="Leave the chat").click()
        await expect(page.get_by_role("dialog")).to_contain_text("passes to whoever has been there longest")
        await page.get_by_role("dialog").get_by_role("button", name="Leave the chat").click()
        await expect(page).to_have_url(f"{world.url}/")
        assert await world.bob.call("im.chat.user.list", CHAT_ID=chat) == [world.bob.id]


async def test_members_are_found_added_appointed_and_removed(world: World, chromium_browser: Browser) -> None:
    many = [await world.add(f"Person{number:02}", "Many") for number in range(60)]
    chat = await _chat(world, "Crowd", *many)
    async with page_for(chromium_browser, world, world.alice, f"/im/chat{chat}?panel=info") as page:
        panel = _panel(page)
        await expect(panel.get_by_role("tab", name="Members")).to_contain_text("62")
        await panel.locator(".panel-body").evaluate("it => it.scrollTo(0, it.scrollHeight)")
        await expect(panel.locator(".member")).to_have_count(62)
        await panel.get_by_role("searchbox", name="Find a member").fill("bob")
        await expect(panel.locator(".member")).to_have_count(1)

        async def choose(name: str) -> None:
            await panel.get_by_role("button", name=re.compile("^Actions: Bob")).click()
            await page.get_by_role("menuitem", name=name, exact=True).click()

        await choose("Make a manager")
        await expect(panel.locator(".member-role")).to_have_text("manager")
        await choose("Remove from the chat")
        await page.get_by_role("dialog").get_by_role("button", name="Remove from the chat").click()
        await expect(panel.get_by_text("Nobody was found")).to_be_visible()
        await panel.get_by_role("button", name="Add people").click()
        dialog = page.get_by_role("dialog", name="Add people")
        await dialog.get_by_role("combobox").fill("carol")
        await expect(dialog.get_by_role("option")).to_have_count(1)
        await page.keyboard.press("Enter")
        await dialog.get_by_role("checkbox").uncheck()
        assert await grave_violations(page) == []
        await dialog.get_by_role("button", name="Add", exact=True).click()
        await expect(page.get_by_text("1 person was added")).to_be_visible()
        await panel.get_by_role("searchbox", name="Find a member").fill("carol")
        await panel.get_by_role("button", name=re.compile("^Actions: Carol")).click()
        await page.get_by_role("menuitem", name="Give the chat away").click()
        await page.get_by_role("dialog").get_by_role("button", name="Give the chat away").click()
        await expect(panel.locator(".member-role")).to_have_text("owner")
        assert await world.carol.call("im.chat.user.list", CHAT_ID=chat)
        assert int((await world.carol.call("im.dialog.get", DIALOG_ID=f"chat{chat}"))["owner"]) == world.carol.id


async def test_files_and_links_of_a_chat(world: World, chromium_browser: Browser) -> None:
    chat = await _chat(world)
    async with browser_of(world, world.bob) as bob:
        for name, data in (
            ("one.png", picture(size=(40, 30))),
            ("two.png", picture(size=(30, 40))),
            ("notes.txt", b"hello"),
        ):
            await send(bob, chat, "", fileIds=[(await upload(bob, chat, name, data))["id"]])
    linked = await _say(world.bob, chat, "see [URL=https://example.com/plan]the plan[/URL]")
    for number in range(40):
        await _say(world.bob, chat, f"later {number}")
    async with page_for(chromium_browser, world, world.alice, f"/im/chat{chat}?panel=info") as page:
        panel = _panel(page)
        await panel.get_by_role("tab", name="Members").focus()
        await page.keyboard.press("ArrowRight")
        await expect(panel.get_by_role("tab", name="Files")).to_be_focused()
        await expect(panel.locator(".info-picture")).to_have_count(2)
        await panel.locator(".info-picture").first.click()
        viewer = page.get_by_role("dialog")
        await expect(viewer).to_contain_text("two.png")
        await page.keyboard.press("ArrowRight")
        await expect(viewer).to_contain_text("one.png")
        await page.keyboard.press("Escape")
        await panel.get_by_role("button", name="Documents").click()
        await expect(panel.locator(".record")).to_have_count(1)
        await expect(panel.locator(".record")).to_contain_text("notes.txt")
        await panel.get_by_role("button", name="Video").click()
        await expect(panel.get_by_text("No video yet")).to_be_visible()
        await panel.get_by_role("tab", name="Links").click()
        link = panel.get_by_role("link", name=re.compile("the plan"))
        assert await link.get_attribute("href") == "https://example.com/plan"
        assert await grave_violations(page) == []
        await panel.get_by_role("button", name="Go to the message").click()
        await expect(page.locator(f'.row[data-id="{linked}"]')).to_be_in_viewport()
        await expect(panel).to_be_visible()


async def test_a_persons_card(world: World, chromium_browser: Browser) -> None:
    given = {"work_position": HOSTILE, "personal_mobile": "+7 (999) 111-22-33", "birthday": "1990-05-17"}
    dora = await world.add("Dora", "Abel", **given)
    chat = await _chat(world, "Release", dora)
    async with page_for(chromium_browser, world, world.alice, f"/im/chat{chat}?panel=info") as page:
        panel = _panel(page)
        await panel.get_by_role("button", name=re.compile("^Dora")).click()
        await expect(panel.get_by_role("heading", name="Person")).to_be_visible()
        await expect(panel.get_by_text("<img src=x onerror=alert(1)>")).to_be_visible()
        phone = panel.get_by_role("link", name="+7 (999) 111-22-33")
        assert await phone.get_attribute("href") == "tel:+79991112233"
        await expect(panel).to_contain_text("May 17")
        await expect(panel.get_by_role("button", name=re.compile("Release"))).to_be_visible()
        assert await grave_violations(page) == []
        await panel.get_by_role("button", name="Write").click()
        await expect(page).to_have_url(re.compile(f"/im/{dora.id}$"))
        await page.keyboard.press("Control+Shift+KeyI")
        await expect(panel.get_by_role("heading", name="About the person")).to_be_visible()
        await expect(page.locator(".side-panel:focus-within")).to_have_count(1)
        await page.keyboard.press("Escape")
        await expect(panel).to_have_count(0)


async def test_messages_are_searched_here_and_everywhere(world: World, chromium_browser: Browser) -> None:
    one, two = await _chat(world, "One"), await _chat(world, "Two")
    first = await _say(world.bob, one, "Обсудим договоры завтра [B]утром[/B]")
    await _say(world.alice, two, f"договор подписан {HOSTILE}")
    for number in range(60):
        await _say(world.bob, one, f"later {number} " + "word " * 20)
    async with page_for(chromium_browser, world, world.alice, f"/im/chat{one}") as page:
        await expect(page.locator(".row-message").first).to_be_visible()
        await page.keyboard.press("Control+KeyF")
        field = page.get_by_role("searchbox", name="Words or conditions")
        await expect(field).to_be_focused()
        assert await grave_violations(page) == []
        await page.keyboard.type("договор")
        found = _panel(page).locator(".found")
        await expect(found).to_have_count(1)
        await expect(found.locator("mark")).to_have_text("договоры")
        await page.keyboard.press("ArrowDown")
        await expect(found).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.locator(f'.row[data-id="{first}"]')).to_be_in_viewport()
        await expect(field).to_have_value("договор")
        # Gone elsewhere, the same result is shown again.
        await page.locator(".timeline-box").evaluate("it => it.scrollTo(0, it.scrollHeight)")
        await expect(page.locator(f'.row[data-id="{first}"]')).not_to_be_in_viewport()
        await found.click()
        await expect(page.locator(f'.row[data-id="{first}"]')).to_be_in_viewport()
        await page.keyboard.press("Control+Shift+KeyF")
        await expect(field).to_be_focused()
        await expect(found).to_have_count(2)
        await expect(found.first).to_contain_text("<img src=x onerror=alert(1)>")
        assert await grave_violations(page) == []
        await field.fill("договор from:me")
        await expect(found).to_have_count(1)
        await found.click()
        await expect(page).to_have_url(re.compile(f"/im/chat{two}/"))
        await field.fill("nothingofthekind")
        await expect(_panel(page)).to_contain_text("Nothing was found")
        await field.fill("")
        await page.get_by_role("button", name="has:file").click()
        await expect(field).to_have_value("has:file ")


async def _take(tx: Tx, person: Person, notification: Notification, value: str) -> str | None:
    del tx, notification
    return f"{person.first_name} said {value}"


async def test_notifications_ask_are_answered_read_and_removed(
    world: World, chromium_browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(notifications.CONFIRM_HANDLERS, "test|ask", _take)
    buttons = (Button("Yes", "Y", ACCEPT_COLOR), Button("No", "N", DECLINE_COLOR))
    chat = await _chat(world)
    asking = await world.alice.through(await world.install(name="Asking"))
    await asking.call("im.notify.system.add", USER_ID=world.bob.id, MESSAGE=f"[B]Built[/B] {HOSTILE}")
    said = await _say(world.bob, chat, "done")
    await world.alice.call("im.message.like", MESSAGE_ID=said)
    await told(world, world.bob, "Shall we?", kind=CONFIRM, module="test", event="ask", buttons=buttons)
    async with page_for(chromium_browser, world, world.bob, f"/im/chat{chat}") as page:
        await expect(page.get_by_role("button", name=re.compile(r"Notifications: \d+ new"))).to_be_visible()
        await page.keyboard.press("Control+Shift+KeyM")
        panel = _panel(page)
        notice = panel.locator(".notice")
        asked = notice.filter(has_text="Shall we?")
        await expect(asked).to_be_visible()
        assert await grave_violations(page) == []
        await expect(notice.filter(has_text="Built")).to_contain_text("<img src=x onerror=alert(1)>")
        liked = notice.filter(has_text="done")
        await liked.get_by_role("button", name="Mark as read").click()
        await expect(liked).not_to_have_class(re.compile("is-unread"))
        await panel.get_by_role("button", name="Unread").click()
        await expect(liked).to_have_count(0)
        await asked.get_by_role("button", name="Yes").click()
        await expect(page.get_by_text("Bob said Y")).to_be_visible()
        await expect(asked).to_have_count(0)
        await panel.get_by_role("button", name="All", exact=True).click()
        await liked.get_by_role("button", name="Answer").click()
        await page.keyboard.type("You are welcome")
        await page.keyboard.press("Enter")
        await expect(liked.get_by_role("textbox")).to_have_count(0)
        newest = await world.alice.call("im.dialog.messages.get", DIALOG_ID=f"chat{chat}", LIMIT=1)
        assert "You are welcome" in newest["messages"][0]["text"]
        await liked.get_by_role("button", name="To the message").click()
        await expect(page).to_have_url(re.compile(f"/im/chat{chat}/{said}"))
        # One that comes while the panel is open is shown at once.
        await asking.call("im.notify.system.add", USER_ID=world.bob.id, MESSAGE="Another build")
        await expect(notice.first).to_contain_text("Another build")
        await panel.get_by_role("button", name="Mark all as read").click()
        await expect(page.locator(".bell .badge-count")).to_have_count(0)
        await notice.first.hover()
        await notice.first.get_by_role("button", name="Delete the notification").click()
        await expect(notice.filter(has_text="Another build")).to_have_count(0)


async def test_the_company_by_departments_and_names(world: World, chromium_browser: Browser) -> None:
    await company(world)
    async with page_for(chromium_browser, world, world.alice, "/") as page:
        await page.get_by_role("button", name="Profile, status, settings").click()
        await page.get_by_role("menuitem", name="People").click()
        dialog = page.get_by_role("dialog", name="People")
        await expect(dialog.get_by_role("treeitem")).to_have_text(["Company3", "Sales2", "North1"])
        await expect(dialog.locator(".member")).to_have_text(
            [re.compile("Alice.*head"), re.compile("Bob.*head"), re.compile("Carol"), re.compile("Carol")]
        )
        await dialog.get_by_role("treeitem", selected=True).focus()
        await page.keyboard.press("End")
        await expect(dialog.get_by_role("treeitem", name="North")).to_be_focused()
        await expect(dialog.locator(".member")).to_have_count(1)
        assert await grave_violations(page) == []
        await dialog.get_by_role("searchbox").fill("carol")
        await expect(dialog.locator(".member")).to_have_count(1)
        await dialog.get_by_role("button", name=re.compile("^Write to Carol")).click()
        await expect(page).to_have_url(re.compile(f"/im/{world.carol.id}$"))
    async with page_for(chromium_browser, world, world.outsider, "/") as page:
        await page.get_by_role("button", name="Profile, status, settings").click()
        await page.get_by_role("menuitem", name="People").click()
        dialog = page.get_by_role("dialog", name="People")
        await dialog.get_by_role("searchbox").fill("carol")
        await expect(dialog.get_by_text("Nobody was found")).to_be_visible()
        await expect(dialog.get_by_role("treeitem")).to_have_count(0)


async def test_a_message_is_forwarded(world: World, chromium_browser: Browser) -> None:
    chat, other = await _chat(world, "From"), await _chat(world, "To")
    said = await _say(world.bob, chat, "the plan")
    async with page_for(chromium_browser, world, world.alice, f"/im/chat{chat}") as page:
        await page.locator(f'.row[data-id="{said}"]').focus()
        await page.keyboard.press("KeyF")
        dialog = page.get_by_role("dialog", name="Forward")
        await expect(dialog.get_by_role("combobox")).to_be_focused()
        await expect(dialog).to_contain_text("the plan")
        await page.keyboard.type("To")
        await expect(dialog.get_by_role("option", name="To", exact=True)).to_be_visible()
        await page.keyboard.press("Enter")
        await page.keyboard.type("stran")
        await expect(dialog.get_by_role("option", name=re.compile("Stranger"))).to_be_visible()
        await page.keyboard.press("Enter")
        await expect(dialog.get_by_role("button", name=re.compile("^Remove "))).to_have_count(2)
        assert await grave_violations(page) == []
        await dialog.get_by_role("textbox", name="Add words of your own").fill("look")
        await dialog.get_by_role("button", name="Forward").click()
        await expect(page.get_by_text("Forwarded to 2 chats")).to_be_visible()
        for dialog_id in (f"chat{other}", str(world.stranger.id)):
            newest = await world.alice.call("im.dialog.messages.get", DIALOG_ID=dialog_id, LIMIT=2)
            texts = [one["text"] for one in newest["messages"]]
            assert "look" in texts, dialog_id
            assert len(texts) == 2


async def test_a_phone_shows_a_panel_alone(world: World, chromium_browser: Browser) -> None:
    chat = await _chat(world, "x" * 255)
    said = await _say(world.bob, chat, "word " + "y" * 2_000)
    sizes = {"width": 320, "height": 640, "has_touch": True, "is_mobile": True}
    async with page_for(chromium_browser, world, world.alice, f"/im/chat{chat}", **sizes) as page:
        await page.get_by_role("button", name="About the chat").last.tap()
        panel = _panel(page)
        await expect(panel).to_be_visible()
        await expect(page.get_by_role("main")).to_be_hidden()
        assert await page.evaluate("document.documentElement.scrollWidth") <= 320
        assert await grave_violations(page) == []
        for button in await panel.get_by_role("button").all():
            box = await button.bounding_box()
            if box is not None:
                assert box["height"] >= 40, await button.inner_text()
        await panel.get_by_role("button", name="Back").tap()
        await expect(page.get_by_role("main")).to_be_visible()
        await page.get_by_role("button", name="Search in this chat").tap()
        await page.get_by_role("searchbox", name="Words or conditions").fill("word")
        await panel.locator(".found").tap()
        await expect(panel).to_have_count(0)
        await expect(page.locator(f'.row[data-id="{said}"]')).to_be_in_viewport()
