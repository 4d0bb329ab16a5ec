"""A page asks for one file for each of its scripts, and one of styles, and they hold all that it needs."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import aiohttp
import pytest

from skvorets.dialects.native.page_bundles import bundled
from skvorets.dialects.native.pages import Pages
from skvorets.static_files import asset_of
from support.node import node_program
from support.world import World

PAGE = """<head>
  <link rel="stylesheet" href="/client/style/a.css" />
  <link rel="stylesheet" href="/client/style/b.css" />
  <script type="module" async src="/client/early.js"></script>
  <script type="module" src="/client/main.js"></script>
</head>
"""
FILES = {
    name: asset_of(text.encode(), media_type)
    for name, text, media_type in (
        ("page.html", PAGE, "text/html"),
        ("style/a.css", "a {}", "text/css"),
        ("style/b.css", "b {}", "text/css"),
        ("early.js", "export const begun = 1;\n", "text/javascript"),
        ("x.js", "export function x() {}\n", "text/javascript"),
        ("main.js", 'import { begun } from "./early.js";\nimport { x } from "./x.js";\nx(begun);\n', "text/javascript"),
    )
}
PAGES = ("messenger", "admin", "dev", "app", "invite", "welcome")


def test_a_page_names_one_style_and_its_scripts() -> None:
    made = bundled("page.html", FILES)
    page = made["page.html"].plain.decode()
    assert re.findall(r'(?:href|src)="([^"]+)"', page) == [
        "/client/style/all-of-page.css",
        "/client/early.js",
        "/client/main.js",
    ]
    assert made["style/all-of-page.css"].plain == b"a {}\nb {}"


def test_a_script_brings_what_those_before_it_have_not_and_waits_for_them() -> None:
    script = bundled("page.html", FILES)["main.js"].plain.decode()
    assert script.startswith('import "/client/early.js";\n')
    assert script.count("skvoretsModules.set(") == 2
    assert 'skvoretsModules.get("early.js")' in script
    assert "export const begun" not in script


@pytest.mark.parametrize("name", PAGES)
def test_the_scripts_of_our_pages_are_sound(name: str, tmp_path: Path) -> None:
    page = Pages().read(f"{name}.html").plain.decode()
    for path in re.findall(r'<script type="module"(?: async)? src="/client/([^"]+)"', page):
        script = tmp_path / "script.mjs"
        script.write_bytes(Pages().read(path).plain)
        subprocess.run([node_program(), "--check", script], check=True, timeout=60)


async def test_a_browser_asks_the_messenger_for_few_files(world: World) -> None:
    async with aiohttp.ClientSession() as browser:
        async with browser.get(world.url + "/") as answer:
            links = re.findall(r'(?:href|src)="(/client/[^"]+\.(?:js|css))"', await answer.text())
        assert len(links) == 3
        for link in links:
            async with browser.get(world.url + link) as answer:
                assert answer.status == 200, link
