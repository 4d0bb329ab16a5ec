"""What tests of open lines share."""

from __future__ import annotations

import pytest

from support.line_time import VirtualTime
from support.world import World


@pytest.fixture
async def passing(world: World, monkeypatch: pytest.MonkeyPatch) -> VirtualTime:
    """Give the server's time; its own clock of lines is stopped, so that the test alone fires timers."""
    await world.app.line_clock.stop()
    return VirtualTime(world, monkeypatch)
