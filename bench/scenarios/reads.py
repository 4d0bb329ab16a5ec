"""`reads`: one person with 1,000 chats asks for his lists, in histories of 100,000 and of 1,000,000 messages.

One caller in a closed loop, each method by itself: what he waits for when he opens his messenger. `kib` is the size
of an answer. The libraries (`bench/library.py`) are prepared at the first round; what the server does with a new
history of its own accord is over before the clock runs.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

from bench.loops import run_closed
from bench.processes import CpuSpan
from bench.scenarios.stage import Measurement, Stage, wait_until_idle
from bench.service import Caller, Service
from bench.world import LIBRARY_SIZES, LONG

PAGE = 50
# A million messages are indexed for search in minutes.
IDLE_WITHIN_S = 900.0
KIB = 1024


async def reads(stage: Stage) -> AsyncIterator[Measurement]:
    """Measure every method at both sizes; nothing on a target that has no such methods."""
    if stage.service.name.startswith("stub"):
        return
    for messages in LIBRARY_SIZES:
        with stage.library(messages) as service:
            await wait_until_idle(service, IDLE_WITHIN_S)
            rows = [await _measure(stage, service, method, messages) for method in _methods(service)]
        for row in rows:
            yield row


def _methods(service: Service) -> Mapping[str, Mapping[str, object]]:
    return {
        "im.recent.list": {},
        "im.recent.get": {},
        "im.counters.get": {},
        "im.dialog.messages.get": {"DIALOG_ID": service.dialog(LONG).decode(), "LIMIT": PAGE},
    }


async def _measure(stage: Stage, service: Service, method: str, messages: int) -> Measurement:
    worker, params, size = service.caller(0, 1), _methods(service)[method], 0

    async def ask(caller: Caller) -> None:
        nonlocal size
        size = await caller.ask(f"/rest/{method}.json", **params)

    with CpuSpan(service.cpu_roots) as cpu:
        outcome = await run_closed([worker], ask, stage.seconds)
    worker.close()
    row = stage.rated("reads", f"{method}, {messages:,}", outcome, cpu)
    row.values["kib"] = size / KIB
    return row
