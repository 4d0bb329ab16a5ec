"""Pictures of the administrators' pages, taken of a real server: called by ``make screens``, or by itself.

Writes docs/screens/admin-*.png; ``--all FOLDER`` writes every combination of theme, width, language and fullness there.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "scripts")]

from PIL import Image  # noqa: E402 — the path comes first
from playwright.async_api import Browser, Error  # noqa: E402 — the path comes first

from support.administration_scene import empty_administration, usual_administration  # noqa: E402
from support.chromium import chromium  # noqa: E402
from support.developers import Scene  # noqa: E402

WIDTHS = {"wide": (1280, 800), "phone": (360, 740)}
# What is in the documentation: name → theme, width, language, name of the path.
DOCUMENTED = {
    "admin-people": ("light", "wide", "en", "people"),
    "admin-health-dark": ("dark", "wide", "ru", "health"),
    "admin-phone": ("light", "phone", "ru", "people"),
}
LOOKS = (("light", "wide", "ru"), ("dark", "wide", "en"), ("dark", "phone", "ru"), ("light", "phone", "en"))


async def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="every combination")
    parser.add_argument("--only", default="", help="only paths of this name")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        for name in ("usual", "empty"):
            (Path(data) / name).mkdir()
        async with usual_administration(Path(data) / "usual") as scene, chromium() as browser:
            if given.all is None:
                await take_documented(browser, scene)
                return
            async with empty_administration(Path(data) / "empty") as nothing:
                for fullness, one in (("usual", scene), ("empty", nothing)):
                    await _take_all(browser, one, given.all / fullness, given.only)


async def take_documented(browser: Browser, scene: Scene) -> None:
    """Write the pictures of the documentation."""
    for name, (theme, width, language, path) in DOCUMENTED.items():
        target = ROOT / "docs" / "screens" / f"{name}.png"
        await _take(browser, scene, (theme, width, language), scene.paths[path], target)


async def _take_all(browser: Browser, scene: Scene, folder: Path, only: str) -> None:
    for name, path in scene.paths.items():
        for theme, width, language in LOOKS if only in {"", name} else ():
            await _take(
                browser, scene, (theme, width, language), path, folder / f"{name}-{width}-{theme}-{language}.png"
            )


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
    page.on("pageerror", lambda error: print("error:", error))
    await page.goto(scene.url + path)
    try:
        await page.locator("main h1").first.wait_for(timeout=8000)
    except Error as error:
        print(target.name, error)
    await page.wait_for_timeout(400)
    target.parent.mkdir(parents=True, exist_ok=True)
    # Few colours: the pictures are in the repository.
    with Image.open(io.BytesIO(await page.screenshot())) as picture:
        picture.convert("RGB").quantize(128).save(target, optimize=True)
    print(target.name)
    await context.close()


if __name__ == "__main__":
    asyncio.run(main())
