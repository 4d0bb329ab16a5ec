"""HTTP answers of ``/rest/``: the usual small one is written to the socket by one call.

Measured: building an ordinary response of the library costs an eighth of a whole ``im.message.add``. The short way is
taken for small answers over HTTP/1.1 on a connection that stays open; everything else takes the library's way.
"""

from __future__ import annotations

import time
from email.utils import formatdate
from http import HTTPStatus

from aiohttp import HttpVersion11, web
from aiohttp.abc import AbstractStreamWriter

CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "origin, content-type, accept, authorization",
    "X-Content-Type-Options": "nosniff",
}
# Larger answers are left to the library, which waits for slow readers.
MAX_WHOLE = 64 * 1024
_COMMON_HEAD = "".join(f"{name}: {value}\r\n" for name, value in CORS.items())
# Heads of this second, by status and content type: they hold the date.
_heads: dict[tuple[int, str], bytes] = {}
_heads_second = 0


class WholeReply(web.StreamResponse):
    """An answer whose head and body leave together."""

    def __init__(self, status: int, head: bytes, body: bytes) -> None:
        """``head`` ends where the length of the body is to be written."""
        super().__init__(status=status)
        self._whole = b"%s%d\r\n\r\n%s" % (head, len(body), body)

    @property
    def keep_alive(self) -> bool:
        """The connection stays open: otherwise ``reply`` would not have taken this way."""
        return True

    async def prepare(self, request: web.BaseRequest) -> AbstractStreamWriter | None:
        """Write everything; nothing is left to be streamed."""
        if request.transport is None:
            message = "the caller went away"
            raise ConnectionResetError(message)
        request.transport.write(self._whole)
        return None

    async def write_eof(self, data: bytes = b"") -> None:
        """End the answer: it has ended already."""


def reply(request: web.BaseRequest, status: int, body: bytes, content_type: str) -> web.StreamResponse:
    """Answer a request with a whole body."""
    transport = request.transport
    is_ordinary = (
        len(body) <= MAX_WHOLE
        and request.method != "HEAD"
        and request.version == HttpVersion11
        and request.keep_alive
        and transport is not None
        and transport.get_write_buffer_size() < MAX_WHOLE
    )
    if is_ordinary:
        return WholeReply(status, _head(status, content_type), body)
    return web.Response(body=body, status=status, headers={"Content-Type": content_type, **CORS})


def _head(status: int, content_type: str) -> bytes:
    global _heads_second  # noqa: PLW0603 — a memory of the module, like the heads themselves
    second = int(time.time())
    if second != _heads_second:
        _heads.clear()
        _heads_second = second
    head = _heads.get((status, content_type))
    if head is None:
        line = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nContent-Type: {content_type}\r\n"
        date = f"Date: {formatdate(second, usegmt=True)}\r\n"
        head = _heads[status, content_type] = f"{line}{_COMMON_HEAD}{date}Content-Length: ".encode()
    return head
