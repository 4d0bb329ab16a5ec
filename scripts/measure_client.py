"""Measures the messenger in the installed Chromium, with 1,000 chats; run by hand on a quiet machine.

    .venv/bin/python scripts/measure_client.py [--received 10000]

Prints the cold load until the list can be used, the time until a message that somebody else sends is on the screen
(counted from the server's time of the message, which is before its commit), the time that opening a chat takes, the
longest reaction to a key while messages come in, and the page's memory over many received messages.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from playwright.async_api import Browser, Page  # noqa: E402 — the path comes first

from skvorets.core.access import Dialog  # noqa: E402
from skvorets.core.chats import NewChat, create_chat, seat_to_write  # noqa: E402
from skvorets.core.messages import NewMessage, post_message  # noqa: E402
from skvorets.storage.database import Tx  # noqa: E402
from support.chromium import chromium  # noqa: E402
from support.pages import page_for  # noqa: E402
from support.world import Actor, World, test_config  # noqa: E402

CHATS = 1_000
CHATS_AT_ONCE = 50
LOADS = 5
MESSAGES = 40
OPENINGS = 20
_MIB = 1024 * 1024

# In the page, before its own scripts: notes when the list is there.
_NOTE_LIST = """(() => {
    const look = () => {
        if (document.querySelector(".list-row")) window.listAt = performance.now();
        else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
})()"""
# In the page: notes when each message whose text begins so is drawn, by the clock that the server has, too.
_NOTE_MESSAGES = """() => {
    window.drawn = {};
    new MutationObserver(() => {
        for (const row of document.querySelectorAll(".row-message")) {
            const number = /measured (\\d+) here/.exec(row.textContent)?.[1];
            if (number) window.drawn[number] ??= Date.now();
        }
    }).observe(document.querySelector(".timeline-box"), {childList: true, subtree: true});
}"""
_NOTE_KEYS = """() => {
    window.keys = [];
    new PerformanceObserver(list => {
        for (const one of list.getEntries()) if (one.name === "keydown") window.keys.push(one.duration);
    }).observe({type: "event", durationThreshold: 16});
}"""


async def main() -> None:
    """Fill a server and look at it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--received", type=int, default=10_000)
    received: int = parser.parse_args().received
    with tempfile.TemporaryDirectory() as folder:
        world = World(test_config(Path(folder), ""))
        await world.open()
        try:
            await _measure(world, received)
        finally:
            await world.close()


async def _measure(world: World, received: int) -> None:
    for start in range(0, CHATS, CHATS_AT_ONCE):
        await world.unit(_add_chats, world.alice, world.bob, start)
    async with chromium() as browser:
        loads = [await _load(browser, world) for _ in range(LOADS)]
        _tell("cold load until the list is there", loads)
        async with page_for(browser, world, world.alice, "/") as page:
            await page.locator(".list-row").first.wait_for()
            _tell("opening a chat", [await _open(page, at) for at in range(OPENINGS)])
            chat = int(await page.locator(".list-row.active").get_attribute("data-chat") or 0)
            await _receive(page, world, chat)
            await _fill_memory(page, world, chat, received)


async def _load(browser: Browser, world: World) -> float:
    """Open the page in a browser that has nothing in its cache; milliseconds."""
    async with page_for(browser, world, world.alice, "/client/icons/starling.svg") as page:
        await page.add_init_script(_NOTE_LIST)
        await page.goto(world.url + "/")
        await page.locator(".list-row").first.wait_for()
        at: float = await page.evaluate("window.listAt")
        return at


async def _open(page: Page, at: int) -> float:
    """Click on a row of the list; milliseconds until its messages are drawn."""
    took: float = await page.evaluate(
        """async at => {
            const row = document.querySelectorAll(".list-row")[at % 10];
            const number = /Проект (\\d+)/.exec(row.querySelector(".list-row-name").textContent)[1];
            const began = performance.now();
            row.click();
            const isThere = () => [...document.querySelectorAll(".row-message")]
                .some(one => one.textContent.includes(`чата ${number},`));
            while (!isThere()) await new Promise(requestAnimationFrame);
            await new Promise(requestAnimationFrame);
            return performance.now() - began;
        }""",
        at,
    )
    await page.wait_for_timeout(150)
    return took


async def _receive(page: Page, world: World, chat: int) -> None:
    """Send one message after another as somebody else, while alice types."""
    await page.evaluate(_NOTE_MESSAGES)
    await page.evaluate(_NOTE_KEYS)
    field = page.locator("textarea").first
    await field.focus()
    sent = {}
    for number in range(MESSAGES):
        message = await world.unit(_say, world.bob, chat, f"measured {number} here")
        sent[str(number)] = message
        await page.keyboard.type("слово ")
        await page.wait_for_timeout(60)
    await page.wait_for_timeout(500)
    drawn: dict[str, float] = await page.evaluate("window.drawn")
    _tell("from the server's time of a message to the screen", [drawn[number] - sent[number] for number in drawn])
    print(f"  of {MESSAGES} sent {len(drawn)} were drawn")
    keys: list[float] = await page.evaluate("window.keys")
    print(f"keys that took longer than a frame: {len(keys)} of {MESSAGES * 6}, the longest {max(keys, default=0)} ms")


async def _fill_memory(page: Page, world: World, chat: int, received: int) -> None:
    client = await page.context.new_cdp_session(page)
    before = await _heap(client)
    for number in range(received):
        await world.unit(_say, world.bob, chat, f"received {number} and some words more")
        if number % 200 == 0:
            await page.wait_for_timeout(20)
    await page.get_by_text(f"received {received - 1} ").first.wait_for(timeout=60_000)
    after = await _heap(client)
    rows = await page.locator(".row-message").count()
    print(f"memory of scripts: {before:.1f} MiB, after {received:,} messages {after:.1f} MiB; rows drawn: {rows}")


async def _heap(client: Any) -> float:
    await client.send("HeapProfiler.collectGarbage")
    await client.send("Performance.enable")
    metrics = (await client.send("Performance.getMetrics"))["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "JSHeapUsedSize")) / _MIB


async def _add_chats(tx: Tx, alice: Actor, bob: Actor, start: int) -> None:
    for number in range(start, start + CHATS_AT_ONCE):
        new = NewChat(title=f"Проект {number}", member_ids=(alice.id, bob.id))
        chat = await create_chat(tx, bob.person, new)
        for line in range(3):
            text = f"Сообщение {line} чата {number}, [B]важное[/B]"
            await post_message(tx, NewMessage(chat=chat, author_id=bob.id, actor_id=bob.id, text=text))


async def _say(tx: Tx, author: Actor, chat: int, text: str) -> int:
    seat = await seat_to_write(tx, author.person, Dialog(chat_id=chat))
    message = await post_message(tx, NewMessage(chat=seat.chat, author_id=author.id, actor_id=author.id, text=text))
    return message.created_at


def _tell(what: str, milliseconds: list[float]) -> None:
    ordered = sorted(milliseconds)
    print(f"{what}: median {statistics.median(ordered):.0f} ms, worst {ordered[-1]:.0f} ms of {len(ordered)}")


if __name__ == "__main__":
    asyncio.run(main())
