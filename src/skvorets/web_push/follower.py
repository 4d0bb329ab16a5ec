"""Follows the event log and tells browsers without an open page.

    log ──► who is to be told what ──► the place in the log moves on ──► sent beside one another, a few attempts each

Nobody waits for it: it reads after the commit, and gives up what is old.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Container
from typing import Final

from skvorets.storage.database import Store
from skvorets.storage.event_log import START, Position
from skvorets.web_push import places
from skvorets.web_push.news import News
from skvorets.web_push.places import KEY
from skvorets.web_push.sender import Sender

MAX_AGE_MS: Final = 5 * 60 * 1000
"""What is older when its turn comes is told to nobody: after a pause there is no storm."""
MAX_OPEN: Final = 2_000
"""Messages to push services under way or waiting for another attempt; beyond that the log waits."""
STORE_PLACE_AFTER: Final = 5_000
"""Events that concern no browser, after which the place is stored all the same."""
# PostgreSQL: how soon to look again for committed events that are hidden behind an older transaction, seconds.
_HIDDEN_PAUSE_S: Final = 0.01
# Pause after the database refused or failed, seconds.
_TROUBLE_PAUSE_S: Final = 1.0

_log = logging.getLogger(__name__)


class PushFollower:
    """The follower of one process."""

    def __init__(self, store: Store, sender: Sender, here: Container[int], wake: asyncio.Event) -> None:
        """``here`` are people with an open page, always current; ``wake`` is set whenever the event log grew."""
        self._store = store
        self._sender = sender
        self._here = here
        self._wake = wake
        self._slots = asyncio.Semaphore(MAX_OPEN)
        self._open: set[asyncio.Task[None]] = set()
        self._position = self._stored = START
        self._passed = 0  # events since the place was stored

    @property
    def position(self) -> Position:
        """Up to where this process has read the log; what is stored may be older."""
        return self._position

    async def start(self) -> None:
        """Find the place, then follow the log from there."""
        self._position = self._stored = await self._store.write(KEY, places.open_place)
        self._wake.set()
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Give up what is under way and store the place."""
        self._task.cancel()
        works = list(self._open)
        for work in works:
            work.cancel()
        await asyncio.gather(self._task, *works, return_exceptions=True)
        if self._position != self._stored:
            await self._store.write(KEY, places.advance, self._position)

    async def _run(self) -> None:
        while True:
            try:
                has_more = await self._step()
            except Exception:  # noqa: BLE001 — logged in full; browsers hear nothing until the database is back
                _log.exception("web push stumbled; it goes on in a second")
                await asyncio.sleep(_TROUBLE_PAUSE_S)
            else:
                if not has_more:
                    await self._wake.wait()

    async def _step(self) -> bool:
        """Look at the next events; may there be more?"""
        self._wake.clear()
        not_before = int(time.time() * 1000) - MAX_AGE_MS
        found = await self._store.read(places.look, self._position, self._here, not_before)
        self._passed += found.seen
        before = START
        if found.news or self._passed >= STORE_PLACE_AFTER:
            before = await self._store.write(KEY, places.advance, found.position)
            self._passed, self._stored = 0, found.position
        self._position = found.position
        for position, news in found.news:
            if position > before:  # otherwise another process has told it
                await self._tell(news)
        if found.is_hidden:
            await asyncio.sleep(_HIDDEN_PAUSE_S)
        return found.is_hidden or found.seen > 0

    async def _tell(self, news: News) -> None:
        await self._slots.acquire()
        work = asyncio.create_task(self._sender.send(news))
        self._open.add(work)
        work.add_done_callback(self._finish)

    def _finish(self, work: asyncio.Task[None]) -> None:
        self._open.discard(work)
        self._slots.release()
