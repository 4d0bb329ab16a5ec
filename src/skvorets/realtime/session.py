"""One connected person: what he may see, and the transport that takes ready frames.

    expected ──read_arrival──► live ──leave, cut, void, stop──► gone

While it is expected, the hub's batches are held for it, so that nothing falls between the snapshot and the live events.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from skvorets.realtime import frames
from skvorets.realtime.identity import Identity
from skvorets.storage.event_log import Position

if TYPE_CHECKING:
    from skvorets.realtime.batches import Batch

# A reader so far behind is cut: he comes again with ``since`` instead of filling the memory. At the beginning of a
# batch, so that one great batch does not cut those who keep up.
MAX_UNSENT_BYTES = 1024 * 1024

# Close codes: RFC 6455 §7.4.1, and our own above 4000.
GOING_AWAY = 1001
VOID_IDENTITY = 4401

# Behind any event.
_NEVER = Position(2**64, 0)


class Session:
    """A push socket."""

    __slots__ = ("chats", "held", "identity", "is_heard", "start", "transport", "turn")

    def __init__(self, identity: Identity, transport: asyncio.Transport) -> None:
        """Nothing is sent before the hub knows what the person may see."""
        self.identity = identity
        self.transport = transport
        # Chat -> id of the first message that the person sees there.
        self.chats: dict[int, int] = {}
        # Events up to here are in the snapshot the session began with; while that is read, none is sent.
        self.start = _NEVER
        # Batches that came while the snapshot was read.
        self.held: list[Batch] = []
        # Did anything come from the other side since the last heartbeat?
        self.is_heard = True
        # Number of the batch at which the write buffer was looked at.
        self.turn = 0

    def write(self, frame: bytes, turn: int) -> bool:
        """Hand over wire bytes; False when the reader is too far behind.

        Straight to the transport: the frame is complete, uncompressed and unmasked, which is what aiohttp's writer
        would make of it for each socket anew.
        """
        transport = self.transport
        if transport.is_closing():
            return True
        if self.turn != turn:
            self.turn = turn
            if transport.get_write_buffer_size() > MAX_UNSENT_BYTES:
                return False
        transport.write(frame)
        return True

    def sees(self, chat_id: int, message_id: int) -> bool:
        """May the person see this message of a chat of his?"""
        return message_id >= self.chats.get(chat_id, message_id + 1)

    def has_expired(self) -> bool:
        """Is the time of the credential over?"""
        return 0 < self.identity.expires_at <= time.time()

    def cut(self) -> None:
        """End the connection at once; what is unsent is dropped."""
        self.transport.abort()

    def close(self, code: int) -> None:
        """Say why, send what is unsent, end the connection."""
        if not self.transport.is_closing():
            self.transport.write(frames.close_frame(code))
            self.transport.close()
