"""What waits for one reader: the memory beside the rows, and the order in which things happen to them.

One reader at a time: a new one ends the one before, and gets what that one did not acknowledge. Everything that changes
the rows goes through here, one after another, so that the memory cannot tell another story than the database.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager

import msgspec

from skvorets.delivery import pull_units
from skvorets.delivery.board import now_ms
from skvorets.delivery.contracts import EventDialect
from skvorets.delivery.outcome import Outcome
from skvorets.delivery.pull_units import Handed, Receipt, Refusal, Refused, Taken, Unbuilt, View
from skvorets.delivery.schedule import NOT_DELIVERED, THROTTLED_OR_AWAY
from skvorets.storage.database import Store, lock_key
from skvorets.storage.deliveries import Delivery, LaneKey

_MS = 1000

_log = logging.getLogger(__name__)


class SupersededError(Exception):
    """Another reader has come: one at a time, the later one wins."""


class EndedError(SupersededError):
    """The application was changed: whoever reads shows again who he is."""


class UnknownOffsetError(Exception):
    """The reader claims to have had an event that was never given to him."""


class Reading(msgspec.Struct, frozen=True, eq=False):
    """A reader's turn; over when somebody else begins."""

    number: int


class PullQueue:
    """The events of one application."""

    def __init__(self, store: Store, dialect: EventDialect, default_policy: str, application_id: int) -> None:
        """Nothing is known before the first reader comes."""
        self._store = store
        self._dialect = dialect
        self._default_policy = default_policy
        self._application_id = application_id
        self._key = lock_key("pull", application_id)
        self._turn = asyncio.Lock()
        self._news = asyncio.Event()  # there may be something to take
        self._room = asyncio.Event()  # the reader has fewer than before
        self._reading = Reading(0)
        self._is_stale = False  # somebody changed the rows behind our back
        self._stamp = 0
        self.last_offset = 0
        self.tell_of_dead: Callable[[], None] = lambda: None
        self._forget()

    def _forget(self) -> None:
        """Know nothing: the next look begins with the oldest row."""
        self._is_known = False
        self.outstanding = 0  # handed out and not acknowledged
        self._scanned_to = 0
        self._ready: dict[LaneKey, int] = {}  # with the number of the occasion
        self._blocked: dict[LaneKey, int] = {}
        self._away: set[LaneKey] = set()  # blocked since their handler, behind the reader, could not be reached
        self._is_stale = False

    # ---- from the inside

    def planned(self) -> None:
        """There is something new."""
        self._news.set()

    def revived(self, lanes: Iterable[LaneKey]) -> None:
        """Older rows of these lanes wait again (replay)."""
        self._open(lanes)

    def end_reading(self) -> None:
        """Send the present reader away; what it knows is looked up anew."""
        self._reading = Reading(self._reading.number + 1)
        self._is_stale = True
        self._wake_reader()

    # ---- for readers

    async def begin(self, after: int | None) -> Reading:
        """Let a reader begin: up to ``after`` all is done, what else was handed out is given again.

        Raises UnknownOffsetError.
        """
        if after is not None and self._is_known and after > self.last_offset:
            raise UnknownOffsetError
        reading = self._reading = Reading(self._reading.number + 1)
        self._wake_reader()  # the one before
        async with self._changing():
            if self._is_stale:
                self._forget()
            if self._is_known and not self.outstanding:
                return reading
            resumed = await self._store.write(
                self._key, pull_units.resume, self._application_id, after, self._default_policy
            )
            if resumed is not None:
                self._is_known = True
                self.last_offset = resumed.last_offset
                self.outstanding = 0
                self._open(resumed.lanes)
        if resumed is None:
            raise UnknownOffsetError
        return reading

    async def take(self, reading: Reading, limit: int) -> list[Handed]:
        """Give what may be given now, at most ``limit``. Raises SupersededError."""
        while True:
            self._check(reading)
            self._open_due()
            self._news.clear()
            async with self._changing():
                ready = dict(self._ready)
                view = View(self._scanned_to, list(ready), self._blocked)
                taken: Taken = await self._store.write(self._key, pull_units.take, self._application_id, view, limit)
                self._learn(taken, ready)
                found = await self._read_out(taken.ids)
            self._check(reading)  # else the next reader has got them
            if found or not taken.has_more:
                if taken.has_more:
                    self._news.set()
                return found

    async def wait(self, reading: Reading, seconds: float) -> None:
        """Wait until there may be something to take, or for some seconds. Raises SupersededError."""
        due_in = min((until - now_ms() for until in self._blocked.values()), default=seconds * _MS) / _MS
        try:
            async with asyncio.timeout(max(0.0, min(seconds, due_in))):
                await self._news.wait()
        except TimeoutError:
            pass
        self._check(reading)

    async def wait_for_room(self, reading: Reading, limit: int, seconds: float) -> None:
        """Wait until the reader has fewer events than so many, or for some seconds. Raises SupersededError."""
        self._room.clear()
        self._check(reading)
        if self.outstanding >= limit:
            try:
                async with asyncio.timeout(seconds):
                    await self._room.wait()
            except TimeoutError:
                pass
            self._check(reading)

    async def acknowledge(self, receipts: Sequence[Receipt]) -> list[int]:
        """Count events as done; the numbers that were handed out."""
        async with self._changing():
            done: list[Delivery] = await self._store.write(
                self._key, pull_units.acknowledge, self._application_id, receipts
            )
            self._count_off(len(done))
            await self._hurry({one.target for one in done})
        return [one.pull_offset for one in done]

    async def refuse(self, refusal: Refusal) -> Refused | None:
        """Take an event back; None when it is not handed out."""
        async with self._changing():
            refused: Refused | None = await self._store.write(
                self._key, pull_units.refuse, self._application_id, refusal, self._default_policy
            )
            if refused is None:
                return None
            self._count_off(1 + len(refused.returned))
            if refused.state == "dead":
                self.tell_of_dead()
            if refused.has_killed_target:
                self._forget()
            elif refused.state == "waiting":
                self._ready.pop(refused.lane, None)
                self._blocked[refused.lane] = refused.next_at
            else:
                self._open([refused.lane])
            if refused.state == "waiting" and _is_away(refusal.outcome):
                self._away.add(refused.lane)
            self._news.set()
        return refused

    # ---- the memory

    @asynccontextmanager
    async def _changing(self) -> AsyncIterator[None]:
        """One change after another; when one fails, nobody knows what the rows say, so they are looked at anew."""
        async with self._turn:
            try:
                yield
            except BaseException:
                self._forget()
                raise

    def _check(self, reading: Reading) -> None:
        if reading is not self._reading:
            raise EndedError if self._is_stale else SupersededError

    def _learn(self, taken: Taken, ready: Mapping[LaneKey, int]) -> None:
        self._scanned_to = max(self._scanned_to, taken.scanned_to)
        for lane in taken.walked:
            if self._ready.get(lane) == ready[lane]:  # not made ready once more in the meantime
                del self._ready[lane]
            self._blocked.pop(lane, None)
        self._blocked |= taken.blocked
        self.outstanding += len(taken.ids)
        self.last_offset = max(self.last_offset, taken.last_offset)

    async def _read_out(self, ids: Sequence[int]) -> list[Handed]:
        if not ids:
            return []
        found = await self._store.read(pull_units.read_out, ids, self._dialect)
        unbuilt = [one for one in found if isinstance(one, Unbuilt)]
        if unbuilt:
            await self._store.write(self._key, pull_units.bury, unbuilt)
            self._count_off(len(unbuilt))
        return [one for one in found if isinstance(one, Handed)]

    def _count_off(self, count: int) -> None:
        self.outstanding = max(0, self.outstanding - count)
        self._room.set()

    def _wake_reader(self) -> None:
        self._news.set()
        self._room.set()

    def _open(self, lanes: Iterable[LaneKey]) -> None:
        for lane in lanes:
            self._stamp += 1
            self._blocked.pop(lane, None)
            self._ready[lane] = self._stamp
        self._news.set()

    def _open_due(self) -> None:
        now = now_ms()
        if due := [lane for lane, until in self._blocked.items() if until <= now]:
            self._open(due)

    async def _hurry(self, targets: set[str]) -> None:
        """These handlers behind the reader are there: what waits for their return has not to wait for its own time."""
        lanes = sorted(lane for lane in self._away if lane.target in targets)
        if lanes:
            await self._store.write(self._key, pull_units.hurry, lanes)
            self._away.difference_update(lanes)
            self._open(lanes)


def _is_away(outcome: Outcome) -> bool:
    """Could the handler behind the reader not be reached?"""
    if outcome.failure is not None:
        return outcome.failure.kind in NOT_DELIVERED
    return outcome.status in THROTTLED_OR_AWAY
