"""`send`: N callers, each posts, waits for the acknowledgement and posts again. Nobody listens.

`sendlive`: the same while the ten members of the chat are connected and receive everything. Extra figures: `lost`,
deliveries that never came.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from bench.loops import run_closed
from bench.processes import CpuSpan
from bench.scenarios.stage import Measurement, Stage, wait_until
from bench.service import Caller
from bench.world import MEMBERS, TEAM, TEAM_SIZE

CALLERS = (1, 8, 32, 128)
LIVE_CALLERS = 32
DRAIN_S = 3.0  # how long deliveries may trail the last answer
REST_S = 0.2  # between levels, so that a checkpoint of one is not charged to the next


async def send_at(stage: Stage, callers: int, chat: str, scenario: str, level: object) -> Measurement:
    """Measure the closed loop of `callers` posting into `chat`."""
    service, dialog = stage.service, stage.service.dialog(chat)
    workers = [service.caller(index, min(TEAM_SIZE, MEMBERS[chat])) for index in range(callers)]

    async def post(worker: Caller) -> None:
        await worker.send(dialog, stage.numbers.take())

    with CpuSpan(service.cpu_roots) as cpu:
        outcome = await run_closed(workers, post, stage.seconds)
    for worker in workers:
        worker.close()
    await asyncio.sleep(REST_S)
    return stage.rated(scenario, level, outcome, cpu)


async def send(stage: Stage) -> AsyncIterator[Measurement]:
    """Measure all numbers of callers without listeners."""
    for callers in CALLERS:
        yield await send_at(stage, callers, TEAM, "send", callers)


async def sendlive(stage: Stage) -> AsyncIterator[Measurement]:
    """Measure 32 callers with ten listeners and check that everybody got everything."""
    received, first = 0, stage.numbers.last

    def count(number: int) -> None:
        nonlocal received
        received += number > first

    sockets = [await stage.service.listen(index, count) for index in range(TEAM_SIZE)]
    row = await send_at(stage, LIVE_CALLERS, TEAM, "sendlive", LIVE_CALLERS)
    due = (stage.numbers.last - first) * TEAM_SIZE
    await wait_until(lambda: received >= due, DRAIN_S)
    for socket in sockets:
        socket.close()
    stage.best_rate = row.values["per_s"]
    row.values["lost"] = due - received
    yield row
