"""Follows the event log and writes down what must be sent: the durable reader named ``delivery``.

    log ──► which events concern anybody? (a look, no write) ──► one unit: rows of deliveries + cursor ──► board

The cursor is stored in the transaction of the rows it stands for, so that no event is lost or planned twice. Events
that concern nobody move it in memory only: after a crash they are looked at once more.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence

import msgspec

from skvorets.core.events import ApplicationChanged, Event, read_event
from skvorets.core.events_delivery import DeliveriesRevived
from skvorets.delivery.attempts import policy_named
from skvorets.delivery.contracts import EventDialect
from skvorets.storage import deliveries, event_log
from skvorets.storage.database import Store, Tx, lock_key
from skvorets.storage.deliveries import Planned
from skvorets.storage.event_log import Position, StoredEvent

CURSOR = "delivery"
# Events read at a time.
BATCH = 500
# Events that concern nobody, after which the cursor is stored all the same.
STORE_CURSOR_AFTER = 2_000
# PostgreSQL: how soon to look again when committed events are hidden behind an older transaction, seconds.
HIDDEN_PAUSE_S = 0.003
# Pause after the database refused or failed, seconds.
TROUBLE_PAUSE_S = 1.0
# What changes how events come to an application, or which wait; told in the order of the log.
OF_INTEREST = frozenset({ApplicationChanged.kind, DeliveriesRevived.kind})
_KEY = lock_key("delivery-planner")
_MS = 1000
# Mistakes in an event or in the dialect: trying again would give the same.
_MISTAKES = (LookupError, TypeError, ValueError, AttributeError, msgspec.MsgspecError)

_log = logging.getLogger(__name__)


class _CannotPlanError(Exception):
    """One event cannot be planned; its id is the argument."""


class _MovedError(Exception):
    """Another process has moved the cursor."""


class Planner:
    """The follower of one process."""

    def __init__(
        self,
        store: Store,
        dialect: EventDialect,
        default_policy: str,
        tell: Callable[[Sequence[Planned]], None],
        tell_change: Callable[[Event], Awaitable[None]],
    ) -> None:
        """``tell`` hears of new rows after their commit, on the event loop; ``tell_change`` of OF_INTEREST."""
        self._store = store
        self._dialect = dialect
        self._default_policy = default_policy
        self._tell = tell
        self._tell_change = tell_change
        self._position = event_log.START
        self._stored = event_log.START
        self._passed = 0  # events since the cursor was stored
        self._skipped: set[int] = set()

    @property
    def position(self) -> Position:
        """Up to where this process has read the log; what is stored may be older."""
        return self._position

    async def start(self, wake: asyncio.Event) -> None:
        """Follow the log from where the durable reader stands. ``wake`` is set whenever the log grew.

        A first cursor is stored at once, so that pruning waits for this reader.
        """
        self._position = self._stored = await self._store.write(_KEY, _open_cursor)
        self._wake = wake
        self._stopping = asyncio.Event()
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Finish the step that is under way and store how far the log was read."""
        self._stopping.set()
        self._wake.set()
        await self._task
        if self._position != self._stored:
            with contextlib.suppress(_MovedError):  # whoever moved it stores where he stands
                await self._plan([], self._position)

    async def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                while await self.step():
                    if self._stopping.is_set():
                        return
            except Exception:  # noqa: BLE001 — logged in full; the log waits until the database is back
                _log.exception("planning stumbled; it goes on in a second")
                await asyncio.sleep(TROUBLE_PAUSE_S)
                continue
            await self._wake.wait()

    async def step(self) -> bool:
        """Look at the next events; may there be more?"""
        found, concerning, is_hidden = await self._store.read(
            _look, self._dialect, self._position, self._store.log_is_ordered_by_id
        )
        if not found:
            if is_hidden:
                await asyncio.sleep(HIDDEN_PAUSE_S)
            return is_hidden
        last = found[-1].position
        for one in found:
            if one.kind in OF_INTEREST and (event := read_event(one)) is not None:
                await self._tell_change(event)
        concerning = [one for one in concerning if one.id not in self._skipped]
        self._passed += len(found)
        if concerning or self._passed >= STORE_CURSOR_AFTER:
            try:
                await self._plan(concerning, last)
            except _CannotPlanError as error:
                event_id: int = error.args[0]
                _log.exception("event %d cannot be planned and is left out", event_id)
                self._skipped.add(event_id)
                return True
            except _MovedError:
                self._position = self._stored = await self._store.write(_KEY, _open_cursor)
                return True
        self._position = last
        return True

    async def _plan(self, concerning: list[StoredEvent], last: Position) -> None:
        rows = await self._store.write(
            _KEY, _plan, self._dialect, concerning, (self._stored, last), self._default_policy
        )
        self._stored = last
        self._passed = 0
        self._skipped.clear()
        if rows:
            self._tell(rows)


async def _open_cursor(tx: Tx) -> Position:
    found = await event_log.cursor(tx, CURSOR)
    if found is None:
        await event_log.move_cursor(tx, CURSOR, event_log.START)
    return found or event_log.START


async def _look(
    tx: Tx,
    dialect: EventDialect,
    position: Position,
    is_ordered_by_id: bool,  # noqa: FBT001 — by position through read
) -> tuple[list[StoredEvent], list[StoredEvent], bool]:
    """Read the next events and those of them that concern a handler; are there more that cannot be seen yet?"""
    found = await event_log.read_after(tx, position, BATCH, ordered_by_id=is_ordered_by_id)
    concerning = [one for one in found if await dialect.concerns(tx, one)]
    is_hidden = not found and not is_ordered_by_id and await event_log.has_hidden(tx, position)
    return found, concerning, is_hidden


async def _plan(
    tx: Tx,
    dialect: EventDialect,
    concerning: list[StoredEvent],
    cursor: tuple[Position, Position],
    default_policy: str,
) -> list[Planned]:
    """Write the deliveries of some events and move the cursor from one place to another."""
    before, after = cursor
    if await event_log.cursor(tx, CURSOR) != before:
        raise _MovedError
    rows = [row for stored in concerning for row in await _plan_one(tx, dialect, stored, default_policy)]
    await event_log.move_cursor(tx, CURSOR, after)
    return rows


async def _plan_one(tx: Tx, dialect: EventDialect, stored: StoredEvent, default_policy: str) -> list[Planned]:
    try:
        event = read_event(stored)
        new = [] if event is None else await dialect.plan(tx, event)
    except _MISTAKES as error:
        raise _CannotPlanError(stored.id) from error
    rows = []
    for one in new:
        if one.bound_at > stored.at:  # the log is read a moment later than it is written
            continue
        delay_ms = round(policy_named(one.policy, default_policy).first_delay_s * _MS)
        rows.append(await deliveries.insert(tx, one, created_at=stored.at, next_at=stored.at + delay_ms))
    return rows
