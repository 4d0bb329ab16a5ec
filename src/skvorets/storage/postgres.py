"""The PostgreSQL engine: lanes that commit groups of units, a pool for reads.

A unit goes to the lane of its key (units of one chat share a lane). A lane drains its queue into one transaction whose
first statement takes the advisory locks of the batch's keys in sorted order: without it two processes that write to the
same chats deadlock all the time (measured: down to 50/s).

    batch ──► quick run ──► COMMIT                          the usual way
                 │ └─ deadlock, conflict, lost connection ──► the same batch again: surely nothing was committed
                 └─ a unit failed after it had written ──► careful run: a savepoint around each unit
    COMMIT without an answer ──► the callers get CommitUnknownError; nothing is repeated
"""

from __future__ import annotations

import asyncio
import collections
import logging
import time
from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

import asyncpg

from skvorets.errors import OverloadedError
from skvorets.storage import migrations
from skvorets.storage.database import (
    INSERT_LOG_ROW,
    MAX_UNITS_PER_COMMIT,
    MAX_WAITING_UNITS,
    ConflictError,
    LogRow,
    P,
    Portal,
    Row,
    T,
    UnitOfWork,
    is_side_by_side,
)
from skvorets.storage.postgres_side_by_side import (
    NotSideBySideError,
    Running,
    SideBySideTx,
    run_side_by_side,
)

LANES = 8
# Equal units from which on running them side by side saves more than the savepoint costs.
MIN_SIDE_BY_SIDE = 3
# After a batch turned out not to fit, so many follow one by one: the traffic of a lane is seldom mixed anew each time.
SEQUENTIAL_BATCHES = 16
# Connections for reads beside the lanes.
MAX_READERS = 8
# Reads waiting for a connection; past it callers get "too many requests".
MAX_WAITING_READS = 10_000
# Statements kept prepared per connection; the project has some three hundred.
CACHED_STATEMENTS = 512
# Times that a batch is repeated after a conflict or a lost connection before its callers hear of it.
MAX_REPEATS = 5
# Seconds before the first new attempt to reach a lost server; doubled each time: 1.5 s in all.
RECONNECT_S = 0.05
# Errors after which the same batch may succeed at once; the server has taken everything back.
_CONFLICTS = (
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.InvalidCachedStatementError,  # the schema was changed under a prepared statement
    asyncpg.OutdatedSchemaCacheError,
    ConflictError,
)
# The server is not there, or not any more.
_LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    OSError,
)
# Errors after which the transaction cannot go on even if nothing was written. Everything else that a unit raises before
# its first write, whatever its class, is a refusal and leaves the batch alone.
_BREAKING = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)

_log = logging.getLogger(__name__)

_Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record] | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"


async def _leave_as_it_is(connection: _Connection) -> None:
    """Reset nothing between two reads: they leave nothing behind, and each reset is a round trip.

    A transaction that was left open is rolled back by the pool in any case.
    """


class CommitUnknownError(Exception):
    """The server went away between COMMIT and its answer: the units may have happened or not."""


class _SpoiltError(Exception):
    """A unit failed after it had written, or broke the transaction: the batch must run again, carefully."""


class _LostError(Exception):
    """The connection broke before COMMIT: surely nothing was committed."""


class _Unit(NamedTuple):
    key: int
    future: asyncio.Future[Any]
    fn: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


class _Outcome(NamedTuple):
    unit: _Unit
    value: object
    error: Exception | None


class PostgresTx:
    """``Tx`` over one asyncpg connection inside a transaction."""

    is_postgres = True

    def __init__(self, connection: _Connection, portal: Portal) -> None:
        """Use the connection; the caller opens and ends the transaction."""
        self.connection = connection
        self.portal = portal
        self.now = time.time_ns() // 1_000_000
        self.log_rows: list[LogRow] = []
        self.has_written = False

    async def val(self, sql: str, *args: object) -> Any:
        """Return the first column of the first row, or None."""
        self._note(sql)
        return await self.connection.fetchval(sql, *args)

    async def row(self, sql: str, *args: object) -> Row | None:
        """Return the first row, or None."""
        self._note(sql)
        row: Row | None = await self.connection.fetchrow(sql, *args)
        return row

    async def one(self, sql: str, *args: object) -> Row:
        """Return the only row."""
        self._note(sql)
        row: Row = await self.connection.fetchrow(sql, *args)
        return row

    async def rows(self, sql: str, *args: object) -> list[Row]:
        """Return all rows."""
        self._note(sql)
        found: list[Row] = await self.connection.fetch(sql, *args)
        return found

    async def do(self, sql: str, *args: object) -> int:
        """Return the number of rows changed, as in the command tag ("UPDATE 3")."""
        self.has_written = True
        tag: str = await self.connection.execute(sql, *args)
        count = tag.rpartition(" ")[2]
        return int(count) if count.isdigit() else 0

    async def write_log(self) -> None:
        """Write what the units left for the event log, in one round trip."""
        if self.log_rows:
            await self.connection.executemany(INSERT_LOG_ROW, self.log_rows)

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
        self._lanes = [_Lane(self, self._dsn) for _ in range(LANES)]
        self._is_open = True

    async def stop(self) -> None:
        """Finish the queued units and close all connections."""
        self._is_open = False
        for lane in self._lanes:
            await lane.stop()
        await self._readers.close()

    async def write(self, key: int, fn: UnitOfWork[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Queue the unit in the lane of its key and wait until it is committed."""
        self._refuse_when_closed()
        lane = self._lanes[key % LANES]
        if len(lane.units) >= MAX_WAITING_UNITS:
            raise OverloadedError
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        lane.put(_Unit(key, future, fn, args, kwargs))
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
                except _CONFLICTS:
                    _log.debug("a read is repeated", exc_info=True)
                except (*_LOST, asyncpg.InterfaceError) as error:
                    if isinstance(error, ValueError):  # an argument that is no value of its column: the caller's fault
                        raise
                    _log.warning("a read lost its connection: %s", error)
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


class _Lane:
    """One connection that commits what is queued for it, a batch at a time."""

    def __init__(self, store: PostgresStore, dsn: str) -> None:
        self.units: collections.deque[_Unit] = collections.deque()
        self._store = store
        self._dsn = dsn
        self._connection: asyncpg.Connection[asyncpg.Record] | None = None
        self._is_stopping = False
        self._sequential_left = 0  # batches that are not worth another try side by side
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
                taken = [self.units.popleft() for _ in range(min(len(self.units), MAX_UNITS_PER_COMMIT))]
                # Nobody waits for a unit whose caller went away before it began.
                if batch := [unit for unit in taken if not unit.future.cancelled()]:
                    await self._commit(batch)
            if self._is_stopping:
                return

    async def _commit(self, batch: list[_Unit]) -> None:
        """Run the batch in one transaction and tell its callers; never raises."""
        try:
            await self._commit_or_repeat(batch)
        except _LostError as error:
            _log.exception("the database cannot be reached")
            refusal = OverloadedError()
            refusal.__cause__ = error
            _fail(batch, refusal)
        except _CONFLICTS as error:
            if len(batch) == 1:
                _log.exception("a unit met conflicts only")
                _fail(batch, error)
            else:  # one of them may meet a conflict each time; it must not take the others along
                for unit in batch:
                    await self._commit([unit])
        except Exception as error:  # noqa: BLE001 — whatever it is, it belongs to these callers; the lane goes on
            _log.exception("commit failed")
            _fail(batch, error)

    async def _commit_or_repeat(self, batch: list[_Unit]) -> None:
        is_careful, repeats = False, 0
        while True:
            try:
                await self._attempt(batch, is_careful=is_careful)
                return
            except _SpoiltError:
                is_careful = True
            except _CONFLICTS:
                repeats += 1
                if repeats > MAX_REPEATS:
                    raise
            except _LostError as error:
                repeats += 1
                if repeats > MAX_REPEATS:
                    raise
                _log.warning("a lane lost its connection: %s", error.__cause__)
                await asyncio.sleep(RECONNECT_S * 2 ** (repeats - 1))

    async def _attempt(self, batch: list[_Unit], *, is_careful: bool) -> None:
        connection = await self._connect()
        try:
            await connection.execute(_begin(batch))
            tx = PostgresTx(connection, self._store.portal)  # its time is taken while the locks are held
            outcomes = await self._run_units(tx, batch, is_careful=is_careful)
            await tx.write_log()
        except BaseException as error:
            if await self._has_lost(connection, error):
                raise _LostError from error
            raise
        if await _end(connection) != "COMMIT":  # a unit hid an error of the server, which took everything back
            raise _SpoiltError
        self._tell(outcomes, has_grown=bool(tx.log_rows))

    async def _run_units(self, tx: PostgresTx, batch: list[_Unit], *, is_careful: bool) -> list[_Outcome]:
        if is_careful:
            return [await _run_carefully(tx, unit) for unit in batch]
        if self._sequential_left:
            self._sequential_left -= 1
        elif len(batch) >= MIN_SIDE_BY_SIDE and all(is_side_by_side(unit.fn) for unit in batch):
            await tx.connection.execute("SAVEPOINT side_by_side")
            try:
                return await _run_side_by_side(tx, batch)
            except NotSideBySideError:
                await tx.connection.execute("ROLLBACK TO SAVEPOINT side_by_side")
                tx.log_rows.clear()
                self._sequential_left = SEQUENTIAL_BATCHES
        return [await _run_quickly(tx, unit) for unit in batch]

    async def _has_lost(self, connection: asyncpg.Connection[asyncpg.Record], error: BaseException) -> bool:
        """Take the transaction back; is the connection gone?"""
        if not isinstance(error, _LOST) and not connection.is_closed():
            try:
                await connection.execute("ROLLBACK")
                return False
            except (*_LOST, asyncpg.InterfaceError):
                _log.debug("nothing to take back: the connection is gone", exc_info=True)
        connection.terminate()
        return True

    def _tell(self, outcomes: list[_Outcome], *, has_grown: bool) -> None:
        for unit, value, error in outcomes:
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
            try:
                self._connection = await asyncpg.connect(self._dsn, statement_cache_size=CACHED_STATEMENTS)
            except _LOST as error:
                raise _LostError from error
        return self._connection


async def _run_side_by_side(tx: PostgresTx, batch: list[_Unit]) -> list[_Outcome]:
    """Run equal units with a round trip for all of their first statements, for all of their second ones, and so on."""
    running = []
    for number, unit in enumerate(batch):
        own = SideBySideTx(tx.portal, tx.now)
        running.append(Running(number, unit.fn(own, *unit.args, **unit.kwargs), own))
    tx.has_written = True
    try:
        finished = await run_side_by_side(tx.connection.fetchmany, running)
    except (*_CONFLICTS, *_LOST, NotSideBySideError):
        raise
    except Exception as error:
        raise _SpoiltError from error
    finally:
        for one in running:
            one.coroutine.close()
    tx.log_rows += [row for one in finished for row in one.log_rows]
    return [_Outcome(unit, one.value, one.error) for unit, one in zip(batch, finished, strict=True)]


async def _run_quickly(tx: PostgresTx, unit: _Unit) -> _Outcome:
    """Run a unit between the others."""
    tx.has_written, logged = False, len(tx.log_rows)
    try:
        return _Outcome(unit, await unit.fn(tx, *unit.args, **unit.kwargs), None)
    except (*_CONFLICTS, *_LOST):
        raise
    except Exception as error:
        if tx.has_written or isinstance(error, _BREAKING):
            raise _SpoiltError from error
        del tx.log_rows[logged:]
        return _Outcome(unit, None, error)


async def _run_carefully(tx: PostgresTx, unit: _Unit) -> _Outcome:
    """Run a unit so that it alone can be taken back."""
    logged = len(tx.log_rows)
    await tx.connection.execute("SAVEPOINT unit")
    try:
        value = await unit.fn(tx, *unit.args, **unit.kwargs)
        await tx.connection.execute("RELEASE SAVEPOINT unit")
    except (*_CONFLICTS, *_LOST):
        raise
    except Exception as error:  # noqa: BLE001 — whatever it is, it belongs to this unit's caller
        await tx.connection.execute("ROLLBACK TO SAVEPOINT unit; RELEASE SAVEPOINT unit")
        del tx.log_rows[logged:]
        return _Outcome(unit, None, error)
    return _Outcome(unit, value, None)


def _begin(batch: list[_Unit]) -> str:
    """Open the transaction and take its locks in one round trip; keys are integers, so they may stand in the text."""
    keys = ",".join(str(int(key)) for key in sorted({unit.key for unit in batch}))
    return f"BEGIN; SELECT pg_advisory_xact_lock(k) FROM unnest('{{{keys}}}'::bigint[]) AS t(k)"


async def _end(connection: asyncpg.Connection[asyncpg.Record]) -> str:
    """Commit; what the server says it did: COMMIT or ROLLBACK. Raises CommitUnknownError when it does not say."""
    try:
        tag: str = await connection.execute("COMMIT")
    except _CONFLICTS:
        raise
    except Exception as error:
        connection.terminate()
        raise CommitUnknownError from error
    return tag


def _fail(batch: list[_Unit], error: Exception) -> None:
    for unit in batch:
        if not unit.future.done():
            unit.future.set_exception(error)
