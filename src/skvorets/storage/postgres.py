"""The PostgreSQL engine: lanes that commit groups of units, a pool for reads.

A unit goes to the lane of its key (units of one chat share a lane). A lane drains its queue into one transaction whose
first statement takes the advisory locks of the batch's keys in sorted order: without it two processes that write to the
same chats deadlock all the time (measured: down to 50/s). 40P01 and 40001 are repeated.
"""

from __future__ import annotations

import asyncio
import collections
import logging
import time
from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

import asyncpg

from skvorets.errors import CoreError, OverloadedError
from skvorets.storage import migrations
from skvorets.storage.database import MAX_UNITS_PER_COMMIT, MAX_WAITING_UNITS, ConflictError, P, Portal, Row, T, UnitOfWork

LANES = 8
# Connections for reads beside the lanes.
MAX_READERS = 8
# Statements kept prepared per connection; the project has some three hundred.
CACHED_STATEMENTS = 512
# Times that a batch is repeated after a deadlock or a serialisation failure before its callers hear of it.
MAX_REPEATS = 5
# Errors after which the same batch may succeed.
_PASSING = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError, ConflictError)
_LOCK_KEYS = "SELECT pg_advisory_xact_lock(k) FROM (SELECT k FROM unnest($1::bigint[]) AS t(k) ORDER BY k) AS sorted"

_log = logging.getLogger(__name__)

_Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record] | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"


class _Unit(NamedTuple):
    key: int
    future: asyncio.Future[Any]
    fn: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


class PostgresTx:
    """``Tx`` over one asyncpg connection inside a transaction."""

    def __init__(self, connection: _Connection, portal: Portal) -> None:
        """Use the connection; the caller opens and ends the transaction."""
        self.connection = connection
        self.portal = portal
        self.now = time.time_ns() // 1_000_000
        self.log_grew = False
        self.has_written = False

    async def val(self, sql: str, *args: object) -> Any:  # noqa: ANN401 — a column may be of any type
        """Return the first column of the first row, or None."""
        self._note(sql)
        return await self.connection.fetchval(sql, *args)

    async def row(self, sql: str, *args: object) -> Row | None:
        """Return the first row, or None."""
        self._note(sql)
        row: Row | None = await self.connection.fetchrow(sql, *args)
        return row

    async def rows(self, sql: str, *args: object) -> list[Row]:
        """Return all rows."""
        self._note(sql)
        return await self.connection.fetch(sql, *args)

    async def do(self, sql: str, *args: object) -> int:
        """Return the number of rows changed, as in the command tag ("UPDATE 3")."""
        self.has_written = True
        tag: str = await self.connection.execute(sql, *args)
        count = tag.rpartition(" ")[2]
        return int(count) if count.isdigit() else 0

    def _note(self, sql: str) -> None:
        if not sql.startswith("SELECT"):
            self.has_written = True


class PostgresStore:
    """A ``Store`` on a PostgreSQL server; several processes may use the same database."""

    log_is_ordered_by_id = False

    def __init__(self, dsn: str, configure: Callable[[Portal], Portal]) -> None:
        """Use the database at ``dsn``; ``configure`` adds what the configuration says to the stored identity."""
        self.on_log_growth: Callable[[], None] = lambda: None
        self.portal = Portal("", b"")
        self._dsn = dsn
        self._configure = configure

    async def start(self) -> None:
        """Connect, migrate, start the lanes."""
        connection = await asyncpg.connect(self._dsn)
        try:
            identity = await migrations.migrate_postgres(connection)
        finally:
            await connection.close()
        self.portal = self._configure(identity)
        self._readers = await asyncpg.create_pool(
            self._dsn, min_size=1, max_size=MAX_READERS, statement_cache_size=CACHED_STATEMENTS
        )
        self._lanes = [_Lane(self, self._dsn) for _ in range(LANES)]

    async def stop(self) -> None:
        """Finish the queued units and close all connections."""
        for lane in self._lanes:
            await lane.stop()
        await self._readers.close()

    async def write(self, key: int, fn: UnitOfWork[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Queue the unit in the lane of its key and wait until it is committed."""
        lane = self._lanes[key % LANES]
        if len(lane.units) >= MAX_WAITING_UNITS:
            raise OverloadedError
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        lane.put(_Unit(key, future, fn, args, kwargs))
        return await future

    async def read(self, fn: UnitOfWork[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the unit on one read-only snapshot."""
        async with (
            self._readers.acquire() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            return await fn(PostgresTx(connection, self.portal), *args, **kwargs)

    async def scan(self, fn: UnitOfWork[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the unit as a read: the server does the work, the event loop only waits."""
        return await self.read(fn, *args, **kwargs)


class _Lane:
    """One connection that commits what is queued for it, a batch at a time."""

    def __init__(self, store: PostgresStore, dsn: str) -> None:
        self.units: collections.deque[_Unit] = collections.deque()
        self._store = store
        self._dsn = dsn
        self._connection: asyncpg.Connection[asyncpg.Record] | None = None
        self._is_stopping = False
        self._wake = asyncio.Event()
        self._task = asyncio.create_task(self._run())

    def put(self, unit: _Unit) -> None:
        self.units.append(unit)
        self._wake.set()

    async def stop(self) -> None:
        self._is_stopping = True
        self._wake.set()
        await self._task
        if self._connection is not None:
            await self._connection.close()

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self.units:
                batch = [self.units.popleft() for _ in range(min(len(self.units), MAX_UNITS_PER_COMMIT))]
                try:
                    await self._commit(batch)
                except Exception as error:
                    _log.exception("commit failed")
                    _fail(batch, error)
            if self._is_stopping:
                return

    async def _commit(self, batch: list[_Unit]) -> None:
        """Run the batch in one transaction; units that fail after a write are failed and the others run again."""
        repeats = 0
        while batch:
            connection = await self._connect()
            try:
                failed = await self._attempt(connection, batch)
            except _PASSING:
                repeats += 1
                if repeats > MAX_REPEATS:
                    raise
                continue
            if failed is None:
                return
            _fail([failed[0]], failed[1])
            batch = [unit for unit in batch if unit is not failed[0]]

    async def _attempt(
        self, connection: asyncpg.Connection[asyncpg.Record], batch: list[_Unit]
    ) -> tuple[_Unit, Exception] | None:
        transaction = connection.transaction()
        await transaction.start()
        tx = PostgresTx(connection, self._store.portal)
        done: list[tuple[_Unit, object, Exception | None]] = []
        try:
            await connection.execute(_LOCK_KEYS, sorted({unit.key for unit in batch}))
            for unit in batch:
                tx.has_written = False
                try:
                    done.append((unit, await unit.fn(tx, *unit.args, **unit.kwargs), None))
                except _PASSING:
                    raise
                except Exception as error:  # noqa: BLE001 — whatever it is, it belongs to this unit's caller
                    if tx.has_written or not isinstance(error, CoreError | ValueError | TypeError | LookupError):
                        await transaction.rollback()
                        return unit, error
                    done.append((unit, None, error))
        except BaseException:
            if not connection.is_closed():
                await transaction.rollback()
            raise
        await transaction.commit()
        self._tell(done, has_grown=tx.log_grew)
        return None

    def _tell(self, done: list[tuple[_Unit, object, Exception | None]], *, has_grown: bool) -> None:
        for unit, value, error in done:
            if unit.future.done():  # the caller went away; the change stays
                continue
            if error is None:
                unit.future.set_result(value)
            else:
                unit.future.set_exception(error)
        if has_grown:
            self._store.on_log_growth()

    async def _connect(self) -> asyncpg.Connection[asyncpg.Record]:
        if self._connection is None or self._connection.is_closed():
            self._connection = await asyncpg.connect(self._dsn, statement_cache_size=CACHED_STATEMENTS)
        return self._connection


def _fail(batch: list[_Unit], error: Exception) -> None:
    for unit in batch:
        if not unit.future.done():
            unit.future.set_exception(error)
