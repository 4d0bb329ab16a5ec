"""The installed messenger in Chromium: it starts without a network, its worker shows what push services bring."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, expect

from support.chromium import chromium
from support.pages import page_for
from support.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

# What the page's worker has kept, and whether it has the page in its hands.
KEPT = """async () => {
  const [name] = await caches.keys();
  if (!name) return [];
  const keys = await (await caches.open(name)).keys();
  return keys.map((one) => new URL(one.url).pathname);
}"""


@pytest.fixture
def database() -> str:
    """SQLite only: what a browser shows does not depend on the engine."""
    return ""


async def worked(page: Page) -> None:
    """Wait until the worker has the page, and has kept what it loaded."""
    for _ in range(200):
        kept = await page.evaluate(KEPT)
        if "/client/messenger/main.js" in kept and await page.evaluate("navigator.serviceWorker.controller !== null"):
            return
        await page.wait_for_timeout(100)
    raise AssertionError(await page.evaluate(KEPT))


async def test_the_shell_starts_without_a_network_and_nothing_private_is_kept(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="a secret")
    async with chromium() as browser, page_for(browser, world, world.bob, "/", service_workers="allow") as page:
        await expect(page.get_by_text("a secret").first).to_be_visible()
        await worked(page)
        await page.reload()
        await expect(page.get_by_text("a secret").first).to_be_visible()
        kept = await page.evaluate(KEPT)
        assert all(path == "/" or path.startswith("/client/") for path in kept), kept
        await page.context.set_offline(True)
        await page.goto(f"{world.url}/im/chat{chat_id}")
        assert await page.title() == "Skvorets"
        assert await page.locator("#page > *").count() > 0, "the shell was drawn"
        await page.context.set_offline(False)
        await page.goto(f"{world.url}/im/chat{chat_id}")
        await expect(page.get_by_text("a secret").first).to_be_visible()


async def test_other_pages_and_the_api_never_come_from_the_worker(world: World) -> None:
    async with chromium() as browser, page_for(browser, world, world.bob, "/", service_workers="allow") as page:
        await worked(page)
        from_worker: list[str] = []
        page.on("response", lambda one: from_worker.append(one.url) if one.from_service_worker else None)
        await page.evaluate("fetch('/api/session').then((one) => one.text())")
        await page.goto(f"{world.url}/dev")
        assert [one for one in from_worker if "/client/" not in one] == []


async def test_what_is_pushed_is_shown_and_a_click_opens_the_chat(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    async with (
        chromium() as browser,
        page_for(browser, world, world.bob, "/", service_workers="allow", permissions=["notifications"]) as page,
    ):
        await worked(page)
        [worker] = page.context.service_workers
        shown = await worker.evaluate(
            """async (words) => {
                self.clients.matchAll = async () => [];
                await show({ json: () => words });
                const shown = await registration.getNotifications();
                return shown.map(({ title, body, tag, data }) => [title, body, tag, data]);
            }""",
            {"title": "Test", "body": "Alice: hello", "icon": "", "url": f"/im/chat{chat_id}", "tag": f"chat{chat_id}"},
        )
        assert shown == [["Test", "Alice: hello", f"chat{chat_id}", {"url": f"/im/chat{chat_id}"}]]
        await worker.evaluate(
            """async (url) => {
            delete self.clients.matchAll;
            const pages = await self.clients.matchAll({ type: "window" });
            pages.forEach((page) => page.postMessage({ kind: "open", url }));
        }""",
            f"/im/chat{chat_id}",
        )
        await page.wait_for_url(f"**/im/chat{chat_id}")


async def test_the_tab_says_how_many_wait(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    async with chromium() as browser, page_for(browser, world, world.bob, "/") as page:
        await expect(page.locator("#page > *").first).to_be_visible()
        for number in range(3):
            await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=f"{number}")
        await expect(page).to_have_title(re.compile(r"^\(\d+\) Skvorets"))
        await expect(page.locator("link[rel=icon]")).to_have_attribute("href", re.compile("^data:image/png"))
