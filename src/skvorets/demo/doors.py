"""What the demonstration adds to the server's addresses: its bots, and a page of a shop with the chat on it.

/demo/echo-bot/, /demo/itr-bot/   where its bots take their events
/demo/shop                        the page, in the portal's language or that of ?lang=
/demo/shop/shop.css               its style
"""

from __future__ import annotations

import functools
import html
import string
from collections.abc import Sequence
from importlib import resources
from typing import Final

from aiohttp import web

from skvorets import static_files
from skvorets.config import Config
from skvorets.demo.example_bots import ExampleBot
from skvorets.demo.shop_words import WORDS
from skvorets.static_files import Asset

SHOP: Final = "/demo/shop"
# The policy of a careful shop: what the chat needs is our server in script-src and frame-src.
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src {server}; frame-src {server};"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
    "Referrer-Policy": "same-origin",
}


class DemoDoors:
    """Everything below ``/demo``."""

    def __init__(self, config: Config, bots: Sequence[ExampleBot]) -> None:
        """Before the line is there, the page of the shop has no chat."""
        self._config = config
        self._bots = {one.kind.path: one for one in bots}
        self.line_code = ""

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer ``/demo/…``."""
        bot = self._bots.get(request.path)
        if bot is not None:
            return await bot.handle(request)
        if request.path == SHOP:
            language = request.query.get("lang", self._config.language)
            return self._send_page(request, "ru" if language == "ru" else "en")
        asset = _files().get(request.path.removeprefix(f"{SHOP}/"))
        if asset is None or asset.media_type == "text/html":
            return web.Response(status=404, text="Not found\n")
        return static_files.send(request, asset, _HEADERS)

    def _send_page(self, request: web.BaseRequest, language: str) -> web.Response:
        words = {name: html.escape(text) for name, text in WORDS[language].items()}
        tag = f'<script async src="{self._config.base_url}/widget.js" data-line="{self.line_code}"></script>'
        text = _template().substitute(words, lang=language, tag=tag if self.line_code else "")
        policy = {"Content-Security-Policy": _POLICY.format(server=self._config.base_url)}
        return static_files.send(request, static_files.asset_of(text.encode(), "text/html"), _HEADERS | policy)


@functools.cache
def _files() -> dict[str, Asset]:
    return static_files.read_folder(resources.files("skvorets.demo").joinpath("shop"))


@functools.cache
def _template() -> string.Template:
    return string.Template(_files()["shop.html"].plain.decode())
