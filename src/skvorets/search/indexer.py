"""Follows the event log and keeps the index of message texts: the durable reader named ``message-search``.

    log ──► a batch of messages ──► their words ──► one unit: entries + cursor
    history (of a database older than the index, or restored) ──► the same, the newest first, when the log is done

The index is lazy: it gathers what came for a second, so that sends do not share the disk with it, and rests after each
batch much longer than the batch took. Who searches does not notice: ``catch_up`` makes it work without rests until
everything that was committed before is in.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from typing import NamedTuple

from skvorets.search import batches
from skvorets.search.batches import KEY, Batch, MovedError, Past
from skvorets.storage import event_log, message_search
from skvorets.storage.database import Store
from skvorets.storage.event_log import Position

# How long new messages are gathered before they are indexed, seconds.
GATHER_S = 1.0
# Share of the time that the index may take from the others while messages come in, and while none do.
BUSY_SHARE, IDLE_SHARE = 0.05, 0.5
# A rest is never longer, seconds.
LONGEST_REST_S = 10.0
# How long a search waits for the index, seconds; then it finds what is there.
MAX_WAIT_S = 3.0
# Events that are no messages, after which the cursor is stored all the same.
STORE_CURSOR_AFTER = 5_000
# PostgreSQL: how soon to look again for committed events that are hidden behind an older transaction, seconds.
HIDDEN_PAUSE_S = 0.003
# Pause after the database refused or failed, seconds.
TROUBLE_PAUSE_S = 1.0

_log = logging.getLogger(__name__)


class _Waiting(NamedTuple):
    target: Position
    reached: asyncio.Future[None]


class MessageIndexer:
    """The follower of one process."""

    def __init__(self, store: Store, wake: asyncio.Event) -> None:
        """``wake`` is set whenever the event log grew."""
        self._store = store
        self._wake = wake
        self._hurry = asyncio.Event()  # somebody waits: no rests
        self._waiting: list[_Waiting] = []
        self._position = self._stored = event_log.START
        self._passed = 0  # events since the cursor was stored
        self._below_id = 0  # messages with smaller ids are still to be indexed
        self._is_stopping = False

    @property
    def position(self) -> Position:
        """Up to where this process has read the log; what is stored may be older."""
        return self._position

    async def start(self) -> None:
        """Find the place, then follow the log from there."""
        await self._open()
        self._wake.set()
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Finish the batch that is under way and store how far the log was read."""
        self._is_stopping = True
        self._hurry.set()
        self._wake.set()
        await self._task
        if self._position != self._stored:
            await self._store_batch(Batch([], [], self._position))

    async def catch_up(self) -> bool:
        """Wait until everything that was committed before this call can be found; False when that took too long."""
        target = await self._store.read(event_log.newest, ordered_by_id=self._store.log_is_ordered_by_id)
        if self._position >= target:
            return True
        waiting = _Waiting(target, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        self._hurry.set()
        self._wake.set()
        try:
            async with asyncio.timeout(MAX_WAIT_S):
                await waiting.reached
        except TimeoutError:
            _log.warning("a search could not wait for the index any longer and finds what is there")
            return False
        finally:
            self._waiting.remove(waiting)
        return True

    async def _open(self) -> None:
        place = await self._store.write(KEY, batches.open_place)
        self._position = self._stored = place.position
        self._below_id = place.below_id

    # ---- following

    async def _run(self) -> None:
        while not self._is_stopping:
            try:
                rest = await self._work_or_open()
            except Exception:  # noqa: BLE001 — logged in full; the index waits until the database is back
                _log.exception("indexing stumbled; it goes on in a second")
                await asyncio.sleep(TROUBLE_PAUSE_S)
            else:
                await self._rest(rest)

    async def _work_or_open(self) -> float | None:
        try:
            return await self._work()
        except MovedError:
            await self._open()
            return 0.0

    async def _work(self) -> float | None:
        """Index one batch; for how long to rest afterwards, seconds, None = until the log grows."""
        self._wake.clear()
        began = time.monotonic()
        ordered = self._store.log_is_ordered_by_id
        found, is_hidden = await self._store.read(batches.read_log, self._position, ordered)
        has_more = len(found) == batches.ROWS_AT_ONCE
        if found:
            batch = await batches.batch_of(found)
            await self._take(batch, len(found))
            has_more = has_more or batch.end != found[-1].position
        elif is_hidden:
            if self._waiting:
                await asyncio.sleep(HIDDEN_PAUSE_S)
            return GATHER_S
        elif self._below_id:
            await self._take_past()
        self._tell()
        has_more = has_more or self._below_id > 0
        if not found and not has_more:
            return None
        share = BUSY_SHARE if self._wake.is_set() else IDLE_SHARE
        rest = min((time.monotonic() - began) * (1 / share - 1), LONGEST_REST_S)
        return rest if has_more else max(rest, GATHER_S)

    async def _take(self, batch: Batch, events: int) -> None:
        """Write what a part of the log brings; what brings nothing is passed in memory."""
        self._passed += events
        if batch.entries or batch.gone or self._passed >= STORE_CURSOR_AFTER:
            await self._store_batch(batch)
        self._position = batch.end

    async def _store_batch(self, batch: Batch) -> None:
        await self._store.write(KEY, batches.store_batch, self._stored, batch)
        self._stored = batch.end
        self._passed = 0

    async def _take_past(self) -> None:
        found = await self._store.read(message_search.history, self._below_id, batches.ROWS_AT_ONCE)
        past = await batches.past_of(found) if found else Past([], 0)
        await self._store.write(KEY, batches.store_past, self._below_id, past)
        self._below_id = past.below_id
        if not found:
            _log.info("all messages can be found now")

    def _tell(self) -> None:
        """Let go whoever waited for what is in the index now."""
        for waiting in self._waiting:
            if waiting.target <= self._position and not waiting.reached.done():
                waiting.reached.set_result(None)

    async def _rest(self, seconds: float | None) -> None:
        """Let others work, unless somebody waits."""
        if seconds is None:
            await self._wake.wait()
            seconds = GATHER_S
        if self._is_stopping:
            return
        if not any(not one.reached.done() for one in self._waiting):
            self._hurry.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._hurry.wait()
