"""Chat applications in frames in a real browser: the seed's own page, the five functions, who is not listened to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Frame, Page

from support.bots import robot
from support.chat_apps import chat_app
from support.frame_apps import FrameApp, holds, portal
from support.pages import page_for
from support.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

# As the seed's chapter "Взаимодействие с родительским окном" has it.
SEEDS_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>App</title><script>
function frameCommunicationInit() {
  if (!window.frameCommunication) { window.frameCommunication = {timeout: {}}; }
  window.addEventListener('message', function(event) {
    var data = {};
    try { data = JSON.parse(event.data); } catch (err) {}
    if (data.action == 'init') {
      frameCommunication.uniqueLoadId = data.uniqueLoadId;
      frameCommunication.postMessageSource = event.source;
      frameCommunication.postMessageOrigin = event.origin;
    }
  });
}
function frameCommunicationSend(data) {
  data['uniqueLoadId'] = frameCommunication.uniqueLoadId;
  var encodedData = JSON.stringify(data);
  if (!frameCommunication.postMessageOrigin) {
    clearTimeout(frameCommunication.timeout[encodedData]);
    frameCommunication.timeout[encodedData] = setTimeout(function() { frameCommunicationSend(data); }, 10);
    return true;
  }
  frameCommunication.postMessageSource.postMessage(encodedData, frameCommunication.postMessageOrigin);
}
frameCommunicationInit();
</script><p>Chat application</p>
"""
OPEN = """async ([id, dialogId]) => {
    const [{ ChatAppFrame }, { call, loadSession }] = await Promise.all(
        [import("/client/frames/chat_app.js"), import("/client/api.js")]);
    await loadSession();
    const opened = await call("POST", `/api/chat-apps/${id}/open`, { dialogId });
    window.done = [];
    const action = (name) => (value) => window.done.push([name, value ?? ""]);
    const names = ["send", "put", "call", "support", "close"];
    window.host = new ChatAppFrame(document.querySelector("main, body"), opened,
        Object.fromEntries(names.map((name) => [name, action(name)])));
    window.host.open();
}"""


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """SQLite only: what a browser shows does not depend on the engine."""
    async with portal(tmp_path) as running:
        yield running


async def opened(page: Page, world: World, app: FrameApp) -> Frame:
    bot = await robot(world)
    app_id = await chat_app(bot, IFRAME=f"{app.url}/frame?own=1", IFRAME_WIDTH="350", IFRAME_HEIGHT="150")
    await page.evaluate(OPEN, [app_id, str(world.carol.id)])
    await holds(page, "window.host.loadId")
    (frame,) = [one for one in page.frames if one.url.startswith(app.url)]
    return frame


async def say(frame: Frame, **data: Any) -> None:
    await frame.evaluate("(data) => { frameCommunicationSend(data) }", data)


async def test_the_seeds_page_sends_and_puts(world: World, chromium_browser: Browser) -> None:
    async with (
        FrameApp(world, SEEDS_PAGE) as app,
        page_for(chromium_browser, world, world.bob, "/app/0", locale="ru") as page,
    ):
        frame = await opened(page, world, app)
        (query,) = app.opened
        assert (query["own"], query["USER_ID"], query["IS_CHROME"]) == ("1", str(world.bob.id), "Y")
        assert app.referers == [f"{world.url}/"]
        box = await page.locator("iframe").bounding_box()
        assert box is not None
        assert (box["width"], box["height"]) == (350, 150)
        code = "0123456789abcdef" * 2
        await say(frame, action="send", message="Привет")
        await say(frame, action="put", message="/giphy cats")
        await say(frame, action="call", number="+7 (495) 123-45-67")
        await say(frame, action="support", code=code)
        for wrong in (
            {"action": "send"},
            {"action": "send", "message": {"a": 1}},
            {"action": "send", "message": "   "},
            {"action": "send", "message": "x" * 20_001},
            {"action": "call", "number": "javascript:1"},
            {"action": "support", "code": "12"},
            {"action": "constructor"},
        ):
            await say(frame, **wrong)
        await say(frame, action="close")
        await holds(page, "window.done.length >= 5")
        assert await page.evaluate("window.done") == [
            ["send", "Привет"],
            ["put", "/giphy cats"],
            ["call", "+7 (495) 123-45-67"],
            ["support", code],
            ["close", ""],
        ]


async def test_who_is_not_listened_to(world: World, chromium_browser: Browser) -> None:
    async with (
        FrameApp(world, SEEDS_PAGE) as app,
        FrameApp(world, SEEDS_PAGE) as elsewhere,
        page_for(chromium_browser, world, world.bob, "/app/0", locale="ru") as page,
    ):
        frame = await opened(page, world, app)
        load_id = await frame.evaluate("frameCommunication.uniqueLoadId")
        said = '{"action": "send", "message": "x", "uniqueLoadId": "%s"}'
        await frame.evaluate("(text) => parent.postMessage(text, '*')", said % "other")
        await page.evaluate("(text) => window.postMessage(text, '*')", said % load_id)
        for text in ("", "{", "[]", "null", "5"):
            await frame.evaluate("(text) => parent.postMessage(text, '*')", text)
        # A page that was loaded before has another id.
        await frame.goto(f"{app.url}/next")
        await holds(page, "(before) => window.host.loadId !== before", load_id)
        await frame.evaluate("(text) => parent.postMessage(text, '*')", said % load_id)
        await say(frame, action="send", message="heard")
        await holds(page, "window.done.length === 1")
        new_id = await frame.evaluate("frameCommunication.uniqueLoadId")
        await frame.goto(elsewhere.url)
        await frame.evaluate("(text) => parent.postMessage(text, '*')", said % new_id)
        await page.evaluate("new Promise((done) => setTimeout(done, 200))")
        assert await frame.evaluate("frameCommunication.uniqueLoadId ?? null") is None
        assert await page.evaluate("window.done") == [["send", "heard"]]


# What a frame says, and [command, parameters, callback, id] as it is read; None = not at all.
MESSAGES: list[tuple[Any, Any]] = [
    ("getInitData:k:s", ["getInitData", None, "k", "s"]),
    ('setTitle:{"title":"a:b"}:k:s', ["setTitle", {"title": "a:b"}, "k", "s"]),
    ("setValue:raw:1:2:k:s", ["setValue", "raw:1:2", "k", "s"]),
    ("closeApplication::k:s", ["closeApplication", "", "k", "s"]),
    ("getInitData", None),
    ("a:b", ["a", None, "", "b"]),
    (":k:s", None),
    ("", None),
    ("x" * 1_000_001, None),
    ({"method": "im:x", "params": {"a": 1}, "callback": "k", "appSid": "s"}, ["im:x", {"a": 1}, "k", "s"]),
    ({"method": "im:x", "params": "", "callback": "k", "appSid": "s"}, ["im:x", None, "k", "s"]),
    ({"method": 5, "appSid": "s"}, None),
    ({"method": "x"}, None),
    ([], None),
    (None, None),
    (5, None),
]


async def test_messages_are_read_as_documented(world: World, chromium_browser: Browser) -> None:
    code = """async (all) => { const { readRequest } = await import("/client/frames/protocol.js");
        const parts = (read) => read && [read.command, read.params ?? null, read.callback, read.appSid];
        return all.map((data) => parts(readRequest(data))); }"""
    async with page_for(chromium_browser, world, world.bob, "/app/0") as page:
        found = await page.evaluate(code, [data for data, _ in MESSAGES])
    for (data, expected), read in zip(MESSAGES, found, strict=True):
        assert read == expected, str(data)[:100]
