"""The PostgreSQL engine: lanes that commit groups of units, a pool for reads.

A unit goes to the lane of its key (units of one chat share a lane). A lane drains its queue into one transaction whose
first statement takes the advisory locks of the batch's keys in sorted order: without it two processes that write to the
same chats deadlock all the time (measured: down to 50/s). What happens in a lane: ``postgres_lane.py``.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import asyncpg
import msgspec

from skvorets.errors import OverloadedError
from skvorets.storage import migrations
from skvorets.storage.database import MAX_WAITING_UNITS, P, Portal, T, UnitOfWork
from skvorets.storage.postgres_lane import Lane, Unit
from skvorets.storage.postgres_tx import (
    CACHED_STATEMENTS,
    CONFLICTS,
    LOST,
    MAX_REPEATS,
    RECONNECT_S,
    Connection,
    PostgresTx,
)

LANES = 8
# Connections for reads beside the lanes.
MAX_READERS = 8
# Reads waiting for a connection; past it callers get "too many requests".
MAX_WAITING_READS = 10_000

_log = logging.getLogger(__name__)


async def _leave_as_it_is(connection: Connection) -> None:
    """Reset nothing between two reads: they leave nothing behind, and each reset is a round trip.

    A transaction that was left open is rolled back by the pool in any case.
    """


class PostgresStore:
    """A ``Store`` on a PostgreSQL server; several processes may use the same database."""

    log_is_ordered_by_id = False

    def __init__(self, dsn: str, configure: Callable[[Portal], Portal]) -> None:
        """Use the database at ``dsn``; ``configure`` adds what the configuration says to the stored identity."""
        self.on_log_growth: Callable[[], None] = lambda: None
        self.portal = Portal("", b"")
        self._dsn = dsn
        self._configure = configure
        self._is_open = False
        self._waiting_reads = 0

    async def start(self) -> None:
        """Connect, migrate, start the lanes."""
        connection = await asyncpg.connect(self._dsn)
        try:
            identity = await migrations.migrate_postgres(connection)
        finally:
            await connection.close()
        self.portal = self._configure(identity)
        self._readers = await asyncpg.create_pool(
            self._dsn, min_size=1, max_size=MAX_READERS, statement_cache_size=CACHED_STATEMENTS, reset=_leave_as_it_is
        )
        self._lanes = [Lane(self, self._dsn) for _ in range(LANES)]
        self._is_open = True

    async def stop(self) -> None:
        """Finish the queued units and close all connections."""
        self._is_open = False
        for lane in self._lanes:
            await lane.stop()
        await self._readers.close()

    def speak(self, language: str) -> None:
        """Let all units that begin from now on have this language of the portal."""
        self.portal = msgspec.structs.replace(self.portal, language=language)

    async def write(self, key: int, fn: UnitOfWork[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Queue the unit in the lane of its key and wait until it is committed."""
        self._refuse_when_closed()
        lane = self._lanes[key % LANES]
        if len(lane.units) >= MAX_WAITING_UNITS:
            raise OverloadedError
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        lane.put(Unit(key, future, fn, args, kwargs))
        return await future

    async def read(self, fn: UnitOfWork[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the unit on one read-only snapshot; again when the connection was lost or the schema changed."""
        self._refuse_when_closed()
        if self._waiting_reads >= MAX_WAITING_READS:
            raise OverloadedError
        self._waiting_reads += 1
        try:
            for repeat in range(MAX_REPEATS):
                try:
                    return await self._read_once(fn, *args, **kwargs)
                except CONFLICTS:
                    _log.debug("a read is repeated", exc_info=True)
                except (*LOST, asyncpg.InterfaceError, asyncpg.InternalClientError) as error:
                    if isinstance(error, ValueError):  # an argument that is no value of its column: the caller's fault
                        raise
                    _log.warning("a read lost its connection: %s", error)
                    await self._readers.expire_connections()  # the others are as dead, though they may not know yet
                    await asyncio.sleep(RECONNECT_S * 2**repeat)
            return await self._read_once(fn, *args, **kwargs)
        finally:
            self._waiting_reads -= 1

    async def scan(self, fn: UnitOfWork[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the unit as a read: the server does the work, the event loop only waits."""
        return await self.read(fn, *args, **kwargs)

    async def _read_once(self, fn: UnitOfWork[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        async with (
            self._readers.acquire() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            return await fn(PostgresTx(connection, self.portal), *args, **kwargs)

    def _refuse_when_closed(self) -> None:
        if not self._is_open:
            message = "the store is closed"
            raise RuntimeError(message)
