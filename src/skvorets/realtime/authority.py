"""Watches the log for what changes who may do what: people, applications, webhooks; also changed by other processes.

    commit ──► bus ──► any such event since the last look? ──► forget what is remembered of callers
    every quarter of a second, where other processes may write ──┘

One indexed look-up answers the question, however many messages the log got meanwhile.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable

from skvorets.realtime.bus import Bus
from skvorets.storage import event_log
from skvorets.storage.database import Store

# How often to look without being woken: other processes do not wake us, and a commit of our own may become visible
# only when an older transaction of PostgreSQL ends. This bounds how long a revoked right outlives its revocation.
LOOK_EVERY_S = 0.25
# Least time between two looks: many commits a second need one look, not many.
REST_S = 0.05

_log = logging.getLogger(__name__)


class AuthorityWatch:
    """Calls ``forget`` soon after each such event."""

    def __init__(self, store: Store, bus: Bus, forget: Callable[[], None]) -> None:
        """Nothing is watched before ``start``."""
        self._store = store
        self._bus = bus
        self._forget = forget

    async def start(self) -> None:
        """Begin with the present end of the log."""
        ordered = self._store.log_is_ordered_by_id
        self._position = await self._store.read(event_log.head, ordered_by_id=ordered)
        self._wake = self._bus.follow()
        self._task = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """End watching."""
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
        self._bus.leave(self._wake)

    async def _watch(self) -> None:
        # Only one process uses a SQLite file, so nothing happens there without waking us.
        patience = None if self._store.log_is_ordered_by_id else LOOK_EVERY_S
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(patience):
                    await self._wake.wait()
            self._wake.clear()
            try:
                await self._look()
            except Exception:  # noqa: BLE001 — logged in full; the watch must outlive a database that is away
                _log.exception("cannot look for revoked rights; everything remembered is dropped")
                self._forget()
                await asyncio.sleep(LOOK_EVERY_S)
                self._wake.set()
            await asyncio.sleep(REST_S)

    async def _look(self) -> None:
        ordered = self._store.log_is_ordered_by_id
        newest = await self._store.read(event_log.newest_authority, self._position, ordered_by_id=ordered)
        if newest is not None:
            self._position = newest
            self._forget()
