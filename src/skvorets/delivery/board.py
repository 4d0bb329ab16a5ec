"""Which lane is next: the part of the worker that waits, queues and counts, and sends nothing itself.

    planned / retry is due / handler is back ──► READY ──serve──► BUSY ──done──┬─► READY: the next one
                                                   ▲                           ├─► PAUSED until its time
                                                   └────────── timer ◄─────────┘   IDLE: forgotten

``_pump`` starts what may start and is called whenever something changed; there is no loop that looks around.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from collections.abc import Set as AbstractSet

import msgspec

from skvorets.delivery.breaker import BreakerState
from skvorets.delivery.lanes import ApplicationLoad, Lane, LaneState, Target
from skvorets.delivery.schedule import PARK_HEAD_AFTER_S
from skvorets.storage import deliveries, pull
from skvorets.storage.database import Store
from skvorets.storage.deliveries import LaneKey, Planned

# Deliveries under way in all; each holds a connection (OutgoingSettings.max_connections).
MAX_IN_FLIGHT = 1_000
# Lanes looked up at a time when not all of a target's are known.
SCAN_LANES = 200
# Seconds that deliveries under way have to end when the server stops; what is left is repeated after the next start.
STOP_S = 3.0
_MS = 1000

_log = logging.getLogger(__name__)


class HandlerHealth(msgspec.Struct, frozen=True):
    """How one handler is doing, for the console."""

    target: str
    state: BreakerState
    failures: int  # connection failures in a row
    last_failure: str
    next_attempt_at: int  # unix milliseconds, 0 = the breaker is closed
    lanes: int  # conversations that wait and are known to the worker


class Board:
    """All lanes that are known, and who may go next."""

    def __init__(self, store: Store, serve: Callable[[Lane], Awaitable[int]]) -> None:
        """``serve`` does one delivery of a lane and says until when it must pause (unix milliseconds, 0 = not)."""
        self._store = store
        self._serve = serve
        self._loads: dict[int, ApplicationLoad] = {}
        self._targets: dict[str, Target] = {}
        self._in_flight = 0
        self._starved: dict[str, Target] = {}  # could start something, were there room
        self._tasks: set[asyncio.Task[None]] = set()
        self.is_stopping = False

    async def start(self, leave_alone: AbstractSet[int] = frozenset()) -> None:
        """Take up everything that waits in the database, and nothing that was known before a stop.

        ``leave_alone``: ids of applications that take their events themselves.
        """
        self._loop = asyncio.get_running_loop()
        self.is_stopping = False
        self._in_flight = 0
        for known in (self._loads, self._targets, self._starved):
            known.clear()
        name = ""
        while (found := await self._store.read(deliveries.next_target, name)) is not None:
            name, application_id = found
            if application_id in leave_alone:
                continue
            target = self._target(application_id, name)
            target.is_complete = False
            self._scan(target)

    async def stop(self) -> None:
        """Begin nothing more and give what is under way a little time."""
        self.is_stopping = True
        for target in self._targets.values():
            _cancel_timers(target)
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=STOP_S)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def planned(self, rows: Iterable[Planned]) -> None:
        """Rows were committed: send them. Called on the event loop."""
        for application_id, key, row in rows:
            target = self._target(application_id, key.target)
            lane = target.lane(key.chat_id)
            if lane is None:
                continue  # found by a scan when there is room
            lane.add(row)
            if lane.state is LaneState.IDLE:
                self._schedule(lane)
            elif lane.state is LaneState.PAUSED:
                self._hurry(lane)

    def revived(self, application_id: int, keys: Iterable[LaneKey]) -> None:
        """Older rows of these lanes wait again (replay)."""
        for key in keys:
            lane = self._target(application_id, key.target).lane(key.chat_id)
            if lane is None:
                continue  # found by a scan when there is room
            lane.is_stale = True
            if lane.state is LaneState.PAUSED and lane.timer is not None:
                lane.timer.cancel()
            if lane.state in {LaneState.IDLE, LaneState.PAUSED}:
                self._make_ready(lane)

    async def take_up(self, application_id: int) -> None:
        """Send from now on what waits for an application."""
        for name in await self._store.read(pull.open_targets, application_id):
            target = self._target(application_id, name)
            target.is_complete = False
            self._scan(target)

    def leave_off(self, application_id: int) -> None:
        """Send nothing more to an application; what is under way is finished."""
        load = self._loads.pop(application_id, None)
        if load is None:
            return
        load.is_left_off = True
        for name, target in load.targets.items():
            self._targets.pop(name, None)
            self._starved.pop(name, None)
            _cancel_timers(target)

    def health(self) -> list[HandlerHealth]:
        """How the handlers are doing that were called since the start, by target."""
        return [
            HandlerHealth(
                target=name,
                state=target.breaker.state,
                failures=target.breaker.failures,
                last_failure=target.breaker.last_failure,
                next_attempt_at=target.breaker.opens_again_at,
                lanes=len(target.lanes),
            )
            for name, target in sorted(self._targets.items())
        ]

    def wake_all(self, target: Target) -> None:
        """The handler is back: nothing has to wait for its own time."""
        for lane in list(target.lanes.values()):
            if lane.state is LaneState.PAUSED and lane.timer is not None:
                lane.timer.cancel()
                if lane.rows:
                    lane.rows[0] = lane.rows[0]._replace(next_at=0)
                self._make_ready(lane)

    # ---- which lane is next

    def _target(self, application_id: int, name: str) -> Target:
        target = self._targets.get(name)
        if target is None:
            load = self._loads.setdefault(application_id, ApplicationLoad(application_id))
            target = self._targets[name] = load.targets[name] = Target(load, name)
        return target

    def _schedule(self, lane: Lane) -> None:
        """Put a lane that is not busy where it belongs by its head."""
        if lane.needs_filling:
            self._make_ready(lane)
        elif not lane.rows:
            lane.state = LaneState.IDLE
            lane.target.forget_idle(lane)
            if not lane.target.is_complete:
                self._scan(lane.target)
        elif lane.rows[0].next_at > now_ms():
            self._pause(lane, lane.rows[0].next_at)
        else:
            self._make_ready(lane)

    def _make_ready(self, lane: Lane) -> None:
        lane.state = LaneState.READY
        lane.timer = None
        lane.target.ready.append(lane)
        self._pump(lane.target)

    def _pause(self, lane: Lane, until: int) -> None:
        lane.state = LaneState.PAUSED
        lane.due_at = until
        lane.timer = self._loop.call_later(max(0, until - now_ms()) / _MS, self._make_ready, lane)

    def _hurry(self, lane: Lane) -> None:
        """Something waits behind the head now: the head may not take longer than the lane may stand still."""
        latest = now_ms() + round(PARK_HEAD_AFTER_S * _MS)
        if lane.due_at > latest and lane.timer is not None:
            lane.timer.cancel()
            self._pause(lane, latest)

    def _pump(self, target: Target) -> None:
        """Start what may start at one target."""
        now = now_ms()
        while target.ready and not self.is_stopping:
            if not target.application.has_slot:
                return  # pumped again when one of the application's deliveries ends
            if self._in_flight >= MAX_IN_FLIGHT:
                self._starved[target.name] = target
                return
            if not target.breaker.allows(now):
                self._pump_later(target, now)
                return
            lane = target.ready.popleft()
            lane.state = LaneState.BUSY
            target.breaker.begin()
            target.application.in_flight += 1
            self._in_flight += 1
            self._start(self._occupy(lane))

    def _pump_later(self, target: Target, now: int) -> None:
        """Try again when the breaker's pause is over."""
        if target.probe_timer is not None:
            target.probe_timer.cancel()
        delay_s = max(0, target.breaker.opens_again_at - now) / _MS
        target.probe_timer = self._loop.call_later(delay_s, self._pump, target) if delay_s else None

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _occupy(self, lane: Lane) -> None:
        """Let one delivery of the lane be done, put the lane where it belongs, start what waited for its slot."""
        paused_until = await self._serve(lane)
        if self.is_stopping:
            return
        if paused_until > now_ms():
            self._pause(lane, paused_until)
        else:
            self._schedule(lane)
        target = lane.target
        target.application.in_flight -= 1
        self._in_flight -= 1
        for one in target.application.targets.values():
            self._pump(one)
        while self._starved and self._in_flight < MAX_IN_FLIGHT:
            name = next(iter(self._starved))
            self._pump(self._starved.pop(name))

    # ---- lanes that are not known yet

    def _scan(self, target: Target) -> None:
        if target.is_scanning or self.is_stopping or target.room <= 0:
            return
        target.is_scanning = True
        self._start(self._look_up_lanes(target))

    async def _look_up_lanes(self, target: Target) -> None:
        """Take up more lanes of a target, in the order of their chats and then from the first again."""
        turned_away = target.turned_away
        rounds_left = 1 if target.scanned_to < 0 else 2
        try:
            while rounds_left and target.room > 0 and not self.is_stopping:
                limit = min(SCAN_LANES, target.room)
                found = await self._store.read(deliveries.lanes_after, target.name, target.scanned_to, limit)
                for chat_id in found:
                    lane = target.lane(chat_id)
                    if lane is None:
                        return
                    target.scanned_to = chat_id
                    if lane.state is LaneState.IDLE:
                        self._schedule(lane)
                if len(found) < limit:
                    target.scanned_to = -1
                    rounds_left -= 1
            target.is_complete = not rounds_left and target.turned_away == turned_away
        except Exception:  # noqa: BLE001 — logged in full; the lanes stay in the database
            _log.exception("waiting lanes cannot be looked up; tried again after the next delivery")
        finally:
            target.is_scanning = False


def _cancel_timers(target: Target) -> None:
    for timer in (target.probe_timer, *(lane.timer for lane in target.lanes.values())):
        if timer is not None:
            timer.cancel()


def now_ms() -> int:
    """Unix time, milliseconds."""
    return time.time_ns() // 1_000_000
