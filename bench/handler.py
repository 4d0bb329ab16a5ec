"""A handler of events as a bot would run one, on bare asyncio: answers 200 at once, notes when each message came."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import cast

from bench.http_client import LOOPBACK
from bench.numbered import numbers_in

_ACCEPTED = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: text/plain\r\n\r\nok"


class Handler:
    """A listening handler. `arrived(number, when)` is called for each message found in a posted event."""

    def __init__(self, server: asyncio.Server) -> None:
        self._server = server
        self.url = f"http://{LOOPBACK}:{server.sockets[0].getsockname()[1]}/event"

    @classmethod
    async def start(cls, arrived: Callable[[int, float], object]) -> Handler:
        """Listen at a free port of the loopback."""
        loop = asyncio.get_running_loop()
        return cls(await loop.create_server(lambda: _Posted(arrived), LOOPBACK, 0, backlog=1024))

    def stop(self) -> None:
        """Stop listening."""
        self._server.close()


class _Posted(asyncio.Protocol):
    def __init__(self, arrived: Callable[[int, float], object]) -> None:
        self._arrived = arrived
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's transports are no subclass

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end].lower() + b"\r\n"
            at = head.find(b"\r\ncontent-length:")
            size = int(head[at + 17 : head.index(b"\r\n", at + 2)]) if at >= 0 else 0
            if len(self._buffer) < end + 4 + size:
                return
            body, self._buffer = self._buffer[end + 4 : end + 4 + size], self._buffer[end + 4 + size :]
            self._answer(body)

    def _answer(self, body: bytes) -> None:
        now = time.perf_counter()
        for number in dict.fromkeys(numbers_in(body)):  # an event may carry the text twice
            self._arrived(number, now)
        if self._transport:
            self._transport.write(_ACCEPTED)
