"""Where one writes, in a real browser: sending, drafts, completion, formatting, files, bad networks."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
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


async def _texts(actor: Actor, chat: int) -> list[str]:
    """Texts of a chat as the server has them, newest first; without those of the system."""
    page = await actor.call("im.dialog.messages.get", DIALOG_ID=f"chat{chat}", LIMIT=20)
    return [one["text"] for one in page["messages"] if one["author_id"]]


async def _until_sent(actor: Actor, chat: int, text: str) -> None:
    for _ in range(100):
        if text in await _texts(actor, chat):
            return
        await asyncio.sleep(0.05)
    raise AssertionError((text, await _texts(actor, chat)))


def _field(page: Page) -> Locator:
    return page.locator(".composer-field")


async def test_writing_editing_and_the_keys_of_the_field(world: World, chromium_browser: Browser) -> None:
    chat = await world.chat(world.alice, world.bob)
    async with page_for(chromium_browser, world, world.alice, f"/im/chat{chat}") as page:
        await expect(_field(page)).to_be_focused()
        await page.keyboard.type("first line")
        await page.keyboard.press("Shift+Enter")
        await page.keyboard.type("second")
        await page.keyboard.press("Enter")
        await _until_sent(world.bob, chat, "first line\nsecond")
        await expect(_field(page)).to_have_value("")
        mine = page.locator(".row.is-mine")
        await expect(mine.get_by_label("Sent", exact=True)).to_be_visible()
        # ↑ in the empty field changes the last message; Esc leaves it as it was.
        await page.keyboard.press("ArrowUp")
        await expect(_field(page)).to_have_value("first line\nsecond")
        await page.keyboard.press("Escape")
        await expect(_field(page)).to_have_value("")
        await page.keyboard.press("ArrowUp")
        await page.keyboard.press("ControlOrMeta+A")
        await page.keyboard.press("ControlOrMeta+B")
        await expect(_field(page)).to_have_value("[B]first line\nsecond[/B]")
        await page.keyboard.press("Enter")
        await expect(mine.locator("strong")).to_contain_text("first line")
        await expect(mine.get_by_text("edited")).to_be_visible()
        # Shift+↑ answers the last message, Esc takes that back.
        await page.keyboard.press("Shift+ArrowUp")
        await expect(page.locator(".composer-bar")).to_contain_text("Reply to Alice Petrova")
        await page.keyboard.press("Escape")
        await expect(page.locator(".composer-bar")).to_have_count(0)
        await expect(_field(page)).to_be_focused()
        for key, code in (("I", "I"), ("Shift+U", "U"), ("Shift+S", "S")):
            await page.keyboard.type("x")
            await page.keyboard.press("ControlOrMeta+A")
            await page.keyboard.press(f"ControlOrMeta+{key}")
            await expect(_field(page)).to_have_value(f"[{code}]x[/{code}]")
            await _field(page).fill("")


async def test_drafts_go_along_and_wait(world: World, chromium_browser: Browser) -> None:
    chat, other = await world.chat(world.alice, world.bob), await world.chat(world.alice, world.carol)
    said = await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat}", MESSAGE="Well?")
    async with page_for(chromium_browser, world, world.alice, f"/im/chat{chat}") as page:
        await page.locator(f'.row[data-id="{said}"]').focus()
        await page.keyboard.press("r")
        await page.keyboard.type("half a thought")
        await page.wait_for_timeout(1800)  # the draft goes to the server
        async with page_for(chromium_browser, world, world.alice, f"/im/chat{chat}") as elsewhere:
            await expect(_field(elsewhere)).to_have_value("half a thought")
            await expect(elsewhere.locator(".composer-bar")).to_contain_text("Well?")
        await page.goto(f"{world.url}/im/chat{other}")
        await expect(_field(page)).to_have_value("")
        await page.goto(f"{world.url}/im/chat{chat}")
        await expect(_field(page)).to_have_value("half a thought")
        await page.keyboard.press("Enter")
        await _until_sent(world.bob, chat, "half a thought")
        await expect(_field(page)).to_have_value("")


async def test_people_commands_and_emoji_are_completed(world: World, chromium_browser: Browser) -> None:
    app = await world.install(name="Robots")
    through = await world.alice.through(app)
    bot = await through.call(
        "imbot.register", CODE="echo", TYPE="B", EVENT_HANDLER="http://127.0.0.1:9/bot", PROPERTIES={"NAME": "Echo"}
    )
    words = {"TITLE": "Says it again", "PARAMS": "words"}
    texts = [{"LANGUAGE_ID": language, **words} for language in ("en", "ru")]
    address = {"EVENT_COMMAND_ADD": "http://127.0.0.1:9/bot"}
    await through.call(
        "imbot.command.register", BOT_ID=bot, COMMAND="echo", COMMON="Y", HIDDEN="N", LANG=texts, **address
    )
    chat = await world.chat(world.alice, world.bob, world.carol)
    async with page_for(chromium_browser, world, world.alice, f"/im/chat{chat}") as page:
        options = page.get_by_role("option")
        await expect(_field(page)).to_be_focused()
        await page.keyboard.type("@bo")
        await expect(options.first).to_contain_text("Bob Ivanov")
        assert await grave_violations(page) == []
        await page.keyboard.press("Tab")
        await expect(_field(page)).to_have_value("@Bob Ivanov ")
        await page.keyboard.type("and @")
        await expect(options.filter(has_text="Carol Sidorova")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(options).to_have_count(0)
        await page.keyboard.type("all :rocket")
        await expect(options.first).to_contain_text(":rocket:")
        await page.keyboard.press("Enter")
        await expect(_field(page)).to_have_value("@Bob Ivanov and @all 🚀 ")
        await page.keyboard.press("Enter")
        await _until_sent(world.bob, chat, f"[USER={world.bob.id}]Bob Ivanov[/USER] and @all 🚀")
        await page.keyboard.type("/ec")
        await expect(options.first).to_contain_text("/echo")
        await expect(options.first).to_contain_text("Says it again")
        await expect(options.first).to_contain_text("words")
        await page.keyboard.press("Tab")
        await expect(_field(page)).to_have_value("/echo ")
        await page.get_by_role("button", name="Emoji").click()
        picker = page.get_by_role("dialog", name="Emoji")
        await picker.get_by_role("searchbox").fill("сердце")
        await expect(picker.get_by_role("button", name="heart", exact=True)).to_be_visible()
        await picker.get_by_role("button", name="heart", exact=True).click()
        await expect(_field(page)).to_have_value(re.compile("^/echo ❤"))
        await expect(_field(page)).to_be_focused()


async def test_files_by_button_drop_and_paste(world: World, chromium_browser: Browser, tmp_path: Path) -> None:
    chat = await world.chat(world.alice, world.bob)
    note = tmp_path / "note <b>.txt"
    note.write_text("words " * 100)
    async with page_for(chromium_browser, world, world.alice, f"/im/chat{chat}") as page:
        page.on("filechooser", lambda _: None)  # otherwise the browser's own dialog may be quicker
        await expect(_field(page)).to_be_focused()
        async with page.expect_file_chooser() as chosen:
            await page.keyboard.press("ControlOrMeta+U")
        await (await chosen.value).set_files([note])
        await expect(page.locator(".chosen-file")).to_contain_text("note <b>.txt")
        await page.evaluate(_DROP, "dropped.txt")
        await expect(page.locator(".chosen-file")).to_have_count(2)
        await page.get_by_role("button", name="Remove dropped.txt").click()
        await expect(page.locator(".chosen-file")).to_have_count(1)
        await page.evaluate(_PASTE)
        await expect(page.locator(".chosen-file")).to_have_count(2)
        await page.keyboard.type("See both")
        await page.keyboard.press("Enter")
        await expect(page.locator(".chosen-file")).to_have_count(0)
        sent = page.locator(".row.is-mine:not(.is-entry)")
        await expect(sent).to_contain_text("See both")
        await expect(sent).to_contain_text("note <b>.txt")
        await expect(sent.locator(".files-picture")).to_be_visible()
        # What the server would not take is refused before it goes up.
        await page.evaluate(_DROP_LARGE, world.app.config.max_file_bytes + 1)
        await expect(page.get_by_text(re.compile("“large.bin” is larger than"))).to_be_visible()
        await expect(page.locator(".chosen-file")).to_have_count(0)


async def test_what_is_written_without_a_connection_survives_a_reload_and_goes_out_once(
    world: World, chromium_browser: Browser
) -> None:
    chat = await world.chat(world.alice, world.bob)
    async with page_for(chromium_browser, world, world.alice, f"/im/chat{chat}") as page:
        await expect(_field(page)).to_be_focused()
        await page.route(
            "**/api/chats/*/messages",
            lambda route: route.abort() if route.request.method == "POST" else route.continue_(),
        )
        for words in ("one", "two"):
            await page.keyboard.type(words)
            await page.keyboard.press("Enter")
        entries = page.locator(".row.is-entry")
        await expect(entries).to_have_count(2)
        await expect(entries.first.get_by_label("Waits to be sent")).to_be_visible()
        await page.reload()
        await expect(entries).to_have_count(2)
        await page.unroute_all()
        await _until_sent(world.bob, chat, "two")
        await expect(entries).to_have_count(0)
        await expect(page.locator(".row.is-mine")).to_have_count(2)
        assert await _texts(world.bob, chat) == ["two", "one"]
        # What is refused stays, says so, and can be tried again or given up.
        await page.route("**/api/chats/*/messages", _refuse)
        await page.keyboard.type("not now")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("alert").filter(has_text="not sent")).to_be_visible()
        assert await grave_violations(page) == []
        await page.unroute_all()
        await page.get_by_role("button", name="Try again").click()
        await _until_sent(world.bob, chat, "not now")
        await expect(entries).to_have_count(0)


async def _refuse(route: Any) -> None:
    if route.request.method == "POST":
        await route.fulfill(status=409, json={"error": {"code": "strange", "message": "Not now."}})
    else:
        await route.continue_()


_DROP = """name => {
    const data = new DataTransfer();
    data.items.add(new File(["some words"], name, {type: "text/plain"}));
    const chat = document.querySelector(".chat-frame");
    for (const kind of ["dragenter", "dragover", "drop"]) {
        chat.dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));
    }
}"""
_DROP_LARGE = """size => {
    const file = new File(["x"], "large.bin", {type: "application/octet-stream"});
    Object.defineProperty(file, "size", {value: size});
    const transfer = {types: ["Files"], files: [file]};
    const event = new Event("drop", {bubbles: true, cancelable: true});
    Object.defineProperty(event, "dataTransfer", {value: transfer});
    document.querySelector(".chat-frame").dispatchEvent(event);
}"""
_PASTE = """async () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [40, 30];
    canvas.getContext("2d").fillRect(0, 0, 40, 30);
    const blob = await new Promise(resolve => canvas.toBlob(resolve, "image/png"));
    const data = new DataTransfer();
    data.items.add(new File([blob], "image.png", {type: "image/png"}));
    const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
    document.querySelector(".composer-field").dispatchEvent(event);
}"""
