"""Sleeps until the next timer of an open line is due, and fires it.

    rows of line_timers ──► due ones, the most urgent first ──► each in a unit of its own, keyed by its chat

Several server processes may do so side by side: who takes a timer's row away fires it. A timer that cannot be fired is
put off, so that it holds up nobody. What the timers do: ``core/lines/timers.py``.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Final

from skvorets.core.lines import timers
from skvorets.storage import clock, line_sessions
from skvorets.storage.database import Store, Tx
from skvorets.storage.line_sessions import Timer

AT_ONCE: Final = 100
"""Timers read at a time."""
LONGEST_SLEEP_S: Final = 10.0
"""Another process may have set a timer without this one noticing."""
SHORTEST_PAUSE_S: Final = 0.25
"""Between two looks: the log of a busy server grows all the time."""
PUT_OFF_MS: Final = 60_000
"""For so long a timer waits that could not be fired."""
# Pause after the database refused or failed, seconds: doubled each time up to the second one.
_FIRST_TROUBLE_S: Final = 1.0
_LONGEST_TROUBLE_S: Final = 30.0

_log = logging.getLogger(__name__)


class LineClock:
    """The clock of one process."""

    def __init__(self, store: Store, wake: asyncio.Event) -> None:
        """``wake`` is set whenever the event log grew: a timer may have been set then."""
        self._store = store
        self._wake = wake
        self._trouble_s = 0.0

    async def start(self) -> None:
        """Fire what became due while no server ran, then go on."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stop; a timer that is being fired either is, or fires at the next start."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def fire_due(self) -> int:
        """Fire all timers that are due by now; how many this process has fired."""
        fired = 0
        while found := await self._store.read(_due, clock.now_ms()):
            for key, timer in found:
                fired += await self._fire(key, timer)
        return fired

    async def _run(self) -> None:
        while True:
            self._wake.clear()
            try:
                await self.fire_due()
                due = await self._store.read(line_sessions.next_due)
            except Exception:  # noqa: BLE001 — logged in full; timers wait until the database is back
                self._trouble_s = min(max(_FIRST_TROUBLE_S, 2 * self._trouble_s), _LONGEST_TROUBLE_S)
                _log.exception("the clock of open lines stumbled; it goes on in %d s", self._trouble_s)
                await asyncio.sleep(self._trouble_s)
                continue
            self._trouble_s = 0.0
            await self._sleep_until(due)

    async def _sleep_until(self, due: int) -> None:
        seconds = min(LONGEST_SLEEP_S, (due - clock.now_ms()) / 1000) if due else LONGEST_SLEEP_S
        if seconds <= 0:
            return
        await asyncio.sleep(min(seconds, SHORTEST_PAUSE_S))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, seconds - SHORTEST_PAUSE_S)):
                await self._wake.wait()

    async def _fire(self, key: int, timer: Timer) -> bool:
        try:
            return await self._store.write(key, timers.fire, timer)
        except Exception:  # noqa: BLE001 — logged in full; the others are not held up
            _log.exception("timer %s of conversation %d cannot be fired; it is put off", timer.kind, timer.session_id)
            await self._store.write(key, _put_off, timer)
            return False


async def _due(tx: Tx, now: int) -> list[tuple[int, Timer]]:
    """Give timers that are due, each with the key of its unit: the chat of its conversation."""
    found = await line_sessions.due_timers(tx, now, AT_ONCE)
    sessions = await line_sessions.find_many(tx, [one.session_id for one in found])
    return [(sessions[one.session_id].chat_id if one.session_id in sessions else 0, one) for one in found]


async def _put_off(tx: Tx, timer: Timer) -> None:
    if await line_sessions.take_timer(tx, timer):
        await line_sessions.set_timer(tx, timer.session_id, timer.kind, tx.now + PUT_OFF_MS)
