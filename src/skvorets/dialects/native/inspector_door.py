"""The door ``/dev/hook/NAME``: keeps whatever is sent there and says "ok".

For whoever looks at his bot's first events without a server of his own (``core/inspectors.py``). Nothing is run, and
nothing that was sent is ever sent back here.
"""

from __future__ import annotations

import msgspec
from aiohttp import web

from skvorets.core import inspectors
from skvorets.errors import NotFoundError
from skvorets.storage.database import Store, lock_key
from skvorets.storage.inspectors import NewRequest

PREFIX = "/dev/hook/"
# Bytes that are kept of a body, and characters of an address and of a header.
MAX_BODY = 64 * 1024
MAX_READ = 1024 * 1024  # the rest is not even read
MAX_QUERY = 2_048
MAX_HEADER = 1_024
MAX_HEADERS = 40
_HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
_KEY = lock_key("inspectors")
_encoder = msgspec.json.Encoder()


class InspectorDoor:
    """Takes requests for inspectors."""

    def __init__(self, store: Store) -> None:
        """Keep them in this store."""
        self._store = store

    @staticmethod
    def is_meant(request: web.BaseRequest) -> bool:
        """Does the address name an inspector?"""
        return request.path.startswith(PREFIX)

    async def handle(self, request: web.BaseRequest) -> web.Response:
        """Keep one request: 200 or 404."""
        name = request.path.removeprefix(PREFIX)
        body, size = await _read_start(request)
        headers = [
            (_storable(name)[:MAX_HEADER], _storable(value)[:MAX_HEADER])
            for name, value in list(request.headers.items())[:MAX_HEADERS]
        ]
        new = NewRequest(
            verb=request.method[:16],
            query=_storable(request.query_string)[:MAX_QUERY],
            headers=_encoder.encode(headers).decode(),
            body=_storable(body.decode("utf-8", "replace")),
            body_size=size,
        )
        try:
            await self._store.write(_KEY, inspectors.keep_request, _storable(name), new)
        except NotFoundError:
            return web.Response(status=404, text="Not found\n", headers=_HEADERS)
        return web.Response(text="ok\n", headers=_HEADERS)


async def _read_start(request: web.BaseRequest) -> tuple[bytes, int]:
    """The beginning of the body, and how long the whole is."""
    start, size = bytearray(), 0
    async for piece in request.content.iter_chunked(MAX_BODY):
        start += piece[: max(0, MAX_BODY - size)]
        size += len(piece)
        if size >= MAX_READ:
            break
    return bytes(start), size


def _storable(text: str) -> str:
    """Give a text as every database can store it."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "\ufffd")
