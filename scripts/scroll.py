"""Measures the open chat in the installed Chromium with a history of 100,000 messages; run by hand.

    .venv/bin/python scripts/scroll.py [--messages N]

Prints how long opening takes, how smooth scrolling back and forth is (frames, and the longest of them), how far a row
strays from where it should be while older messages come, what a jump to the very beginning takes, and how many rows and
messages the page holds in the end.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from playwright.async_api import Page  # noqa: E402 — the path comes first

from skvorets.storage.database import Tx  # noqa: E402
from support.chromium import chromium  # noqa: E402
from support.pages import page_for  # noqa: E402
from support.world import World, test_config  # noqa: E402

# Messages of five kinds and lengths, by three authors in turn, one a minute.
_FILL = """
INSERT INTO messages (chat_id, seq, author_id, created_at, text)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $2)
SELECT $1, 10 + i, $3 + (i / 3) % 3, $4 - ($2 - i) * 60000,
       'Message ' || i || CASE i % 5 WHEN 0 THEN '' WHEN 1 THEN ' with some more words than the others have in them'
       WHEN 2 THEN replace(hex(zeroblob(60)), '00', ' word') WHEN 3 THEN ' [B]bold[/B] https://example.com/page'
       ELSE replace(hex(zeroblob(20)), '00', ' слово ') END FROM n
"""
_CLOSE = """
UPDATE chats SET last_seq = 10 + $2, last_message_at = $3,
       last_message_id = (SELECT max(id) FROM messages WHERE chat_id = $1) WHERE id = $1
"""
_READ = """
UPDATE members SET read_seq = (SELECT last_seq FROM chats WHERE id = $1),
       read_id = (SELECT last_message_id FROM chats WHERE id = $1) WHERE chat_id = $1
"""
_GO = "path => { history.pushState(null, '', path); dispatchEvent(new Event('popstate')); }"
# Scrolls by so many px a frame, for so many frames: lengths of frames, and how far rows stray from their places, px.
_SCROLL = """async ([step, frames]) => {
    const box = document.querySelector(".timeline-box");
    const next = () => new Promise(requestAnimationFrame);
    const lengths = [];
    let strayed = 0;
    let before = await next();
    for (let frame = 0; frame < frames; frame += 1) {
        const rows = [...document.querySelectorAll(".row-message")];
        const row = rows.find(one => one.getBoundingClientRect().top > 200) ?? rows[0];
        const top = row?.getBoundingClientRect().top ?? 0;
        const at = box.scrollTop;
        box.scrollTop += step;
        const moved = box.scrollTop - at;
        const now = await next();
        lengths.push(now - before);
        before = now;
        if (row?.isConnected) strayed = Math.max(strayed, Math.abs(row.getBoundingClientRect().top - (top - moved)));
    }
    lengths.sort((a, b) => a - b);
    const at = part => Math.round(lengths[Math.floor(lengths.length * part)] ?? 0);
    const longest = Math.round(lengths.at(-1));
    return {median_ms: at(0.5), p95_ms: at(0.95), longest_ms: longest, strayed_px: Math.round(strayed)};
}"""


async def main() -> None:
    """Fill a chat, open it, scroll."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=100_000)
    messages: int = parser.parse_args().messages
    with tempfile.TemporaryDirectory() as folder:
        world = World(test_config(Path(folder), ""))
        await world.open()
        try:
            await _measure(world, messages)
        finally:
            await world.close()


async def _measure(world: World, messages: int) -> None:
    chat = await world.chat(world.alice, world.bob, world.carol)
    began = time.perf_counter()
    await world.unit(_fill, chat, messages, world.alice.id)
    print(f"{messages:,} messages written in {time.perf_counter() - began:.1f} s")
    async with chromium() as browser, page_for(browser, world, world.alice, "/") as page:
        await page.locator(".sidebar").get_by_text("Test", exact=True).first.wait_for()
        began = time.perf_counter()
        await page.evaluate(_GO, f"/im/chat{chat}")
        await page.locator(".row-message").last.wait_for()
        print(f"opened in {(time.perf_counter() - began) * 1000:.0f} ms")
        for words, step, frames in (("back", -400, 240), ("forth", 400, 240), ("back fast", -3_000, 400)):
            print(f"scrolling {words}: {json.dumps(await page.evaluate(_SCROLL, [step, frames]))}")
            await page.wait_for_timeout(300)
        await _jump(page, world, chat)


async def _jump(page: Page, world: World, chat: int) -> None:
    first = await world.app.store.read(_first_message, chat)
    began = time.perf_counter()
    await page.evaluate(_GO, f"/im/chat{chat}/{first}")
    await page.locator(f'.row[data-id="{first}"]').wait_for()
    print(f"jumped to the beginning in {(time.perf_counter() - began) * 1000:.0f} ms")
    print(f"rows drawn: {await page.locator('.row').count()}")


async def _fill(tx: Tx, chat: int, messages: int, first_author: int) -> None:
    await tx.do(_FILL, chat, messages, first_author, tx.now)
    await tx.do(_CLOSE, chat, messages, tx.now)
    await tx.do(_READ, chat)


async def _first_message(tx: Tx, chat: int) -> int:
    return int(await tx.val("SELECT min(id) FROM messages WHERE chat_id = $1 AND author_id > 0", chat))


if __name__ == "__main__":
    asyncio.run(main())
