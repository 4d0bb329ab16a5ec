"""Let time pass for open lines without waiting: the clock of the database jumps, and what became due is fired."""

from __future__ import annotations

import time

import pytest

from skvorets.storage import clock
from support.world import World

_MS = 1000


class VirtualTime:
    """The server's time, which runs ahead of ours; until the end of the test."""

    def __init__(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        """Begin with the real time."""
        self.world = world
        self.ahead_ms = 0
        monkeypatch.setattr(clock, "now_ms", self.now_ms)

    def now_ms(self) -> int:
        """Give the server's time, unix milliseconds."""
        return time.time_ns() // 1_000_000 + self.ahead_ms

    async def pass_s(self, seconds: float) -> int:
        """Let seconds pass and fire what became due; how many timers that were."""
        self.ahead_ms += int(seconds * _MS)
        return await self.world.app.line_clock.fire_due()
