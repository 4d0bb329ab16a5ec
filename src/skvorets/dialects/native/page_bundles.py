"""What a page loads, put together: its modules in one file for each of its scripts, its styles in one.

The sources have a file for each small thing, and browsers pay for each file that they ask for: the messenger would ask
for some three hundred. Nothing is built beforehand: the files are put together when they are read, see
``module_bundles.py``. A module alone is still to be had at its own address.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from skvorets.module_bundles import bundle, needed_by
from skvorets.static_files import Asset, asset_of

_SCRIPT = re.compile(r'<script type="module"(?: async)? src="/client/([^"]+)"></script>')
_STYLES = re.compile(r'(?: *<link rel="stylesheet" href="/client/style/[^"]+" />\n)+')
_STYLE = re.compile(r'href="/client/(style/[^"]+)"')


def bundled(page_name: str, files: Mapping[str, Asset]) -> dict[str, Asset]:
    """Give a page and the files that it loads instead of those that it names; ``files`` by names below ``/client/``."""
    page = files[page_name].plain.decode()
    made = _scripts(page, files)
    style_name = f"style/all-of-{page_name.removesuffix('.html')}.css"

    def together(found: re.Match[str]) -> str:
        names = _STYLE.findall(found[0])
        made[style_name] = asset_of(b"\n".join(files[name].plain for name in names), "text/css")
        indent = found[0][: len(found[0]) - len(found[0].lstrip())]
        return f'{indent}<link rel="stylesheet" href="/client/{style_name}" />\n'

    page = _STYLES.sub(together, page, count=1)
    return {**made, page_name: asset_of(page.encode(), "text/html")}


def _scripts(page: str, files: Mapping[str, Asset]) -> dict[str, Asset]:
    """Put each script's modules together, without those that a script before it has brought."""
    sources = {name: asset.plain.decode() for name, asset in files.items() if name.endswith(".js")}
    made: dict[str, Asset] = {}
    known: list[str] = []
    before: list[str] = []
    for first in _SCRIPT.findall(page):
        # Scripts may come in any order: each has those before it run first.
        waits = "".join(f'import "/client/{name}";\n' for name in before)
        made[first] = asset_of((waits + bundle(first, sources, known)).encode(), "text/javascript")
        known += needed_by(first, sources)
        before.append(first)
    return made
