"""``examples/frame_app``: installed as its README says, then used by somebody else, in a real browser."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from playwright.async_api import Browser, expect

from e2e.test_chat_app_frames import OPEN
from support.chromium import chromium
from support.frame_apps import frame_of, holds, portal, shown
from support.pages import page_for
from support.processes import Program
from support.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
SERVER = Path(__file__).parents[2] / "examples" / "frame_app" / "serve.py"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """SQLite only: what a browser shows does not depend on the engine."""
    async with portal(tmp_path / "portal") as running:
        yield running


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as started:
        yield started


async def test_it_is_installed_and_used(world: World, browser: Browser, tmp_path: Path) -> None:
    command = [sys.executable, str(SERVER), "--portal", world.url, "--listen", "127.0.0.1:0"]
    program = Program(command, tmp_path, {})
    try:
        url = program.wait_for("listening on ").rstrip("/").replace("127.0.0.1", "localhost")
        scopes = ("im", "imbot", "placement", "user")
        addresses = {"handler_url": f"{url}/", "install_url": f"{url}/install"}
        application = await world.install(name="Frames", scopes=scopes, is_api_only=False, **addresses)
        async with shown(browser, world, world.alice, f"/app/{application.id}") as (page, frame):
            await frame.get_by_role("button", name="Finish").click()
            await expect(page.get_by_text("Installation", exact=True)).to_have_count(0)
            own = await frame_of(page)
            await expect(own.get_by_role("heading")).to_have_text("Hello, Alice")
        async with page_for(browser, world, world.bob, f"/app/{application.id}") as page:
            frame = await frame_of(page)
            await expect(frame.get_by_role("heading")).to_have_text("Hello, Bob")
            await frame.get_by_role("button", name="Ask three things").click()
            await expect(frame.locator("#said")).to_contain_text("Bob Ivanov, ")
            where = f"dialogId={world.carol.id}"
            code = f"fetch('/api/placements?{where}').then((one) => one.json())"
            places = (await page.evaluate(code))["placements"]
            assert [one["placement"] for one in places] == ["IM_TEXTAREA", "IM_CONTEXT_MENU"]
            (dice,) = (await page.evaluate(code.replace("placements", "chat-apps")))["apps"]
            assert dice["title"] == "Кубик"
            await page.evaluate(OPEN, [dice["id"], str(world.carol.id)])
            await holds(page, "window.host.loadId")
            chat = page.frame(f"chat-app-{dice['id']}")
            assert chat is not None
            await chat.get_by_role("button", name="Throw").click()
            await holds(page, "window.done.length === 1")
            name, text = (await page.evaluate("window.done"))[0]
            assert (name, text[:1]) == ("send", "🎲")
        async with aiohttp.ClientSession() as stranger, stranger.get(f"{url}/chat?DOMAIN=x&USER_ID=1") as answer:
            assert answer.status == 403
        assert program.errors == []
    finally:
        program.end()
