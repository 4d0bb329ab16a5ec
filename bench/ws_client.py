"""A WebSocket client on bare asyncio: hands every data frame to a function, answers pings, parses nothing else."""

from __future__ import annotations

import asyncio
import base64
import os
from collections.abc import Callable
from typing import cast

from bench.http_client import LOOPBACK, ConnectionEndedError

# RFC 6455, 5.2: opcodes and the two escapes of the short length field
_CLOSE, _PING, _PONG = 8, 9, 10
_FINAL = 0x80
_LENGTH_16_BIT, _LENGTH_64_BIT = 126, 127


class WsConnection(asyncio.Protocol):
    """One open socket. `on_frame` gets the payload of each complete text or binary message."""

    def __init__(self, path: str, on_frame: Callable[[bytes], object]) -> None:
        self.path = path
        self.on_frame = on_frame
        self._transport: asyncio.Transport | None = None
        self._opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._buffer = bytearray()
        self._fragments = bytearray()

    @classmethod
    async def open(cls, port: int, path: str, on_frame: Callable[[bytes], object]) -> WsConnection:
        """Connect and shake hands; raises `ConnectionEndedError` when the server refuses."""
        connection = cls(path, on_frame)
        await asyncio.get_running_loop().create_connection(lambda: connection, LOOPBACK, port)
        await connection._opened
        return connection

    def close(self) -> None:
        """Drop the connection without a closing handshake."""
        if self._transport:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the opening handshake."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's transports are no subclass
        self._transport.write(
            b"GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Key: %s\r\nSec-WebSocket-Version: 13\r\n\r\n"
            % (self.path.encode(), base64.b64encode(os.urandom(16)))
        )

    def connection_lost(self, exc: Exception | None) -> None:
        """Fail the handshake that was due."""
        if not self._opened.done():
            self._opened.set_exception(ConnectionEndedError(f"no handshake: {exc}"))

    def data_received(self, data: bytes) -> None:
        """Read the handshake's answer, then frames."""
        self._buffer += data
        if not self._opened.done() and not self._read_handshake():
            return
        self._read_frames()

    def _read_handshake(self) -> bool:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return False
        if b" 101 " not in self._buffer[: self._buffer.find(b"\r\n")]:
            self._opened.set_exception(ConnectionEndedError(bytes(self._buffer[:300]).decode("latin1")))
            self.close()
            return False
        del self._buffer[: end + 4]
        self._opened.set_result(None)
        return True

    def _read_frames(self) -> None:
        buffer, position, end = self._buffer, 0, len(self._buffer)
        while end - position >= 2:  # a frame's head has two bytes at least
            first, size = buffer[position], buffer[position + 1] & 0x7F
            start = position + 2
            extra = {_LENGTH_16_BIT: 2, _LENGTH_64_BIT: 8}.get(size, 0)
            if extra:  # a length not yet here counts as one that cannot be complete
                size = int.from_bytes(buffer[start : start + extra], "big") if end - start >= extra else end
                start += extra
            if end - start < size:
                break
            position = start + size
            self._take_frame(first, bytes(buffer[start:position]))
        if position:
            del buffer[:position]

    def _take_frame(self, first: int, payload: bytes) -> None:
        kind = first & 0x0F
        if kind == _CLOSE:
            self.close()
        elif kind == _PING and self._transport:
            # a zero masking key: masked, as the RFC asks of a client, and the payload stays as it is
            self._transport.write(bytes((_FINAL | _PONG, 0x80 | len(payload))) + b"\0\0\0\0" + payload)
        elif kind < _CLOSE:
            self._fragments += payload
            if first & _FINAL:
                whole = bytes(self._fragments)
                self._fragments.clear()
                self.on_frame(whole)
