"""A keep-alive HTTP/1.1 client of one connection, on bare asyncio.

It exists because the generator shares two cores with the server it measures: a full client library costs more per
request than the server does. Loopback only: no TLS, no redirects, no proxies; one request in flight.
"""

from __future__ import annotations

import asyncio
from typing import cast

LOOPBACK = "127.0.0.1"

_IN_HEAD = -1  # waiting for the end of the answer's headers
_IN_CHUNKS = -2  # reading a chunked body


class ConnectionEndedError(Exception):
    """The server closed the connection while an answer was due."""


class HttpConnection(asyncio.Protocol):
    """One connection to the server at `port`; opens itself again when the server closed it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._buffer = bytearray()
        self._chunks = bytearray()
        self._missing = _IN_HEAD
        self._status = 0

    async def post_json(self, path: bytes, body: bytes) -> tuple[int, bytes]:
        """POST `body` and return (status, body) of the answer."""
        head = b"POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        return await self.exchange(head % (path, len(body)) + body)

    async def exchange(self, request: bytes) -> tuple[int, bytes]:
        """Write a complete request and return (status, body) of the answer."""
        loop = asyncio.get_running_loop()
        if self._transport is None or self._transport.is_closing():
            await loop.create_connection(lambda: self, LOOPBACK, self.port)
        transport, self._answer = self._transport, loop.create_future()
        if transport is None:
            raise ConnectionEndedError
        transport.write(request)
        return await self._answer

    def close(self) -> None:
        """Close the connection, if it is open."""
        if self._transport:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start with empty buffers."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's transports are no subclass
        self._buffer.clear()
        self._missing = _IN_HEAD

    def connection_lost(self, exc: Exception | None) -> None:
        """Fail the answer that was due."""
        self._transport = None
        if self._answer and not self._answer.done():
            self._answer.set_exception(ConnectionEndedError(str(exc)))

    def data_received(self, data: bytes) -> None:
        """Read head, then a body of known length or chunks."""
        self._buffer += data
        if self._missing == _IN_HEAD and not self._read_head():
            return
        if self._missing == _IN_CHUNKS:
            self._read_chunks()
        elif len(self._buffer) >= self._missing:
            body = bytes(self._buffer[: self._missing])
            del self._buffer[: self._missing]
            self._finish(body)

    def _read_head(self) -> bool:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return False
        head = bytes(self._buffer[:end]).lower()
        del self._buffer[: end + 4]
        self._status = int(head[9:12])
        at = head.find(b"\r\ncontent-length:")
        if at >= 0:
            self._missing = int(head[at + 17 :].partition(b"\r\n")[0])
        elif b"transfer-encoding: chunked" in head:
            self._missing = _IN_CHUNKS
        else:
            self._missing = 0
        return True

    def _read_chunks(self) -> None:
        while (end := self._buffer.find(b"\r\n")) >= 0:
            size = int(bytes(self._buffer[:end]).partition(b";")[0], 16)
            if len(self._buffer) < end + 2 + size + 2:
                return
            self._chunks += self._buffer[end + 2 : end + 2 + size]
            del self._buffer[: end + 2 + size + 2]
            if size == 0:
                body = bytes(self._chunks)
                self._chunks.clear()
                self._finish(body)
                return

    def _finish(self, body: bytes) -> None:
        self._missing = _IN_HEAD
        if self._answer and not self._answer.done():
            self._answer.set_result((self._status, body))
