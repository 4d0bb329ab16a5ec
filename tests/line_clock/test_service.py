"""The clock of open lines fires what is due, once, and goes on after trouble. See line_clock/service.py."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, cast

import pytest

from skvorets.core.lines import timers
from skvorets.line_clock import service
from skvorets.line_clock.service import LineClock
from skvorets.storage import clock, line_sessions
from skvorets.storage.database import Store, Tx
from skvorets.storage.line_sessions import Timer
from support.line_talks import line_bot, said
from support.lines import Visitor, line_of, visitor_of
from support.world import World

PATIENCE_S = 10.0
_LOOK_S = 0.02
SWITCHED = "Чат-бот передаёт диалог оператору"


async def with_a_bot(world: World, **settings: Any) -> Visitor:
    """Let a customer talk with a bot that has half a minute."""
    bot = await line_bot(world)
    visitor = await visitor_of(world, await line_of(world, [world.bob], bot=bot, bot_s=30, **settings))
    await visitor.writes("Hi")
    return visitor


async def until(seen: Callable[[], Awaitable[bool]]) -> None:
    for _ in range(int(PATIENCE_S / _LOOK_S)):
        if await seen():
            return
        await asyncio.sleep(_LOOK_S)
    pytest.fail("it did not come")


def ahead(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    monkeypatch.setattr(clock, "now_ms", lambda: time.time_ns() // 1_000_000 + seconds * 1000)


async def test_the_server_fires_what_is_due_by_itself(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = await with_a_bot(world)
    ahead(monkeypatch, 31)
    world.app.bus.log_grew()

    async def is_queued() -> bool:
        return (await visitor.session()).queued_at > 0

    await until(is_queued)


async def test_nothing_fires_before_its_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = await with_a_bot(world)
    ahead(monkeypatch, 29)
    assert await world.app.line_clock.fire_due() == 0
    assert (await visitor.session()).queued_at == 0


async def test_several_clocks_fire_it_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await world.app.line_clock.stop()
    visitor = await with_a_bot(world)
    ahead(monkeypatch, 31)
    clocks = [LineClock(world.app.store, asyncio.Event()) for _ in range(4)]
    assert sum(await asyncio.gather(*(one.fire_due() for one in clocks))) == 1
    assert (await said(visitor)).count(SWITCHED) == 1


async def test_a_timer_that_fails_holds_up_nobody(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await world.app.line_clock.stop()
    visitor = await with_a_bot(world)
    session = await visitor.session()
    await world.unit(line_sessions.set_timer, 10**9, "bot", 1)
    fire = timers.fire

    async def fail_at_the_first(tx: Tx, timer: Timer) -> bool:
        if timer.session_id != session.id:
            raise ZeroDivisionError
        return await fire(tx, timer)

    monkeypatch.setattr(timers, "fire", fail_at_the_first)
    ahead(monkeypatch, 31)
    assert await world.app.line_clock.fire_due() == 1
    assert (await visitor.session()).queued_at > 0
    assert "cannot be fired" in caplog.text
    left = await world.app.store.read(line_sessions.due_timers, clock.now_ms() + service.PUT_OFF_MS + 1000, 10)
    assert 10**9 in {one.session_id for one in left}
    caplog.clear()


async def test_timers_of_nothing_and_of_unknown_kinds_are_taken_away(world: World) -> None:
    await world.app.line_clock.stop()
    visitor = await with_a_bot(world)
    session = await visitor.session()
    await world.unit(line_sessions.set_timer, 10**9, "bot", 1)
    await world.unit(line_sessions.set_timer, session.id, "lunch", 1)
    assert await world.app.line_clock.fire_due() == 2
    assert await visitor.session() == session


async def test_trouble_with_the_database_is_survived(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(service, "_FIRST_TROUBLE_S", 0.01)
    monkeypatch.setattr(service, "_LONGEST_TROUBLE_S", 0.02)
    store, wake = TroubledStore(3), asyncio.Event()
    line_clock = LineClock(cast("Store", store), wake)
    await line_clock.start()

    async def is_better() -> bool:
        return store.reads >= 5

    await until(is_better)
    await line_clock.stop()
    assert caplog.text.count("stumbled") == 3
    caplog.clear()


class TroubledStore:
    """A database that refuses the first reads and has no timers afterwards."""

    def __init__(self, refusals: int) -> None:
        self.reads = 0
        self._refusals = refusals

    async def read(self, fn: Callable[..., Awaitable[Any]], *_: object) -> Any:
        self.reads += 1
        if self.reads <= self._refusals:
            raise OSError
        return 0 if fn is line_sessions.next_due else []
