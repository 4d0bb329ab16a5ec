"""A lane of the PostgreSQL engine: commits groups of units over one connection.

batch ──► quick run ──► COMMIT                          the usual way
│ └─ deadlock, conflict, lost connection ──► the same batch again: surely nothing was committed
└─ a unit failed after it had written ──► careful run: a savepoint around each unit
COMMIT without an answer ──► the callers get CommitUnknownError; nothing is repeated
"""

from __future__ import annotations

import asyncio
import collections
import logging
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

import asyncpg

from skvorets.errors import OverloadedError
from skvorets.storage.database import MAX_UNITS_PER_COMMIT, Portal, is_side_by_side
from skvorets.storage.postgres_side_by_side import NotSideBySideError, Running, SideBySideTx, run_side_by_side
from skvorets.storage.postgres_tx import CACHED_STATEMENTS, CONFLICTS, LOST, MAX_REPEATS, RECONNECT_S, PostgresTx

# Equal units from which on running them side by side saves more than the savepoint costs.
MIN_SIDE_BY_SIDE = 3
# After a batch turned out not to fit, so many follow one by one: the traffic of a lane is seldom mixed anew each time.
SEQUENTIAL_BATCHES = 16
# Errors after which the transaction cannot go on even if nothing was written. Everything else that a unit raises before
# its first write, whatever its class, is a refusal and leaves the batch alone.
_BREAKING = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)

_log = logging.getLogger(__name__)


class CommitUnknownError(Exception):
    """The server went away between COMMIT and its answer: the units may have happened or not."""


class _SpoiltError(Exception):
    """A unit failed after it had written, or broke the transaction: the batch must run again, carefully."""


class _LostError(Exception):
    """The connection broke before COMMIT: surely nothing was committed."""


class Unit(NamedTuple):
    """A unit of work whose caller waits for it."""

    key: int
    future: asyncio.Future[Any]
    fn: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


class Outcome(NamedTuple):
    """What came of a unit."""

    unit: Unit
    value: object
    error: Exception | None


class Owner(Protocol):
    """The store that a lane belongs to."""

    portal: Portal
    on_log_growth: Callable[[], None]


class Lane:
    """One connection that commits what is queued for it, a batch at a time."""

    def __init__(self, store: Owner, dsn: str) -> None:
        """Begin to wait for units; ``store`` hears when the log grew."""
        self.units: collections.deque[Unit] = collections.deque()
        self._store = store
        self._dsn = dsn
        self._connection: asyncpg.Connection[asyncpg.Record] | None = None
        self._is_stopping = False
        self._sequential_left = 0  # batches that are not worth another try side by side
        self._wake = asyncio.Event()
        self._task = asyncio.create_task(self._run())

    def put(self, unit: Unit) -> None:
        """Queue a unit."""
        self.units.append(unit)
        self._wake.set()

    async def stop(self) -> None:
        """Finish the queued units and close the connection."""
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

    async def _commit(self, batch: list[Unit]) -> None:
        """Run the batch in one transaction and tell its callers; never raises."""
        try:
            await self._commit_or_repeat(batch)
        except _LostError as error:
            _log.exception("the database cannot be reached")
            refusal = OverloadedError()
            refusal.__cause__ = error
            _fail(batch, refusal)
        except CONFLICTS as error:
            if len(batch) == 1:
                _log.exception("a unit met conflicts only")
                _fail(batch, error)
            else:  # one of them may meet a conflict each time; it must not take the others along
                for unit in batch:
                    await self._commit([unit])
        except Exception as error:  # noqa: BLE001 — whatever it is, it belongs to these callers; the lane goes on
            _log.exception("commit failed")
            _fail(batch, error)

    async def _commit_or_repeat(self, batch: list[Unit]) -> None:
        is_careful, repeats = False, 0
        while True:
            try:
                await self._attempt(batch, is_careful=is_careful)
                return
            except _SpoiltError:
                is_careful = True
            except CONFLICTS:
                repeats += 1
                if repeats > MAX_REPEATS:
                    raise
            except _LostError as error:
                repeats += 1
                if repeats > MAX_REPEATS:
                    raise
                _log.warning("a lane lost its connection: %s", error.__cause__)
                await asyncio.sleep(RECONNECT_S * 2 ** (repeats - 1))

    async def _attempt(self, batch: list[Unit], *, is_careful: bool) -> None:
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

    async def _run_units(self, tx: PostgresTx, batch: list[Unit], *, is_careful: bool) -> list[Outcome]:
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
        if not isinstance(error, LOST) and not connection.is_closed():
            try:
                await connection.execute("ROLLBACK")
                return False
            except (*LOST, asyncpg.InterfaceError):
                _log.debug("nothing to take back: the connection is gone", exc_info=True)
        connection.terminate()
        return True

    def _tell(self, outcomes: list[Outcome], *, has_grown: bool) -> None:
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
            except LOST as error:
                raise _LostError from error
        return self._connection


async def _run_side_by_side(tx: PostgresTx, batch: list[Unit]) -> list[Outcome]:
    """Run equal units with a round trip for all of their first statements, for all of their second ones, and so on."""
    running = []
    for number, unit in enumerate(batch):
        own = SideBySideTx(tx.portal, tx.now)
        running.append(Running(number, unit.fn(own, *unit.args, **unit.kwargs), own))
    tx.has_written = True
    try:
        finished = await run_side_by_side(tx.connection.fetchmany, running)
    except (*CONFLICTS, *LOST, NotSideBySideError):
        raise
    except Exception as error:
        raise _SpoiltError from error
    finally:
        for one in running:
            one.coroutine.close()
    tx.log_rows += [row for one in finished for row in one.log_rows]
    return [Outcome(unit, one.value, one.error) for unit, one in zip(batch, finished, strict=True)]


async def _run_quickly(tx: PostgresTx, unit: Unit) -> Outcome:
    """Run a unit between the others."""
    tx.has_written, logged = False, len(tx.log_rows)
    try:
        return Outcome(unit, await unit.fn(tx, *unit.args, **unit.kwargs), None)
    except (*CONFLICTS, *LOST):
        raise
    except Exception as error:
        if tx.has_written or isinstance(error, _BREAKING):
            raise _SpoiltError from error
        del tx.log_rows[logged:]
        return Outcome(unit, None, error)


async def _run_carefully(tx: PostgresTx, unit: Unit) -> Outcome:
    """Run a unit so that it alone can be taken back."""
    logged = len(tx.log_rows)
    await tx.connection.execute("SAVEPOINT unit")
    try:
        value = await unit.fn(tx, *unit.args, **unit.kwargs)
        await tx.connection.execute("RELEASE SAVEPOINT unit")
    except (*CONFLICTS, *LOST):
        raise
    except Exception as error:  # noqa: BLE001 — whatever it is, it belongs to this unit's caller
        await tx.connection.execute("ROLLBACK TO SAVEPOINT unit; RELEASE SAVEPOINT unit")
        del tx.log_rows[logged:]
        return Outcome(unit, None, error)
    return Outcome(unit, value, None)


def _begin(batch: list[Unit]) -> str:
    """Open the transaction and take its locks in one round trip; keys are integers, so they may stand in the text."""
    keys = ",".join(str(int(key)) for key in sorted({unit.key for unit in batch}))
    return f"BEGIN; SELECT pg_advisory_xact_lock(k) FROM unnest('{{{keys}}}'::bigint[]) AS t(k)"


async def _end(connection: asyncpg.Connection[asyncpg.Record]) -> str:
    """Commit; what the server says it did: COMMIT or ROLLBACK. Raises CommitUnknownError when it does not say."""
    try:
        tag: str = await connection.execute("COMMIT")
    except CONFLICTS:
        raise
    except Exception as error:
        connection.terminate()
        raise CommitUnknownError from error
    return tag


def _fail(batch: list[Unit], error: Exception) -> None:
    for unit in batch:
        if not unit.future.done():
            unit.future.set_exception(error)
