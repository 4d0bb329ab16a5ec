"""``make screens``: pictures for the documentation, taken of real servers; here those of the developer's page.

Writes docs/screens/dev-*.png; ``--all FOLDER`` writes every combination of theme, width, language and fullness there.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from PIL import Image  # noqa: E402 — the path comes first
from playwright.async_api import Browser  # noqa: E402 — the path comes first

from support.chromium import chromium  # noqa: E402
from support.developers import Scene, empty_scene, usual_scene  # noqa: E402

WIDTHS = {"wide": (1440, 900), "phone": (360, 740)}
# What is in the documentation: name → theme, width, language, path.
DOCUMENTED = {
    "dev-events": ("light", "wide", "en", "/dev/events/{event}"),
    "dev-events-dark": ("dark", "wide", "ru", "/dev/events/{event}"),
    "dev-phone": ("light", "phone", "ru", "/dev/events"),
}


async def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="every combination")
    folder: Path | None = parser.parse_args().all
    with tempfile.TemporaryDirectory() as data:
        for name in ("usual", "empty"):
            (Path(data) / name).mkdir()
        async with usual_scene(Path(data) / "usual") as scene, chromium() as browser:
            if folder is None:
                for name, (theme, width, language, path) in DOCUMENTED.items():
                    target = ROOT / "docs" / "screens" / f"{name}.png"
                    await _take(browser, scene, (theme, width, language), path, target)
                return
            async with empty_scene(Path(data) / "empty") as nothing:
                await _take_all(browser, {"usual": scene, "empty": nothing}, folder)


async def _take_all(browser: Browser, scenes: dict[str, Scene], folder: Path) -> None:
    for fullness, scene in scenes.items():
        for name, path in scene.paths.items():
            for theme, width, language in (
                ("light", "wide", "ru"),
                ("dark", "wide", "en"),
                ("dark", "phone", "ru"),
                ("light", "phone", "en"),
            ):
                target = folder / f"{fullness}-{name}-{width}-{theme}-{language}.png"
                await _take(browser, scene, (theme, width, language), path, target)


async def _take(browser: Browser, scene: Scene, look: tuple[str, str, str], path: str, target: Path) -> None:
    theme, width, language = look
    size = WIDTHS[width]
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if theme == "dark" else "light",
        locale=language,
        reduced_motion="reduce",
    )
    await context.add_cookies([{"name": "skvorets", "value": scene.cookie, "url": scene.url}])
    page = await context.new_page()
    await page.goto(scene.url + path.format(event=scene.event_id))
    await page.locator("main :is(h1, .row, .empty):visible").first.wait_for()
    await page.wait_for_timeout(300)
    target.parent.mkdir(parents=True, exist_ok=True)
    # Few colours: the pictures are in the repository.
    with Image.open(io.BytesIO(await page.screenshot())) as picture:
        picture.convert("RGB").quantize(128).save(target, optimize=True)
    print(target.name)
    await context.close()


if __name__ == "__main__":
    asyncio.run(main())
    for part in ("screens_admin", "screens_messenger"):
        subprocess.run([sys.executable, ROOT / "scripts" / f"{part}.py", *sys.argv[1:]], check=True)
