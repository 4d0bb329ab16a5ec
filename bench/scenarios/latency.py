"""`latency`: messages at a steady rate; from just before the post to the arrival at a connected member.

Two rates: ten a second (a quiet team) and half of what `sendlive` reached in this round (a busy server). Figures are
those of the delivery; `ack_p50_ms` and `ack_p99_ms` those of the answer; `lost` counts deliveries that never came.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator

from bench.loops import run_open
from bench.processes import CpuSpan
from bench.scenarios.stage import Measurement, Stage, wait_until
from bench.service import Caller
from bench.summary import spread_ms
from bench.world import PAIR

QUIET_PER_S = 10.0
CALLERS = 32
DRAIN_S = 3.0
LEAST_QUIET_S = 2.0  # at ten a second a shorter span has too few messages for a percentile


async def latency(stage: Stage) -> AsyncIterator[Measurement]:
    """Measure the quiet rate, and half of the best one when it is known."""
    yield await _deliver_at(stage, QUIET_PER_S, "10/s", max(LEAST_QUIET_S, stage.seconds))
    if stage.best_rate:
        yield await _deliver_at(stage, stage.best_rate / 2, "half of max", stage.seconds)


async def _deliver_at(stage: Stage, rate: float, level: str, seconds: float) -> Measurement:
    service, dialog = stage.service, stage.service.dialog(PAIR)
    sent: dict[int, float] = {}
    took: list[float] = []

    def arrived(number: int) -> None:
        began = sent.pop(number, None)
        if began is not None:
            took.append(time.perf_counter() - began)

    sockets = [await service.listen(0, _overhear), await service.listen(1, arrived)]
    workers = [service.caller(0, 1) for _ in range(CALLERS)]

    async def post(worker: Caller) -> None:
        number = stage.numbers.take()
        sent[number] = time.perf_counter()
        await worker.send(dialog, number)

    with CpuSpan(service.cpu_roots) as cpu:
        outcome = await run_open(workers, post, rate, seconds)
    await wait_until(lambda: not sent, DRAIN_S)
    for socket in sockets:
        socket.close()
    for worker in workers:
        worker.close()
    ack = spread_ms(outcome.durations)
    values = {"per_s": outcome.calls / seconds, **spread_ms(took)}
    values |= {"ack_p50_ms": ack["p50_ms"], "ack_p99_ms": ack["p99_ms"]}
    values |= cpu.per_operation(outcome.calls) | {"lost": len(sent), "errors": outcome.errors}
    return Measurement("latency", level, values)


def _overhear(_number: int) -> None:
    """Listen as the author does, without a clock."""
