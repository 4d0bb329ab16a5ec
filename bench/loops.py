"""The two ways to put load on a server: closed (as fast as answers come) and open (at a given rate)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from bench.http_client import ConnectionEndedError
from bench.service import RefusedError

Worker = TypeVar("Worker")

CALL_ERRORS = (RefusedError, ConnectionEndedError, OSError)
WARM_UP_S = 0.3  # not counted: connections are opened, caches filled
ERRORS_SHOWN = 3
ERRORS_UNTIL_GIVING_UP = 20  # per worker


@dataclass
class Outcome:
    """Durations (seconds) of what was counted, and what went wrong."""

    durations: list[float] = field(default_factory=list)
    errors: int = 0
    calls: int = 0  # counted or not: the divisor for CPU per operation

    def fail(self, error: Exception) -> None:
        """Count an error and show the first few."""
        self.errors += 1
        if self.errors <= ERRORS_SHOWN:
            print(f"  error: {error!r:.300}", flush=True)


async def run_closed(workers: Sequence[Worker], call: Callable[[Worker], Awaitable[object]], seconds: float) -> Outcome:
    """Let every worker call again as soon as it is answered; calls that end within the span are counted."""
    outcome = Outcome()
    start = time.perf_counter() + WARM_UP_S
    end = start + seconds

    async def work(worker: Worker) -> None:
        failures = 0
        while (began := time.perf_counter()) < end and failures < ERRORS_UNTIL_GIVING_UP:
            try:
                await call(worker)
            except CALL_ERRORS as error:
                failures += 1
                outcome.fail(error)
                continue
            outcome.calls += 1
            if start <= (ended := time.perf_counter()) <= end:
                outcome.durations.append(ended - began)

    await asyncio.gather(*map(work, workers))
    return outcome


async def run_open(
    workers: Sequence[Worker], call: Callable[[Worker], Awaitable[object]], rate: float, seconds: float
) -> Outcome:
    """Start `rate` calls a second whatever the answers do (as long as a worker is free)."""
    outcome = Outcome()
    free: asyncio.Queue[Worker] = asyncio.Queue()
    for worker in workers:
        free.put_nowait(worker)

    async def one(worker: Worker) -> None:
        began = time.perf_counter()
        try:
            await call(worker)
            outcome.durations.append(time.perf_counter() - began)
        except CALL_ERRORS as error:
            outcome.fail(error)
        free.put_nowait(worker)

    start, running = time.perf_counter(), []
    for turn in range(int(rate * seconds)):
        wait = start + turn / rate - time.perf_counter()
        if wait > 0:
            await asyncio.sleep(wait)
        if time.perf_counter() > start + 2 * seconds:
            break  # hopelessly behind: the figure would be about the queue
        outcome.calls += 1
        running.append(asyncio.ensure_future(one(await free.get())))
    await asyncio.gather(*running)
    return outcome
