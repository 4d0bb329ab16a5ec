"""`list`: N callers ask for the latest 20 messages of a chat, again and again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress

from bench.loops import run_closed
from bench.processes import CpuSpan
from bench.scenarios.stage import Measurement, Stage
from bench.service import Caller, RefusedError
from bench.world import ANCIENT, OLD, TEAM, TEAM_SIZE

CALLERS = (1, 8, 32)
PAGE = 20


async def list_latest(stage: Stage) -> AsyncIterator[Measurement]:
    """Measure the team's chat at all numbers of callers, and the old chats (when prepared) at 8."""
    levels = [(TEAM, callers, str(callers)) for callers in CALLERS]
    levels += [(chat, 8, f"8, {chat}") for chat in (OLD, ANCIENT) if stage.service.has_chat(chat)]
    for chat, callers, level in levels:
        yield await _list_at(stage, chat, callers, level)


async def _list_at(stage: Stage, chat: str, callers: int, level: str) -> Measurement:
    service, dialog = stage.service, stage.service.dialog(chat)
    workers = [service.caller(index, TEAM_SIZE) for index in range(callers)]
    for _ in range(PAGE + 5):  # so that a full page is there
        await workers[0].send(dialog, stage.numbers.take())
    for worker in workers:  # otherwise the documented reply goes on down to the last message that was read
        with suppress(RefusedError):  # the stub keeps no read marks
            await worker.call("/rest/im.dialog.read.all.json")

    async def read(worker: Caller) -> None:
        found = await worker.list_latest(dialog)
        if found != PAGE:
            raise RefusedError(f"{found} messages instead of {PAGE}")

    with CpuSpan(service.cpu_roots) as cpu:
        outcome = await run_closed(workers, read, stage.seconds)
    for worker in workers:
        worker.close()
    return stage.rated("list", level, outcome, cpu)
