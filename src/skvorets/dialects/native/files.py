"""The door ``/files/``: pictures of people and chats by their digest.

    GET /files/avatar/<64 hex digits>

The address cannot be guessed and its content never changes, so it needs no session and may be cached for ever. Only
what begins as a picture is served, with that type and no other: ``nosniff`` and a sandbox keep a browser from treating
somebody's upload as a page. See delivery-and-security in docs, "OWASP ASVS 5.0" (files).
"""

from __future__ import annotations

import asyncio

from aiohttp import web

from skvorets.core.pictures import media_type_of
from skvorets.storage.blobs import BlobStore

_PREFIX = "/files/avatar/"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
    # A year, the most that caches believe.
    "Cache-Control": "public, max-age=31536000, immutable",
}


class FilesDoor:
    """Serves ``/files/``."""

    def __init__(self, blobs: BlobStore) -> None:
        """Serve from these blobs."""
        self._blobs = blobs

    async def handle_file(self, request: web.BaseRequest) -> web.Response:
        """Answer one request: 200, 304, 404 or 405."""
        if request.method not in {"GET", "HEAD"}:
            return web.Response(status=405, headers={"Allow": "GET, HEAD"})
        digest = request.path.removeprefix(_PREFIX)
        if digest == request.path:
            return _not_found()
        try:
            data = await asyncio.to_thread(self._read, digest)
        except FileNotFoundError:
            return _not_found()
        media_type = media_type_of(data)
        if not media_type:
            return _not_found()
        headers = {**_HEADERS, "ETag": f'"{digest}"'}
        if request.headers.get("If-None-Match") == headers["ETag"]:
            return web.Response(status=304, headers=headers)
        return web.Response(body=data, headers={**headers, "Content-Type": media_type})

    def _read(self, digest: str) -> bytes:
        with self._blobs.open(digest) as file:
            return file.read()


def _not_found() -> web.Response:
    return web.Response(status=404, text="Not found\n", headers={"X-Content-Type-Options": "nosniff"})
