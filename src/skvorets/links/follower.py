"""Follows the event log and puts cards under messages with links.

    log ──► a message with links ──► pages, fetched beside one another ──► one unit: the message with its cards
                  └── the place in the log is stored when everything before it is done

Nobody waits for it: it reads after the commit, fetches a few messages' pages at a time, and gives up what is old.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Final

from skvorets.core.link_previews import show_cards
from skvorets.links import places
from skvorets.links.fetching import PreviewFetcher
from skvorets.links.places import KEY, Wish, wish_of
from skvorets.storage import event_log
from skvorets.storage.database import Store, lock_key
from skvorets.storage.event_log import Position, StoredEvent

AT_ONCE: Final = 16
"""Messages whose pages are being fetched."""
MAX_AGE_MS: Final = 3600 * 1000
"""Messages that are older when their turn comes stay as they are: nobody looks at them any more."""
STORE_PLACE_AFTER: Final = 5_000
"""Events without links, after which the place is stored all the same."""
STORE_PLACE_AFTER_WORKS: Final = 50
"""Messages with links, after which the place is stored although others are under way."""
# PostgreSQL: how soon to look again for committed events that are hidden behind an older transaction, seconds.
_HIDDEN_PAUSE_S: Final = 0.01
# Pause after the database refused or failed, seconds.
_TROUBLE_PAUSE_S: Final = 1.0

_log = logging.getLogger(__name__)


class LinkFollower:
    """The follower of one process."""

    def __init__(self, store: Store, fetcher: PreviewFetcher, wake: asyncio.Event) -> None:
        """``wake`` is set whenever the event log grew."""
        self._store = store
        self._fetcher = fetcher
        self._wake = wake
        self._slots = asyncio.Semaphore(AT_ONCE)
        # Works under way, oldest first: the place before each of them.
        self._open: dict[asyncio.Task[None], Position] = {}
        self._position = self._stored = event_log.START
        self._passed = 0  # events since the place was stored
        self._finished = 0  # works since then

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
        """Leave what is under way to the next start and store the place before it."""
        self._task.cancel()
        safe = self._safe
        works = list(self._open)
        for work in works:
            work.cancel()
        await asyncio.gather(self._task, *works, return_exceptions=True)
        self._fetcher.stop()
        if safe != self._stored:
            await self._store.write(KEY, places.advance, safe)

    @property
    def _safe(self) -> Position:
        """Everything up to here is done with."""
        return next(iter(self._open.values()), self._position)

    async def _run(self) -> None:
        while True:
            try:
                has_more = await self._step()
            except Exception:  # noqa: BLE001 — logged in full; cards wait until the database is back
                _log.exception("cards of links stumbled; they go on in a second")
                await asyncio.sleep(_TROUBLE_PAUSE_S)
            else:
                if not has_more:
                    await self._wake.wait()

    async def _step(self) -> bool:
        """Look at the next events; may there be more?"""
        self._wake.clear()
        ordered = self._store.log_is_ordered_by_id
        found, is_hidden = await self._store.read(places.read_log, self._position, ordered)
        for stored in found:
            await self._look_at(stored)
        self._passed += len(found)
        is_idle = not self._open and self._finished > 0
        if is_idle or self._passed >= STORE_PLACE_AFTER or self._finished >= STORE_PLACE_AFTER_WORKS:
            await self._store_place()
        if is_hidden:
            await asyncio.sleep(_HIDDEN_PAUSE_S)
        return is_hidden or bool(found)

    async def _look_at(self, stored: StoredEvent) -> None:
        wish = wish_of(stored) if time.time() * 1000 - stored.at < MAX_AGE_MS else None
        if wish is not None:
            await self._slots.acquire()
            work = asyncio.create_task(self._work(wish))
            self._open[work] = self._position
            work.add_done_callback(self._finish)
        self._position = stored.position

    def _finish(self, work: asyncio.Task[None]) -> None:
        del self._open[work]
        self._slots.release()
        self._finished += 1
        if not self._open:
            self._wake.set()  # to store the place

    async def _work(self, wish: Wish) -> None:
        try:
            found = await self._fetcher.previews(wish.addresses)
            if found:
                await self._store.write(
                    lock_key("message", wish.message_id), show_cards, wish.message_id, wish.addresses, found
                )
        except Exception:  # noqa: BLE001 — logged in full; one message stays without cards
            _log.exception("message %d gets no cards", wish.message_id)

    async def _store_place(self) -> None:
        safe = self._safe
        self._passed = self._finished = 0
        if safe != self._stored:
            await self._store.write(KEY, places.advance, safe)
            self._stored = safe
