"""The door ``/files/``: pictures of people and chats by their digest, in two resolutions.

    GET /files/avatar/<64 hex digits>       for lists
    GET /files/avatar/<64 hex digits>/hr    for cards of people
    GET /files/icon/<64 hex digits>         of chat applications: both states side by side, as it was given

The address cannot be guessed and its content never changes, so it needs no session and may be cached for ever. What is
served was decoded and drawn anew: it is a picture and nothing else, without the notes of the camera; ``nosniff`` and a
sandbox keep a browser from treating it as a page. See delivery-and-security in docs, "OWASP ASVS 5.0" (files).
"""

from __future__ import annotations

from typing import Final

from aiohttp import web

from skvorets.dialects.native.served_bytes import headers_with, not_found, wrong_verb
from skvorets.errors import WrongImageError
from skvorets.media.previews import Preview, Previews

SMALL_PX: Final = 200
"""Side of ``avatar``: 100 points of a list or a head of a chat, on a screen with two pixels a point."""
LARGE_PX: Final = 600
"""Side of ``avatar_hr``: 300 points of a person's card, on the same screen."""
ICON_WIDTH: Final = 432
ICON_HEIGHT: Final = 264
"""Sides of an icon: four times the documented canvas of 108×66."""
_PREFIX = "/files/avatar/"
_ICON_PREFIX = "/files/icon/"
_SIDES = {"": SMALL_PX, "hr": LARGE_PX}
# A year, the most that caches believe.
_HEADERS = headers_with("public, max-age=31536000, immutable")


class FilesDoor:
    """Serves ``/files/``."""

    def __init__(self, previews: Previews) -> None:
        """Serve these copies of pictures."""
        self._previews = previews

    async def handle_file(self, request: web.BaseRequest) -> web.Response:
        """Answer one request: 200, 304, 404 or 405."""
        if request.method not in {"GET", "HEAD"}:
            return wrong_verb()
        try:
            digest, form, picture = await self._find(request.path)
        except (FileNotFoundError, WrongImageError):
            return not_found()
        headers = {**_HEADERS, "ETag": f'"{digest}-{form}"'}
        if request.headers.get("If-None-Match") == headers["ETag"]:
            return web.Response(status=304, headers=headers)
        return web.Response(body=picture.data, headers={**headers, "Content-Type": picture.media_type})

    async def _find(self, path: str) -> tuple[str, str, Preview]:
        """Give digest, form and picture of an address. Raises FileNotFoundError, WrongImageError."""
        if path.startswith(_ICON_PREFIX):
            digest = path.removeprefix(_ICON_PREFIX)
            return digest, "icon", await self._previews.get(digest, ICON_WIDTH, ICON_HEIGHT)
        digest, _, form = path.removeprefix(_PREFIX).partition("/")
        side = _SIDES.get(form)
        if side is None or not path.startswith(_PREFIX):
            raise FileNotFoundError(path)
        return digest, str(side), await self._previews.get_square(digest, side)
