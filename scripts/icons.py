"""Draws the installable client's icons from client/icons/starling.svg with the installed Chromium; run by hand.

app-192.png, app-512.png      as they are, with transparent corners
maskable-512.png, touch-180.png   the ground to the edges, the bird within the safe zone: systems cut their own shape
badge-96.png                  the bird alone in white, for the status bar of phones
"""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from playwright.async_api import Browser  # noqa: E402 — the path comes first

from support.chromium import chromium  # noqa: E402

FOLDER = ROOT / "src/skvorets/client/icons"
# Part of the side that the drawing takes; of a maskable icon the inner 80 % are always seen.
_INNER = 0.8
_GROUND = re.compile(r"<rect [^>]*/>")


async def main() -> None:
    """Draw all of them."""
    svg = (FOLDER / "starling.svg").read_text()
    bird = _GROUND.sub("", svg)
    full = svg.replace('rx="15" ', "")
    async with chromium() as browser:
        for name, side, drawing, inner, ground in (
            ("app-192", 192, svg, 1.0, "transparent"),
            ("app-512", 512, svg, 1.0, "transparent"),
            ("maskable-512", 512, full, _INNER, "#16324f"),
            ("touch-180", 180, full, 0.9, "#16324f"),
            ("badge-96", 96, re.sub(r'fill="#[0-9a-f]{3,6}"', 'fill="#fff"', bird), 1.0, "transparent"),
        ):
            picture = await _draw(browser, drawing, side, inner, ground)
            (FOLDER / f"{name}.png").write_bytes(picture)


async def _draw(browser: Browser, drawing: str, side: int, inner: float, ground: str) -> bytes:
    page = await browser.new_page(viewport={"width": side, "height": side})
    sized = drawing.replace("<svg ", f'<svg width="{side * inner}" height="{side * inner}" ', 1)
    style = f"margin:0;display:grid;place-items:center;height:100vh;background:{ground}"
    await page.set_content(f'<body style="{style}">{sized}</body>')
    picture = await page.screenshot(omit_background=True)
    await page.close()
    return picture


if __name__ == "__main__":
    asyncio.run(main())
