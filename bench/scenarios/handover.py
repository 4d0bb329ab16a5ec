"""`handover`: messages to a bot, until its handler has the event.

The percentiles run from just before the post to the arrival of the event; `after_ack_p50_ms` from the answer of the
post (an event may come before the answer: then it counts as 0). Ten a second is the quiet case; eight people writing to
the bot at once is the busy one, where `per_s` is the rate at which the handler got events. `lost`: never came.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from bench.handler import Handler
from bench.loops import Outcome, run_closed, run_open
from bench.processes import CpuSpan
from bench.scenarios.stage import Measurement, Stage, wait_until
from bench.service import Caller, RefusedError
from bench.summary import spread_ms

QUIET_PER_S = 10.0
QUIET_S = 2.0
WRITERS = 8  # each in a dialog of his own: events of one dialog are handed over one after the other
DRAIN_S = 10.0


@dataclass
class _Log:
    """When each message was posted, answered and handed over (seconds of the performance clock)."""

    posted: dict[int, float] = field(default_factory=dict)
    answered: dict[int, float] = field(default_factory=dict)
    arrived: dict[int, float] = field(default_factory=dict)

    def is_complete(self) -> bool:
        return self.answered.keys() <= self.arrived.keys()


async def handover(stage: Stage) -> AsyncIterator[Measurement]:
    """Register a bot, measure the quiet and the busy case; nothing on a target that has no applications."""
    if not stage.service.world.application:
        return
    log = _Log()
    handler = await Handler.start(log.arrived.setdefault)
    application = Caller(stage.service.port, stage.service.world.application_owner())
    try:
        bot = await _register(application, handler.url)
        yield await _measure(stage, log, bot, is_quiet=True)
        yield await _measure(stage, log, bot, is_quiet=False)
        await application.call("/rest/imbot.unregister.json", BOT_ID=bot)
    finally:
        application.close()
        handler.stop()


async def _register(application: Caller, url: str) -> int:
    answer = await application.call(
        "/rest/imbot.register.json", CODE="bench", TYPE="B", EVENT_HANDLER=url, PROPERTIES={"NAME": "Bench"}
    )
    bot = answer.get("result") if isinstance(answer, dict) else None
    if not isinstance(bot, int):
        raise RefusedError("no bot", answer)
    return bot


async def _measure(stage: Stage, log: _Log, bot: int, *, is_quiet: bool) -> Measurement:
    for part in (log.posted, log.answered, log.arrived):
        part.clear()
    dialog = b"%d" % bot
    writers = [stage.service.caller(index, WRITERS) for index in range(WRITERS)]

    async def post(writer: Caller) -> None:
        number = stage.numbers.take()
        log.posted[number] = time.perf_counter()
        await writer.send(dialog, number)
        log.answered[number] = time.perf_counter()

    with CpuSpan(stage.service.cpu_roots) as cpu:
        if is_quiet:
            outcome = await run_open(writers, post, QUIET_PER_S, QUIET_S)
        else:
            outcome = await run_closed(writers, post, stage.seconds)
        await wait_until(log.is_complete, DRAIN_S)
    for writer in writers:
        writer.close()
    return Measurement("handover", "10/s" if is_quiet else f"{WRITERS} writers", _values(log, outcome, cpu))


def _values(log: _Log, outcome: Outcome, cpu: CpuSpan) -> dict[str, float]:
    pairs = [(number, when) for number, when in log.arrived.items() if number in log.answered]
    if not pairs:
        return {"lost": len(log.answered), "errors": outcome.errors}
    span = max(when for _, when in pairs) - min(log.posted.values())
    after = statistics.median(max(0.0, when - log.answered[number]) for number, when in pairs)
    values = {"per_s": len(pairs) / span, **spread_ms(when - log.posted[number] for number, when in pairs)}
    values |= {"after_ack_p50_ms": 1000 * after, **cpu.per_operation(outcome.calls)}
    return values | {"lost": len(log.answered) - len(pairs), "errors": outcome.errors}
