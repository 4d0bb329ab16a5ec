"""`events`: many events to one local handler, and a dead handler beside a healthy one.

`1,000/s`: every message goes to the supervising bots of five applications that share one handler, so 200 messages a
second are 1,000 events. The percentiles run from just before the post to the arrival of the *last* of its five events;
`per_s` is the rate at which the handler got events, until the last one; `lost`: never came.

`both healthy`, `one dead`: messages to two bots of two applications, half to each; in the second case nobody listens at
the address of the second one. Figures are those of the first bot: hand-over, and `ack_p50_ms` of the posts.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field

from bench.handler import Handler
from bench.loops import Outcome, run_open
from bench.processes import CpuSpan
from bench.scenarios.stage import Measurement, Stage, wait_until
from bench.service import Caller, RefusedError
from bench.summary import Values, spread_ms

MESSAGES_PER_S = 200.0
GROUPS = 20  # dialogs; events of one are handed over one after the other
PAIR_PER_S = 60.0
LEAST_S = 4.0  # sustained means longer than a queue
DRAIN_S = 20.0
NOWHERE = "http://127.0.0.1:9/dead"  # discard: nobody listens


@dataclass
class _Log:
    """When each message was posted and answered, and when its events came."""

    posted: dict[int, float] = field(default_factory=dict)
    answered: dict[int, float] = field(default_factory=dict)
    arrived: dict[int, list[float]] = field(default_factory=dict)
    watched: set[int] = field(default_factory=set)  # messages whose events are counted

    def arrive(self, number: int, when: float) -> None:
        self.arrived.setdefault(number, []).append(when)

    def missing(self, each: int) -> int:
        return sum(max(0, each - len(self.arrived.get(number, ()))) for number in self.watched & self.answered.keys())


async def events(stage: Stage) -> AsyncIterator[Measurement]:
    """Measure both; nothing on a target that has no applications."""
    owners = [Caller(stage.service.port, one) for one in stage.service.world.application_owners()]
    if len(owners) < 2 or not stage.service.world.application:
        return
    try:
        yield await _flood(stage, owners)
        for is_dead in (False, True):
            yield await _beside(stage, owners[:2], is_dead=is_dead)
    finally:
        for one in owners:
            one.close()


async def _flood(stage: Stage, owners: list[Caller]) -> Measurement:
    log = _Log()
    handler = await Handler.start(log.arrive)
    bots = [await _register(owner, handler.url, "S") for owner in owners]
    writers = [stage.service.caller(index, GROUPS) for index in range(GROUPS)]
    dialogs = {}
    for writer in writers:
        answer = await writer.call("/rest/im.chat.add.json", USERS=bots, TITLE="Events")
        dialogs[id(writer)] = b"chat%d" % answer["result"] if isinstance(answer, dict) else b""

    async def post(writer: Caller) -> None:
        await _post(stage, log, writer, dialogs[id(writer)])

    with CpuSpan(stage.service.cpu_roots) as cpu:
        outcome = await run_open(writers, post, MESSAGES_PER_S, max(LEAST_S, stage.seconds))
        await wait_until(lambda: not log.missing(len(bots)), DRAIN_S)
    values = _values(log, outcome, cpu, each=len(bots))
    await _clear(owners, bots, writers, handler)
    return Measurement("events", f"{MESSAGES_PER_S * len(bots):,.0f}/s", values)


async def _beside(stage: Stage, owners: list[Caller], *, is_dead: bool) -> Measurement:
    log = _Log()
    handler = await Handler.start(log.arrive)
    bots = [
        await _register(owner, NOWHERE if is_dead and index else handler.url, "B") for index, owner in enumerate(owners)
    ]
    writers = [stage.service.caller(index, GROUPS) for index in range(GROUPS)]
    turn = 0

    async def post(writer: Caller) -> None:
        nonlocal turn
        turn += 1
        place = turn % len(bots)
        await _post(stage, log, writer, b"%d" % bots[place], is_watched=not place)

    with CpuSpan(stage.service.cpu_roots) as cpu:
        outcome = await run_open(writers, post, PAIR_PER_S, max(LEAST_S, stage.seconds))
        await wait_until(lambda: not log.missing(1), DRAIN_S)
    values = _values(log, outcome, cpu, each=1)
    await _clear(owners, bots, writers, handler)
    return Measurement("events", "one dead" if is_dead else "both healthy", values)


async def _post(stage: Stage, log: _Log, writer: Caller, dialog: bytes, *, is_watched: bool = True) -> None:
    number = stage.numbers.take()
    log.posted[number] = time.perf_counter()
    if is_watched:
        log.watched.add(number)
    await writer.send(dialog, number)
    log.answered[number] = time.perf_counter()


async def _register(owner: Caller, url: str, kind: str) -> int:
    params = {"CODE": f"events{kind}", "TYPE": kind, "EVENT_HANDLER": url, "PROPERTIES": {"NAME": "Events"}}
    answer = await owner.call("/rest/imbot.register.json", **params)
    bot = answer.get("result") if isinstance(answer, dict) else None
    if not isinstance(bot, int):
        raise RefusedError("no bot", answer)
    return bot


async def _clear(owners: list[Caller], bots: list[int], writers: list[Caller], handler: Handler) -> None:
    for owner, bot in zip(owners, bots, strict=True):
        with suppress(RefusedError):
            await owner.call("/rest/imbot.unregister.json", BOT_ID=bot)
    for writer in writers:
        writer.close()
    handler.stop()


def _values(log: _Log, outcome: Outcome, cpu: CpuSpan, *, each: int) -> Values:
    complete = {number: max(times) for number, times in log.arrived.items() if len(times) >= each}
    took = [when - log.posted[number] for number, when in complete.items() if number in log.watched]
    if not took:
        return {"lost": log.missing(each), "errors": outcome.errors}
    span = max(complete.values()) - min(log.posted.values())
    ack = spread_ms(log.answered[number] - log.posted[number] for number in log.answered)
    values = {"per_s": sum(map(len, log.arrived.values())) / span, **spread_ms(took), "ack_p50_ms": ack["p50_ms"]}
    values |= cpu.per_operation(outcome.calls * each)
    return values | {"lost": log.missing(each), "errors": outcome.errors}
