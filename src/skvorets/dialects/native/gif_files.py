"""The door ``/files/gif/``: the company's own collection of GIFs.

    GET /files/gif/<64 hex digits>.gif        the animation, as it was added
    GET /files/gif/<64 hex digits>/preview    a small picture of its beginning

The address cannot be guessed and its content never changes, so it needs no session and may be cached for long. Only
what is in the collection is served: what was taken out is gone with the caches.
"""

from __future__ import annotations

import asyncio
import logging
import re
from typing import Final

from aiohttp import web

from skvorets.core.gifs import MAX_BYTES
from skvorets.dialects.native.served_bytes import headers_with, not_found, wrong_verb
from skvorets.errors import WrongImageError
from skvorets.media.previews import Previews
from skvorets.storage import gifs
from skvorets.storage.blobs import BlobStore
from skvorets.storage.database import Store

PREVIEW_PX: Final = 200
"""Width and height that the small picture fits into: as wide as the reference's (200w)."""
_PATH = re.compile(r"/files/gif/([0-9a-f]{64})(\.gif|/preview)")
_PREFIX = "/files/gif/"
# A day: who took a GIF out of the collection does not want to see it for a year.
_HEADERS = headers_with("public, max-age=86400")

_log = logging.getLogger(__name__)


class GifFiles:
    """Serves ``/files/gif/``."""

    def __init__(self, store: Store, blobs: BlobStore, previews: Previews) -> None:
        """Serve the collection of this store."""
        self._store = store
        self._blobs = blobs
        self._previews = previews

    @staticmethod
    def is_meant(request: web.BaseRequest) -> bool:
        """Does the address name this door?"""
        return request.path.startswith(_PREFIX)

    async def handle(self, request: web.BaseRequest) -> web.Response:
        """Answer one request: 200, 304, 404 or 405."""
        if request.method not in {"GET", "HEAD"}:
            return wrong_verb()
        match = _PATH.fullmatch(request.path)
        if match is None or not await self._store.read(gifs.is_known, match[1]):
            return not_found()
        digest, form = match[1], match[2]
        headers = {**_HEADERS, "ETag": f'"{digest}{form}"'}
        if request.headers.get("If-None-Match") == headers["ETag"]:
            return web.Response(status=304, headers=headers)
        try:
            body, media_type = await (self._whole(digest) if form == ".gif" else self._small(digest))
        except FileNotFoundError:
            _log.error("a GIF's bytes are not in the blob store")
            return not_found()
        except WrongImageError:
            return not_found()
        return web.Response(body=body, headers={**headers, "Content-Type": media_type})

    async def _whole(self, digest: str) -> tuple[bytes, str]:
        return await asyncio.to_thread(self._read, digest), "image/gif"

    async def _small(self, digest: str) -> tuple[bytes, str]:
        picture = await self._previews.get(digest, PREVIEW_PX, PREVIEW_PX)
        return picture.data, picture.media_type

    def _read(self, digest: str) -> bytes:
        with self._blobs.open(digest) as file:
            return file.read(MAX_BYTES)
