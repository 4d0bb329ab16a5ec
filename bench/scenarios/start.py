"""`start`: a second server of the same kind, on a small database of its own, from the command to the first message.

`start_ms` ends with the acknowledgement of that message; `rss_mib` is the server's memory after it idled for a second.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

from bench.processes import rss_mib
from bench.scenarios.stage import Measurement, Stage
from bench.world import PAIR

IDLE_S = 1.0


async def start(stage: Stage) -> AsyncIterator[Measurement]:
    """Start, time, look, stop."""
    began = time.perf_counter()
    with stage.another() as service:
        caller = service.caller(0, 1)
        await caller.send(service.dialog(PAIR), stage.numbers.take())
        start_ms = 1000 * (time.perf_counter() - began)
        caller.close()
        await asyncio.sleep(IDLE_S)
        memory = rss_mib(service.pid)
    yield Measurement("start", "cold", {"start_ms": start_ms, "rss_mib": memory})
