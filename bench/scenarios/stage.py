"""What every scenario gets (`Stage`) and gives (`Measurement`)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

import msgspec

from bench.loops import Outcome
from bench.numbered import Counter
from bench.processes import CpuSpan
from bench.service import Service
from bench.summary import Values, spread_ms

# A server is idle when it uses less than this part of a core for three spans in a row.
QUIET_CPU = 0.1
QUIET_SPAN_S = 0.5
QUIET_SPANS = 3


class Measurement(msgspec.Struct, frozen=True):
    """One row of the results: a scenario at one level, on one target, in one round."""

    scenario: str
    level: str  # what the scenario was repeated for: callers, rate, size …
    values: Values  # name with unit -> figure


@dataclass
class Stage:
    """One started server and what the scenarios of a round share."""

    service: Service
    seconds: float  # how long one measurement lasts
    another: Callable[[], AbstractContextManager[Service]]  # starts a second server of this kind (scenario `start`)
    library: Callable[[int], AbstractContextManager[Service]]  # starts one with so many messages to read (`reads`)
    numbers: Counter = field(default_factory=Counter)
    knows_socket_memory: bool = False  # later rounds reuse what the first one made the server allocate
    best_rate: float = 0.0  # messages/s reached with listeners in this round; `latency` takes half of it

    def rated(self, scenario: str, level: object, outcome: Outcome, cpu: CpuSpan) -> Measurement:
        """Return the usual row of a closed loop: rate, latency of the answer, CPU per message, errors."""
        values = {"per_s": len(outcome.durations) / self.seconds, **spread_ms(outcome.durations)}
        values |= cpu.per_operation(outcome.calls) | {"errors": outcome.errors}
        return Measurement(scenario, str(level), values)


async def wait_until_idle(service: Service, seconds: float) -> None:
    """Wait until the server has nothing more to do by itself (indexing a new history …), or the time is over."""
    end = time.perf_counter() + seconds
    quiet = 0
    while quiet < QUIET_SPANS and time.perf_counter() < end:
        with CpuSpan(service.cpu_roots) as cpu:
            await asyncio.sleep(QUIET_SPAN_S)
        quiet = quiet + 1 if cpu.server < QUIET_CPU * QUIET_SPAN_S else 0


async def wait_until(is_done: Callable[[], bool], seconds: float) -> bool:
    """Look every millisecond until `is_done` or the time is over; tell which."""
    end = time.perf_counter() + seconds
    while not is_done() and time.perf_counter() < end:  # noqa: ASYNC110 — an event per arrival would cost more
        await asyncio.sleep(0.001)
    return is_done()
