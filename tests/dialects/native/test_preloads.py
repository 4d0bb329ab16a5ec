"""A page names all modules that it needs."""

from __future__ import annotations

import re

import aiohttp

from skvorets.dialects.native.preloads import with_preloads
from skvorets.static_files import needed_by
from support.world import World

PAGE = b'<head>\n  <script type="module" src="/client/a/main.js"></script>\n</head>\n'
MODULES = {
    "a/main.js": b'import { x } from "./x.js";\nimport {\n  y,\n} from "../b/y.js";\nexport { z } from "./x.js";\n',
    "a/x.js": b'import "../b/y.js";\nconst later = () => import("./later.js");\n',
    "a/later.js": b"",
    "b/y.js": b'import { x } from "../a/x.js";\nimport { gone } from "./gone.js";\n',
}


def test_modules_are_found_through_modules_once_each_in_rings_and_without_those_for_later() -> None:
    assert needed_by("a/main.js", MODULES) == ["a/x.js", "b/y.js"]


def test_links_stand_before_the_first_module() -> None:
    assert with_preloads(PAGE, MODULES) == (
        b'<head>\n  <link rel="modulepreload" href="/client/a/x.js" />\n'
        b'  <link rel="modulepreload" href="/client/b/y.js" />\n'
        b'  <script type="module" src="/client/a/main.js"></script>\n</head>\n'
    )


async def test_what_the_messenger_names_is_there(world: World) -> None:
    async with aiohttp.ClientSession() as browser:
        async with browser.get(world.url + "/") as answer:
            links = re.findall(r'<link rel="modulepreload" href="([^"]+)" />', await answer.text())
        assert "/client/vendor/preact.js" in links
        for link in links:
            async with browser.get(world.url + link) as answer:
                assert (answer.status, answer.content_type) == (200, "text/javascript"), link
