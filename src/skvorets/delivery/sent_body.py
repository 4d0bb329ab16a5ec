"""A request body that knows how much of it has left: the difference between "try again" and "perhaps twice".

The HTTP client writes the head together with the first bytes of the body, so three states are enough: untouched
(nothing was given to a connection), partly still in this process, and sent (all of it with the kernel).
"""

from __future__ import annotations

import asyncio
import select
from typing import cast

from aiohttp import ClientConnectionResetError, Payload
from aiohttp.abc import AbstractStreamWriter
from aiohttp.http import StreamWriter

FORM_TYPE = "application/x-www-form-urlencoded"

# Bytes written at once. TLS takes whatever it is given without a word; in pieces it can say when the other side stops.
WRITE_BYTES = 64 * 1024

# Linux tells that the other side has closed before anything is read; elsewhere the check is left out.
_CLOSED_EVENTS = getattr(select, "POLLRDHUP", 0)


class SentBody(Payload):
    """The body of one POST. Reusable as long as it is untouched."""

    _autoclose = True  # nothing to close

    def __init__(self, body: bytes) -> None:
        super().__init__(body, content_type=FORM_TYPE)
        self._body = body
        self._size: int = len(body)
        self._stream: StreamWriter | None = None
        self._transport: asyncio.WriteTransport | None = None
        self._is_handed_over = False

    @property
    def is_untouched(self) -> bool:
        """Has not one byte of the request been given to a connection?"""
        return self._stream is None

    @property
    def was_sent(self) -> bool:
        """Is the whole request with the kernel? To be asked before the event loop runs on after a failure.

        Over TLS the last 128 KiB may wait below the layer that can be asked; then the answer is a cautious yes.
        """
        return self._is_handed_over and self._stream is not None and not self._stream.protocol.writing_paused

    def drop_rest(self) -> None:
        """Make sure that what has not left never does: closing alone would let the event loop send it later."""
        if self._transport is not None:
            self._transport.abort()

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        """Return the body as text (the client asks for it in debug output only)."""
        return self._body.decode(encoding, errors)

    async def write(self, writer: AbstractStreamWriter) -> None:
        """Give head and body to the connection. Raises ClientConnectionResetError, untouched, if that is closed."""
        stream = cast("StreamWriter", writer)  # the client has no other kind
        transport = stream.transport
        if transport is None or transport.is_closing() or _has_peer_closed(transport):
            raise ClientConnectionResetError("the kept connection was closed by the other side")
        # The protocol shall count as paused as soon as anything waits in this process (0 stalls asyncio's TLS).
        transport.set_write_buffer_limits(high=1, low=0)
        self._stream = stream
        self._transport = transport
        for start in range(0, max(self._size, 1), WRITE_BYTES):  # an empty body still has a head to write
            if start:
                await stream.drain()
            await stream.write(self._body[start : start + WRITE_BYTES], drain=False)
        self._is_handed_over = True
        await stream.drain()


def _has_peer_closed(transport: asyncio.BaseTransport) -> bool:
    """Has the other side closed, unseen by the event loop so far?

    A busy loop learns of it late, and what is then written to a kept connection is lost in a way that nobody can tell
    from a handler that died at work.
    """
    connection = transport.get_extra_info("socket")
    if connection is None or not _CLOSED_EVENTS:
        return False
    poll = select.poll()
    poll.register(connection.fileno(), _CLOSED_EVENTS)
    return bool(poll.poll(0))
