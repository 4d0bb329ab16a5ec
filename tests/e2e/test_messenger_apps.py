"""Applications inside the messenger in a real browser: icons of bots, frames, windows, buttons, the five placements."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Frame, Page, expect

from support.bots import Robot, robot
from support.chat_apps import chat_app
from support.frame_apps import PATIENCE_S, FrameApp, frame_of, holds, portal, with_pages
from support.pages import grave_violations, page_for
from support.pictures import base64_of, picture
from support.placements import binding
from support.world import Actor, World

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

# Says everything by the frame protocol of chat applications as soon as it is asked: window.say({action: …}).
CHAT_APP = """<!doctype html><html lang="en"><meta charset="utf-8"><title>App</title><script>
addEventListener("message", (event) => {
  const data = JSON.parse(event.data);
  if (data.action !== "init") return;
  const { uniqueLoadId } = data;
  window.say = (more) => event.source.postMessage(JSON.stringify({...more, uniqueLoadId}), event.origin);
});
</script><p>Chat application</p>
"""


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """SQLite only: what a browser shows does not depend on the engine."""
    async with portal(tmp_path) as running:
        yield running


async def _chat(world: World, title: str, *ids: int) -> int:
    """A chat of Alice, Bob and others."""
    chat: int = await world.alice.call("im.chat.add", USERS=[world.bob.id, *ids], TITLE=title)
    return chat


async def _chat_frame(page: Page, app: FrameApp) -> Frame:
    """The frame of a chat application, once it knows its id."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            found = [one for one in page.frames if one.url.startswith(app.url)]
            if found and await found[-1].evaluate("typeof window.say") == "function":
                return found[-1]
            await asyncio.sleep(0.02)


async def _newest(actor: Actor, chat: int) -> str:
    found = await actor.call("im.dialog.messages.get", DIALOG_ID=f"chat{chat}", LIMIT=1)
    text: str = found["messages"][0]["text"]
    return text


async def _comes(actor: Actor, chat: int, text: str) -> None:
    """Wait until a text is a chat's newest message: a page shows what it sends before the server has it."""
    async with asyncio.timeout(PATIENCE_S):
        while await _newest(actor, chat) != text:  # noqa: ASYNC110 — the server has no word for it
            await asyncio.sleep(0.02)


async def _commands(bot: Robot) -> None:
    """Two commands: one with an icon that sends, one without that puts."""
    icon = base64_of(picture(size=(108, 66), mode="RGBA"))
    await chat_app(bot, "send", IFRAME="", JS_METHOD="SEND", JS_PARAM="/help", ICON_FILE=icon)
    titles = [{"LANGUAGE_ID": "ru", "TITLE": "Ключ"}, {"LANGUAGE_ID": "en", "TITLE": "Put a word"}]
    await chat_app(bot, "put", IFRAME="", JS_METHOD="PUT", JS_PARAM="/echo word", LANG=titles)


async def test_icons_above_the_field_send_and_put(world: World, chromium_browser: Browser) -> None:
    bot = await robot(world)
    await _commands(bot)
    chat = await _chat(world, "Work", bot.id)
    async with page_for(chromium_browser, world, world.bob, f"/im/chat{chat}") as page:
        bar = page.get_by_role("region", name=re.compile("Applications of the chat|Приложения чата"))
        await expect(bar.locator(".app-picture")).to_be_visible()
        assert await grave_violations(page) == []
        await bar.locator(".app-button").click()
        await expect(page.locator(".row-message").last).to_contain_text("/help")
        await bar.locator(".app-others").click()
        await page.get_by_role("menuitem").click()
        await expect(page.locator(".composer-field")).to_have_value(re.compile("^/echo word"))
        await expect(page.locator(".composer-field")).to_be_focused()


async def test_a_frame_in_place_and_a_window_that_stays(world: World, chromium_browser: Browser) -> None:
    bot = await robot(world)
    async with FrameApp(world, CHAT_APP) as app:
        icon = base64_of(picture(size=(108, 66), mode="RGBA"))
        await chat_app(bot, "place", IFRAME=f"{app.url}/place", IFRAME_WIDTH="300", IFRAME_HEIGHT="120", ICON_FILE=icon)
        chat, other = await _chat(world, "Work"), await _chat(world, "Other")
        async with page_for(chromium_browser, world, world.bob, f"/im/chat{chat}") as page:
            await page.locator(".app-button").click()
            frame = await _chat_frame(page, app)
            query = app.opened[0]
            assert (query["DIALOG_ID"], query["CONTEXT"], query["USER_ID"]) == (
                f"chat{chat}",
                "textarea",
                str(world.bob.id),
            )
            assert await grave_violations(page) == []
            await frame.evaluate("say({action: 'send', message: 'from the frame'})")
            await expect(page.locator(".row-message").last).to_contain_text("from the frame")
            await frame.evaluate("say({action: 'put', message: 'a word'})")
            await expect(page.locator(".composer-field")).to_have_value("a word")
            await page.locator(".composer-field").fill("")
            await frame.evaluate("say({action: 'close'})")
            await expect(page.locator("iframe")).to_have_count(0)
        await chat_app(bot, "window", IFRAME=f"{app.url}/window", IFRAME_POPUP="Y")
        async with page_for(chromium_browser, world, world.bob, f"/im/chat{chat}") as page:
            await page.locator(".app-others").click()
            await page.get_by_role("menuitem").click()
            window = page.locator(".app-window")
            await expect(window).to_be_visible()
            frame = await _chat_frame(page, app)
            before = await window.bounding_box()
            await window.locator("header").focus()
            await page.keyboard.press("ArrowLeft")
            after = await window.bounding_box()
            assert before is not None
            assert after is not None
            assert after["x"] < before["x"]
            # It stays when one goes to another chat, and speaks to the one in which it was opened.
            await page.locator(f'.list-row[data-chat="{other}"]').click()
            await expect(page.get_by_role("main").get_by_role("heading", name="Other")).to_be_visible()
            await frame.evaluate("say({action: 'send', message: 'to the first'})")
            await expect(page.locator(f'.list-row[data-chat="{chat}"]')).to_contain_text("to the first")
            await _comes(world.alice, chat, "to the first")
            await frame.evaluate("say({action: 'put', message: 'back'})")
            await expect(page).to_have_url(re.compile(f"/im/chat{chat}$"))
            await expect(page.locator(".composer-field")).to_have_value("back")
            await window.locator("header").focus()
            await page.keyboard.press("Escape")
            await expect(window).to_have_count(0)


async def test_a_button_of_a_message_opens_an_application(world: World, chromium_browser: Browser) -> None:
    bot = await robot(world)
    async with FrameApp(world, CHAT_APP) as app:
        app_id = await chat_app(bot, "hidden", IFRAME=f"{app.url}/hidden", HIDDEN="Y", IFRAME_POPUP="Y")
        chat = await _chat(world, "Work", bot.id)
        button = {"TEXT": "Open it", "APP_ID": app_id, "APP_PARAMS": "order=5"}
        said = await bot.call("imbot.message.add", DIALOG_ID=f"chat{chat}", MESSAGE="Press", KEYBOARD=[button])
        async with page_for(chromium_browser, world, world.bob, f"/im/chat{chat}") as page:
            await page.get_by_role("button", name="Open it").click()
            await _chat_frame(page, app)
            query = app.opened[0]
            assert (query["CONTEXT"], query["MESSAGE_ID"], query["BUTTON_PARAMS"]) == ("button", str(said), "order=5")
            # Of a message it is never a window.
            await expect(page.locator(".app-above iframe")).to_be_visible()
            await page.locator(".app-above").get_by_role("button").click()
            await expect(page.locator(".app-above")).to_have_count(0)


async def _bound(world: World, app: FrameApp, *bindings: dict[str, Any]) -> None:
    owner = await world.alice.through(await with_pages(world, app))
    for one in bindings:
        await owner.call("placement.bind", **one)


async def test_an_entry_above_the_field_writes_into_it(world: World, chromium_browser: Browser) -> None:
    async with FrameApp(world) as app:
        entry = binding(
            "IM_TEXTAREA", f"{app.url}/textarea", iconName="fa-cloud", color="GREEN", width="320", height="140"
        )
        await _bound(world, app, entry)
        chat = await _chat(world, "Work")
        async with page_for(chromium_browser, world, world.bob, f"/im/chat{chat}") as page:
            await page.locator(".app-button").click()
            frame = await frame_of(page)
            assert app.opened[0]["PLACEMENT"] == "IM_TEXTAREA"
            info = await frame.evaluate("BX24.placement.info()")
            assert (info["placement"], info["options"]["dialogId"]) == ("IM_TEXTAREA", f"chat{chat}")
            box = await page.locator("iframe").bounding_box()
            assert box is not None
            assert box["width"] >= 318
            assert await grave_violations(page) == []
            call = "([name, given]) => new Promise((done) => BX24.placement.call(name, given, done))"
            await frame.evaluate("() => void BX24.placement.call('im:setImTextareaContent', {text: 'written'})")
            await expect(page.locator(".composer-field")).to_have_value("written")
            assert await frame.evaluate(call, ["im:getImTextareaContent", {}]) == {"text": "written"}
            await page.locator(".app-button").click()
            await expect(page.locator("iframe")).to_have_count(0)


async def test_an_entry_beside_the_chat_and_one_for_messages(world: World, chromium_browser: Browser) -> None:
    async with FrameApp(world) as app:
        sidebar = binding("IM_SIDEBAR", f"{app.url}/sidebar", iconName="fa-nothing", context="CHAT")
        menu = {**binding("IM_CONTEXT_MENU", f"{app.url}/menu"), "TITLE": "Make an order"}
        await _bound(world, app, sidebar, menu)
        chat = await _chat(world, "Work")
        said = await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat}", MESSAGE="the order")
        async with page_for(chromium_browser, world, world.bob, f"/im/chat{chat}?panel=info", locale="en") as page:
            panel = page.get_by_role("complementary")
            await panel.get_by_role("tab", name=re.compile("Apps|Приложения")).click()
            await panel.get_by_role("button", name="Place").click()
            frame = await frame_of(page)
            assert (await frame.evaluate("BX24.placement.info()"))["options"]["dialogId"] == f"chat{chat}"
            await frame.evaluate("BX24.setTitle('Order 5')")
            await expect(panel.get_by_role("heading", name="Order 5")).to_be_visible()
            assert await grave_violations(page) == []
            await frame.evaluate("() => void BX24.im.openMessenger('1')")
            await expect(page).to_have_url(re.compile(r"/im/1\b"))
            await page.goto(f"{world.url}/im/chat{chat}")
            await page.locator(f'.row[data-id="{said}"]').click(button="right")
            await page.get_by_role("menuitem", name="Make an order").click()
            frame = await frame_of(page)
            info = await frame.evaluate("BX24.placement.info()")
            assert (info["options"]["dialogId"], info["options"]["messageId"]) == (f"chat{chat}", str(said))
            chosen = frame.evaluate("new Promise((done) => BX24.selectUser(done))")
            asked = asyncio.ensure_future(chosen)
            await page.locator(".chooser").get_by_role("searchbox").fill("carol")
            await page.locator(".chooser-person").filter(has_text="Carol").click()
            assert (await asyncio.wait_for(asked, PATIENCE_S))["id"] in {world.carol.id, str(world.carol.id)}
            await frame.evaluate("BX24.closeApplication()")
            await expect(page.locator(".slider")).to_have_count(0)


async def test_an_entry_in_the_place_of_the_chat(world: World, chromium_browser: Browser) -> None:
    async with FrameApp(world) as app:
        everybody = {**binding("IM_NAVIGATION", f"{app.url}/all", iconName="fa-home"), "TITLE": "Home"}
        bosses = {**binding("IM_NAVIGATION", f"{app.url}/bosses", iconName="fa-key", role="ADMIN"), "TITLE": "Keys"}
        await _bound(world, app, everybody, bosses)
        chat = await _chat(world, "Work")
        async with page_for(chromium_browser, world, world.bob, "/") as page:
            await expect(page.locator(".navigation-apps button")).to_have_count(1)
            await page.get_by_role("button", name="Home").click()
            await expect(page).to_have_url(re.compile(r"/im/app\d+$"))
            frame = await frame_of(page)
            assert app.opened[-1]["PLACEMENT"] == "IM_NAVIGATION"
            assert await grave_violations(page) == []
            await frame.evaluate("BX24.reloadWindow()")
            await holds(page, "document.querySelectorAll('iframe').length === 1")
            await page.reload()
            frame = await frame_of(page)
            await frame.evaluate(f"() => void BX24.openPath('/online/?IM_DIALOG=chat{chat}')")
            await expect(page).to_have_url(re.compile(f"/im/chat{chat}$"))
            await page.go_back()
            await expect(page.locator("iframe")).to_be_visible()
            await page.get_by_role("main").get_by_role("button", name=re.compile("Close|Закрыть")).click()
            await expect(page).to_have_url(f"{world.url}/")


async def test_an_entry_among_the_emoji(world: World, chromium_browser: Browser) -> None:
    async with FrameApp(world) as app:
        await _bound(world, app, {**binding("IM_SMILES_SELECTOR", f"{app.url}/smiles"), "TITLE": "Stickers"})
        chat = await _chat(world, "Work")
        async with page_for(chromium_browser, world, world.bob, f"/im/chat{chat}") as page:
            await (
                page.locator(".composer")
                .get_by_role("button", name=re.compile("Emoji|Эмодзи|Смайл", re.IGNORECASE))
                .click()
            )
            await page.get_by_role("tab", name="Stickers").click()
            frame = await frame_of(page)
            assert app.opened[0]["PLACEMENT"] == "IM_SMILES_SELECTOR"
            await frame.evaluate("() => void BX24.placement.call('im:setImTextareaContent', {text: ':)'})")
            await expect(page.locator(".composer-field")).to_have_value(":)")
            await frame.evaluate("BX24.closeApplication()")
            await expect(page.locator("iframe")).to_have_count(0)


async def test_an_application_that_is_gone_says_so(world: World, chromium_browser: Browser) -> None:
    async with page_for(chromium_browser, world, world.bob, "/im/app999") as page:
        await expect(page.get_by_text(re.compile("did not open|не открылось"))).to_be_visible()
