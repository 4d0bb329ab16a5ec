"""`fanout`: 1,000 connected members of one chat; messages one at a time, until the last member has each.

The percentiles are those of the last arrival. `first_ms`: median of the first arrival; `kib_per_socket`: memory of the
server per connected member (first round only); `connect_s`: time to connect them all; `cpu_ms`: for one message to all.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import AsyncIterator
from functools import partial

from bench.processes import CpuSpan, rss_mib
from bench.scenarios.stage import Measurement, Stage, wait_until
from bench.summary import spread_ms
from bench.world import HALL, HALL_SIZE

MESSAGES = 8
WAIT_S = 10.0  # for the last member
PAUSE_S = 0.1
CONNECTING_AT_ONCE = 20
SETTLE_S = 0.3


async def fanout(stage: Stage) -> AsyncIterator[Measurement]:
    """Connect the hall and measure a few messages."""
    service = stage.service
    arrivals: dict[int, list[float]] = {}

    def arrived(number: int) -> None:
        if number in arrivals:
            arrivals[number].append(time.perf_counter())

    before, began = rss_mib(service.pid), time.perf_counter()
    sockets = []
    for start in range(0, HALL_SIZE, CONNECTING_AT_ONCE):
        batch = range(start, min(HALL_SIZE, start + CONNECTING_AT_ONCE))
        sockets += await asyncio.gather(*(service.listen(index, arrived) for index in batch))
    connect_s = time.perf_counter() - began
    await asyncio.sleep(SETTLE_S)
    values = {"connect_s": connect_s}
    if not stage.knows_socket_memory:
        values["kib_per_socket"] = (rss_mib(service.pid) - before) * 1024 / HALL_SIZE
        stage.knows_socket_memory = True
    values |= await _shout(stage, arrivals)
    for socket in sockets:
        socket.close()
    await asyncio.sleep(SETTLE_S)
    yield Measurement("fanout", f"{HALL_SIZE:,} sockets", values)


async def _shout(stage: Stage, arrivals: dict[int, list[float]]) -> dict[str, float]:
    caller, dialog = stage.service.caller(0, 1), stage.service.dialog(HALL)
    first, last, lost = [], [], 0
    with CpuSpan(stage.service.cpu_roots) as cpu:
        for _ in range(MESSAGES):
            number = stage.numbers.take()
            times = arrivals[number] = []
            began = time.perf_counter()
            await caller.send(dialog, number)
            await wait_until(partial(_has_all, times), WAIT_S)
            lost += HALL_SIZE - len(times)
            if times:
                first.append(times[0] - began)
                last.append(times[-1] - began)
            await asyncio.sleep(PAUSE_S)
    caller.close()
    first_ms = 1000 * statistics.median(first) if first else float("nan")
    return {**spread_ms(last), "first_ms": first_ms, **cpu.per_operation(MESSAGES), "lost": lost}


def _has_all(times: list[float]) -> bool:
    return len(times) >= HALL_SIZE
