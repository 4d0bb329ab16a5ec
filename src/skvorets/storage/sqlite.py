"""The SQLite engine: one writer thread with group commit, inline reads, checkpoints on their own.

    callers ──► queue ──► writer thread: BEGIN IMMEDIATE, unit, unit, …, COMMIT ──► one call back to the loop
    callers ──► read-only connection, on the loop (short indexed reads) or in a thread (scans)

WAL with ``synchronous=FULL``: when a caller has its answer the change is on disk.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import msgspec

from skvorets.errors import OverloadedError
from skvorets.storage import migrations
from skvorets.storage.database import MAX_UNITS_PER_COMMIT, MAX_WAITING_UNITS, P, Portal, T, UnitOfWork
from skvorets.storage.sqlite_connection import BUSY_TIMEOUT_S, SqliteTx, connect, finish

# Seconds between checkpoints; between them the write-ahead log grows by what was written.
CHECKPOINT_EVERY_S = 2.0
# Past this size of the write-ahead log the writer itself folds it: the checkpoint thread alone never catches up with a
# writer that does not pause.
MAX_LOG_BYTES = 64 * 1024 * 1024
# Scans waiting for a thread; past it callers get "too many requests".
MAX_WAITING_SCANS = 1_000
# Threads for scans. More would only compete for the processors.
SCAN_THREADS = 2

_log = logging.getLogger(__name__)


class _Unit(NamedTuple):
    future: asyncio.Future[Any]
    fn: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


class _Outcome(NamedTuple):
    unit: _Unit
    value: object
    error: BaseException | None


_Runner: TypeAlias = "Callable[[SqliteTx, _Unit], _Outcome | None]"


class SqliteStore:
    """A ``Store`` in one file. Only one process may use it."""

    log_is_ordered_by_id = True

    def __init__(self, path: Path, configure: Callable[[Portal], Portal]) -> None:
        """Keep the data in ``path``; ``configure`` adds what the configuration says to the stored identity."""
        self.on_log_growth: Callable[[], None] = lambda: None
        self.portal = Portal("", b"")
        self._path = path
        self._configure = configure
        self._units: queue.SimpleQueue[_Unit | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._log_is_long = threading.Event()
        self._is_open = False
        self._waiting_scans = 0
        self._scanners = ThreadPoolExecutor(SCAN_THREADS, "scan")

    async def start(self) -> None:
        """Open, migrate, start the writer and the checkpoint thread."""
        self._loop = asyncio.get_running_loop()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._writing = connect(self._path)
        try:
            identity = await asyncio.to_thread(migrations.migrate_sqlite, self._writing, self._path)
        except BaseException:
            self._writing.close()
            raise
        self.portal = self._configure(identity)
        self._reading = SqliteTx(connect(self._path, read_only=True), self.portal)
        self._writer = threading.Thread(target=self._write_all, name="sqlite-writer", daemon=True)
        self._checkpointer = threading.Thread(target=self._checkpoint_all, name="sqlite-checkpoint", daemon=True)
        self._writer.start()
        self._checkpointer.start()
        self._is_open = True

    async def stop(self) -> None:
        """Finish the queued units, fold the log into the file and close."""
        self._is_open = False
        self._units.put(None)
        await asyncio.to_thread(self._writer.join)
        self._stopping.set()
        await asyncio.to_thread(self._checkpointer.join)
        await asyncio.to_thread(self._scanners.shutdown)
        self._reading.connection.close()
        self._writing.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._writing.close()

    def speak(self, language: str) -> None:
        """Let all units that begin from now on have this language of the portal."""
        self.portal = msgspec.structs.replace(self.portal, language=language)
        self._reading.portal = self.portal

    async def write(self, key: int, fn: UnitOfWork[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Queue the unit and wait until it is committed. The key is not needed: there is one writer."""
        del key
        self._refuse_when_closed()
        if self._units.qsize() >= MAX_WAITING_UNITS:
            raise OverloadedError
        future: asyncio.Future[T] = self._loop.create_future()
        self._units.put(_Unit(future, fn, args, kwargs))
        return await future

    async def read(self, fn: UnitOfWork[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the unit at once, on the event loop."""
        self._refuse_when_closed()
        value: T = _read(self._reading, fn, args, kwargs)
        return value

    async def scan(self, fn: UnitOfWork[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the unit in a thread with a connection of its own."""
        self._refuse_when_closed()
        if self._waiting_scans >= MAX_WAITING_SCANS:
            raise OverloadedError
        self._waiting_scans += 1
        try:
            return await self._loop.run_in_executor(self._scanners, self._scan, fn, args, kwargs)
        finally:
            self._waiting_scans -= 1

    def _refuse_when_closed(self) -> None:
        if not self._is_open:
            message = "the store is closed"
            raise RuntimeError(message)

    def _scan(self, fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        with contextlib.closing(connect(self._path, read_only=True)) as connection:
            return _read(SqliteTx(connection, self.portal), fn, args, kwargs)

    # ---- the writer thread

    def _write_all(self) -> None:
        tx = SqliteTx(self._writing, self.portal)
        is_last = False
        while not is_last and (first := self._units.get()) is not None:
            batch, is_last = self._take_batch(first)
            tx.portal = self.portal
            outcomes = self._commit(tx, batch)
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
                self._loop.call_soon_threadsafe(self._tell, outcomes, bool(tx.log_rows))
            if self._log_is_long.is_set():
                self._log_is_long.clear()
                _fold_log(self._writing)

    def _take_batch(self, first: _Unit) -> tuple[list[_Unit], bool]:
        batch, is_last = [first], False
        while len(batch) < MAX_UNITS_PER_COMMIT:
            try:
                unit = self._units.get_nowait()
            except queue.Empty:
                break
            if unit is None:
                is_last = True
                break
            batch.append(unit)
        # Nobody waits for a unit whose caller went away before it began.
        return [unit for unit in batch if not unit.future.cancelled()], is_last

    def _commit(self, tx: SqliteTx, batch: list[_Unit]) -> list[_Outcome]:
        """Run the batch in one transaction; once more with savepoints when a unit spoilt it for the others."""
        try:
            outcomes = self._attempt(tx, batch, _run_quickly)
            return self._attempt(tx, batch, _run_carefully) or [] if outcomes is None else outcomes
        except BaseException as error:  # noqa: BLE001 — the only writer must outlive whatever a unit or the disk does
            _roll_back(tx.connection)
            tx.log_rows = []
            _log.exception("commit failed")
            return [_Outcome(unit, None, error) for unit in batch]

    @staticmethod
    def _attempt(tx: SqliteTx, batch: list[_Unit], run: _Runner) -> list[_Outcome] | None:
        """Run and commit; None when a unit failed after it had written (nothing is kept)."""
        if not batch:
            tx.log_rows = []
            return []
        connection = tx.connection
        connection.execute("BEGIN IMMEDIATE")
        tx.begin()
        outcomes = []
        for unit in batch:
            outcome = run(tx, unit)
            if outcome is None:
                _roll_back(connection)
                return None
            outcomes.append(outcome)
        tx.write_log()
        connection.execute("COMMIT")
        return outcomes

    def _tell(self, outcomes: list[_Outcome], grew: bool) -> None:  # noqa: FBT001
        for unit, value, error in outcomes:
            if unit.future.done():  # the caller went away; the change stays
                continue
            if error is None:
                unit.future.set_result(value)
            else:
                unit.future.set_exception(error)
        if grew:
            self.on_log_growth()

    # ---- the checkpoint thread

    def _checkpoint_all(self) -> None:
        log_file = self._path.with_name(f"{self._path.name}-wal")
        while not self._stopping.wait(CHECKPOINT_EVERY_S):
            try:
                with contextlib.closing(connect(self._path)) as connection:
                    connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
                if log_file.stat().st_size > MAX_LOG_BYTES:
                    self._log_is_long.set()
            except (sqlite3.Error, OSError):
                _log.exception("checkpoint failed; it is tried again")


def _run_quickly(tx: SqliteTx, unit: _Unit) -> _Outcome | None:
    """Run a unit between the others; None when it failed after it had written."""
    before, logged = tx.connection.total_changes, len(tx.log_rows)
    try:
        return _Outcome(unit, finish(unit.fn(tx, *unit.args, **unit.kwargs)), None)
    except Exception as error:  # noqa: BLE001 — whatever it is, it belongs to this unit's caller
        if tx.connection.total_changes != before or not tx.connection.in_transaction:
            return None
        del tx.log_rows[logged:]
        return _Outcome(unit, None, error)


def _run_carefully(tx: SqliteTx, unit: _Unit) -> _Outcome:
    """Run a unit so that it alone can be taken back."""
    connection, logged = tx.connection, len(tx.log_rows)
    connection.execute("SAVEPOINT unit")
    try:
        outcome = _Outcome(unit, finish(unit.fn(tx, *unit.args, **unit.kwargs)), None)
    except Exception as error:
        if not connection.in_transaction:  # the engine gave the whole transaction up: disk full, unreadable …
            raise
        connection.execute("ROLLBACK TO unit")
        del tx.log_rows[logged:]
        outcome = _Outcome(unit, None, error)
    connection.execute("RELEASE unit")
    return outcome


def _read(tx: SqliteTx, fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    tx.begin()
    tx.connection.execute("BEGIN")
    try:
        return finish(fn(tx, *args, **kwargs))
    finally:
        _roll_back(tx.connection)


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _fold_log(connection: sqlite3.Connection) -> None:
    """Fold the whole write-ahead log into the file and begin it anew; given up at once when a reader still needs it."""
    connection.execute("PRAGMA busy_timeout=0")
    try:
        connection.execute("PRAGMA wal_checkpoint(RESTART)")
    except sqlite3.Error:
        _log.exception("the log could not be folded; it is tried again")
    finally:
        connection.execute(f"PRAGMA busy_timeout={int(BUSY_TIMEOUT_S * 1000)}")
