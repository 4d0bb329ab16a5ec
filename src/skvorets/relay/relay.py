"""Posts events to a local handler: in the order of their lanes, each acknowledged before the next of its lane.

    stream ──► queue of its lane ──► POST ──┬─ 2xx ──► acknowledged ──► the next of the lane
                                            ├─ not reachable ──► wait until it is; everything comes again, fresh
                                            └─ otherwise ──► given back: the server's profile says what follows

Nothing is kept here: what is not acknowledged belongs to the server, and comes again after anybody's death.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from urllib.parse import urlsplit

import msgspec

from skvorets.delivery.outcome import FailureKind, Outcome
from skvorets.delivery.outgoing import Outgoing
from skvorets.delivery.schedule import DEFAULT_POLICY, POLICIES
from skvorets.relay.server import Answered, AwayError, RefusedError, RelayEvent, Server

# POSTs at a time, as the server itself would make.
SIDE_BY_SIDE = 8
# Seconds between two attempts to reach the server: the first, and the longest.
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.2, 5.0
# Seconds between two looks whether the handler listens.
HANDLER_PAUSE_S = 0.3
# An event that waited here for so long is fetched anew: receivers refuse signatures older than five minutes.
FRESH_S = 240.0
# Seconds that POSTs under way have to end when the relay is told to stop.
STOP_S = 5.0
KEPT_ANSWER = 512
# The handler was not reached at all, so nothing can have happened there.
_AWAY = frozenset({FailureKind.CONNECT, FailureKind.DNS, FailureKind.TLS})


class Relayed(msgspec.Struct, frozen=True):
    """One POST that was made, for people."""

    event: RelayEvent
    outcome: Outcome
    fate: str  # delivered, waiting, dead, or again (fetched anew)


class Notice(msgspec.Struct, frozen=True):
    """Something else that people should know."""

    text: str


class Target(msgspec.Struct, frozen=True):
    """The local handler."""

    url: str
    keeps_path: bool = False  # is the path of the registered address appended?

    def address(self, registered: str) -> str:
        """Where an event goes; the query of the registered address goes along."""
        parts = urlsplit(registered)
        base = self.url.rstrip("/") + parts.path if self.keeps_path else self.url
        if not parts.query:
            return base
        return f"{base}{'&' if '?' in base else '?'}{parts.query}"


class _Received(msgspec.Struct, frozen=True):
    event: RelayEvent
    at: float  # monotonic seconds


class _Resync(Exception):  # noqa: N818 — no error: the way back to the start of the stream
    """What the server knows and what is queued here may differ: begin anew."""


class Relay:
    """One application's relay. ``run`` until cancelled, or until the server refuses."""

    def __init__(
        self, server: Server, outgoing: Outgoing, target: Target, tell: Callable[[Relayed | Notice], None]
    ) -> None:
        """``tell`` hears of everything that happens."""
        self._server = server
        self._outgoing = outgoing
        self._target = target
        self._tell = tell
        self._slots = asyncio.Semaphore(SIDE_BY_SIDE)
        self._lanes: dict[str, deque[_Received]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._unwanted: set[int] = set()  # given back by the server before they came in here
        self._done: dict[int, tuple[Answered, asyncio.Future[None]]] = {}
        self._sending: asyncio.Task[None] | None = None
        self._resync = asyncio.Event()
        self._is_handler_away = False

    async def run(self) -> None:
        """Relay for ever. Raises RefusedError."""
        pauses = _pauses()
        while True:
            try:
                async with self._server.stream() as events:
                    self._tell(Notice("connected"))
                    pauses = _pauses()
                    await self._follow(events)
                pause_s = 0.0
            except AwayError as error:
                self._tell(Notice(f"the server is away ({error}); trying again"))
                pause_s = next(pauses)
            except (asyncio.CancelledError, RefusedError):
                await self._settle(STOP_S)
                raise
            await self._settle(None)
            await asyncio.sleep(pause_s)
            if self._is_handler_away:
                await self._wait_for_handler()

    async def _follow(self, events: AsyncIterator[RelayEvent]) -> None:
        """Take events until the stream ends or a new start is wanted."""
        self._resync.clear()
        reading = asyncio.ensure_future(self._read(events))
        wanted = asyncio.ensure_future(self._resync.wait())
        try:
            await asyncio.wait({reading, wanted}, return_when=asyncio.FIRST_COMPLETED)
            if reading.done():
                reading.result()
        finally:
            for task in (reading, wanted):
                task.cancel()
            await asyncio.gather(reading, wanted, return_exceptions=True)

    async def _read(self, events: AsyncIterator[RelayEvent]) -> None:
        async for event in events:
            if event.offset in self._unwanted:
                self._unwanted.discard(event.offset)
                continue
            lane = self._lanes.get(event.lane)
            if lane is None:
                lane = self._lanes[event.lane] = deque()
                worker = asyncio.create_task(self._work(event.lane, lane))
                self._workers.add(worker)
                worker.add_done_callback(self._workers.discard)
            lane.append(_Received(event, time.monotonic()))

    async def _settle(self, patience_s: float | None) -> None:
        """Begin nothing more, let POSTs under way end and be acknowledged: the stream begins anew afterwards."""
        self._resync.set()
        for lane in self._lanes.values():
            lane.clear()
        if self._workers:
            _, late = await asyncio.wait(set(self._workers), timeout=patience_s)
            for task in late if patience_s else ():
                task.cancel()
        self._lanes.clear()
        self._unwanted.clear()

    # ---- one lane

    async def _work(self, name: str, lane: deque[_Received]) -> None:
        """Post the events of a lane, one after another."""
        await asyncio.sleep(0)  # the first is queued right after this task was made
        try:
            while lane:
                async with self._slots:
                    if lane and not self._resync.is_set():
                        await self._relay(lane)
                    else:
                        lane.clear()
        except (_Resync, RefusedError):  # the stream hears the refusal, too, and says it
            self._resync.set()
        finally:
            if self._lanes.get(name) is lane:
                del self._lanes[name]

    async def _relay(self, lane: deque[_Received]) -> None:
        received = lane.popleft()
        event = received.event
        if time.monotonic() - received.at > FRESH_S:
            await self._give_back(event, lane, delay=0)
            return
        policy = POLICIES.get(event.policy, DEFAULT_POLICY)
        address = self._target.address(event.url)
        outcome = await self._outgoing.post_form(
            address, event.body.encode(), event.headers, timeout_s=policy.timeout_s
        )
        if outcome.status is not None and outcome.status // 100 == 2:  # noqa: PLR2004 — 2xx
            self._tell(Relayed(event, outcome, "delivered"))
            await self._acknowledge(Answered(event.offset, outcome.status, outcome.body_start[:KEPT_ANSWER]))
        elif outcome.failure is not None and outcome.failure.kind in _AWAY and policy.retry_delays_s:
            self._tell(Relayed(event, outcome, "again"))
            self._is_handler_away = True
            raise _Resync
        else:
            said = {"status": outcome.status, "retryAfter": outcome.retry_after_s, "answer": outcome.body_start}
            if outcome.failure is not None:
                said = {"failure": outcome.failure.kind.value}
            fate = await self._give_back(event, lane, **said)
            self._tell(Relayed(event, outcome, fate))

    async def _give_back(self, event: RelayEvent, lane: deque[_Received], **said: object) -> str:
        """Give an event back; what came in after it comes again, too."""
        given = {name: value for name, value in said.items() if value is not None}
        try:
            result = await self._server.give_back(event.offset, **given)
        except AwayError:
            raise _Resync from None  # has it heard? it will tell by what it gives us next
        if result is None:
            raise _Resync
        here = {one.event.offset for one in lane}
        lane.clear()
        self._unwanted.update(set(result.returned) - here)
        return result.state

    # ---- acknowledgements

    async def _acknowledge(self, answered: Answered) -> None:
        """Say that an event is done, and return when the server has written it down; many share one request."""
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._done[answered.offset] = (answered, written)
        if self._sending is None or self._sending.done():
            self._sending = asyncio.create_task(self._send_done())
        await written

    async def _send_done(self) -> None:
        pauses = _pauses()
        while self._done:
            batch = dict(self._done)
            try:
                await self._server.acknowledge([answered for answered, _ in batch.values()])
            except AwayError:
                await asyncio.sleep(next(pauses))
                continue
            except RefusedError:
                for _, written in self._done.values():
                    written.cancel()
                self._done.clear()
                self._resync.set()
                return
            for offset, (_, written) in batch.items():
                del self._done[offset]
                if not written.done():
                    written.set_result(None)

    # ---- the handler

    async def _wait_for_handler(self) -> None:
        parts = urlsplit(self._target.url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        self._tell(Notice(f"{self._target.url} is not reachable; waiting"))
        while True:
            with contextlib.suppress(OSError, TimeoutError):
                async with asyncio.timeout(HANDLER_PAUSE_S * 10):
                    _, writer = await asyncio.open_connection(parts.hostname, port)
                writer.close()
                break
            await asyncio.sleep(HANDLER_PAUSE_S)
        self._is_handler_away = False
        self._tell(Notice(f"{self._target.url} is there"))


def _pauses() -> Iterator[float]:
    """Each pause is twice the one before."""
    pause = FIRST_PAUSE_S
    while True:
        yield pause
        pause = min(2 * pause, LONGEST_PAUSE_S)
