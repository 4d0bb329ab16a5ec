"""Notes who was seen: by calls of his own, or by an open push socket.

    call ──► note (a set in memory) ──► once a second at most ──► people.last_seen, once a minute for each person
    open sockets ───────────────────────┘

Noting costs a look into a dictionary and never waits; what is written is at most a minute old.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import time
from collections.abc import Callable, Collection
from typing import Final

from skvorets.storage import presence
from skvorets.storage.database import Store, Tx, lock_key

# Seconds for which a person who was written down is not written again.
REST_S: Final = 60.0
# Seconds in which others may join a write.
GATHER_S: Final = 1.0
# Seconds between looks at the open sockets; also the pause after a write that failed.
LOOK_EVERY_S: Final = 10.0
# People of one unit of work: a few milliseconds of the writer.
AT_ONCE: Final = 500
_KEY = lock_key("activity")

_log = logging.getLogger(__name__)


class Activity:
    """Who was seen lately, for one process."""

    def __init__(self, store: Store, connected: Callable[[], Collection[int]]) -> None:
        """``connected`` gives the people with an open socket."""
        self._store = store
        self._connected = connected
        self._due: dict[int, float] = {}
        self._seen: set[int] = set()
        self._is_noted = asyncio.Event()

    def note(self, person_id: int) -> None:
        """Note that a person is there."""
        if self._due.get(person_id, 0.0) <= time.monotonic():
            self._seen.add(person_id)
            self._is_noted.set()

    async def start(self) -> None:
        """Begin to write."""
        self._task = asyncio.create_task(self._write_regularly())

    async def stop(self) -> None:
        """Write what is noted and end."""
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
        with contextlib.suppress(Exception):  # a database that is away now: some minutes of presence are lost
            await self.write()

    async def write(self) -> None:
        """Write everybody who was noted or is connected, and was not written within the last minute."""
        for person_id in self._connected():
            self.note(person_id)
        self._is_noted.clear()
        seen, self._seen = self._seen, set()
        try:
            everybody = iter(sorted(seen))
            while some := list(itertools.islice(everybody, AT_ONCE)):
                await self._store.write(_KEY, _set_seen, some)
        except BaseException:
            self._seen |= seen
            raise
        until = time.monotonic() + REST_S
        self._due.update(dict.fromkeys(seen, until))

    async def _write_regularly(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY_S):
                    await self._is_noted.wait()
            await asyncio.sleep(GATHER_S)
            try:
                await self.write()
            except Exception:  # noqa: BLE001 — logged in full; who is there now is noted again
                _log.exception("who was seen cannot be written; it is tried again")
                await asyncio.sleep(LOOK_EVERY_S)


async def _set_seen(tx: Tx, ids: list[int]) -> None:
    await presence.set_seen(tx, ids, tx.now)
