"""What makes the messenger an app that browsers install: its manifest, and its service worker.

    /manifest.webmanifest   name, icons and colours, in the language that the browser asks for
    /sw.js                  client/sw.js behind a line with the version of the client's files; its scope is all of us

See docs/push.md.
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

import msgspec
from aiohttp import web

from skvorets.dialects.native.pages import Pages, client_version
from skvorets.static_files import Asset, asset_of

Language: TypeAlias = Literal["ru", "en"]

_WORKER = "sw.js"
_NAME = "Skvorets"
_WORDS: dict[Language, dict[str, str]] = {
    "ru": {"description": "Корпоративный мессенджер", "name": "Скворец"},
    "en": {"description": "The team messenger", "name": _NAME},
}
# The ground of the icon, and of the page before it is drawn (tokens.css: --canvas by day).
_THEME_COLOR, _BACKGROUND = "#16324f", "#f3f5f8"
_ICONS = (
    {"src": "/client/icons/app-192.png", "sizes": "192x192", "type": "image/png", "purpose": "any"},
    {"src": "/client/icons/app-512.png", "sizes": "512x512", "type": "image/png", "purpose": "any"},
    {"src": "/client/icons/maskable-512.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    {"src": "/client/icons/starling.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
)
# One wish of Accept-Language with its weight; the first of equal ones counts.
_WISH = re.compile(r"\s*(ru|en)\b[^,;]*(?:;\s*q=([01](?:\.[0-9]{0,3})?))?", re.IGNORECASE)
_MAX_WISHES = 20


class Installing:
    """Serves the manifest and the worker."""

    def __init__(self, pages: Pages, language: str) -> None:
        """``language`` is for browsers that ask for none of ours."""
        self._pages = pages
        self._language: Language = "ru" if language == "ru" else "en"

    async def handle_manifest(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer ``/manifest.webmanifest``."""
        language = preferred_language(request.headers.get("Accept-Language", ""), self._language)
        asset = asset_of(msgspec.json.encode(manifest(language)), "application/manifest+json")
        response = self._pages.send(request, asset)
        response.headers["Vary"] = "Accept-Encoding, Accept-Language"
        return response

    async def handle_worker(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer ``/sw.js``."""
        plain = self._pages.read(_WORKER).plain
        head = f'const VERSION = "{client_version()}";\n'.encode()
        return self._pages.send(request, Asset("text/javascript", head + plain, f'W/"{client_version()}"'))


def manifest(language: Language) -> dict[str, object]:
    """Give the web app manifest."""
    words = _WORDS[language]
    return {
        "id": "/",
        "name": words["name"],
        "short_name": words["name"],
        "description": words["description"],
        "lang": language,
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": _THEME_COLOR,
        "background_color": _BACKGROUND,
        "categories": ["business", "productivity", "social"],
        "icons": _ICONS,
    }


def preferred_language(header: str, default: Language) -> Language:
    """Read Accept-Language (RFC 9110 §12.5.4): the one of ours with the greatest weight."""
    best: Language = default
    best_weight = 0.0
    for part in header.split(",")[:_MAX_WISHES]:
        if match := _WISH.match(part):
            weight = float(match[2] or 1)
            if weight > best_weight:
                best, best_weight = ("ru" if match[1].lower() == "ru" else "en"), weight
    return best
