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
from typing import Any, NamedTuple

from skvorets.errors import OverloadedError
from skvorets.storage import migrations
from skvorets.storage.database import MAX_UNITS_PER_COMMIT, MAX_WAITING_UNITS, P, Portal, T, UnitOfWork
from skvorets.storage.sqlite_connection import SqliteTx, connect, finish

# Seconds between checkpoints; between them the write-ahead log grows by what was written.
CHECKPOINT_EVERY_S = 2.0
# Threads for scans. More would only compete for the processors.
SCAN_THREADS = 2

_log = logging.getLogger(__name__)


class _Unit(NamedTuple):
    future: asyncio.Future[Any]
    fn: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


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
        self._scanners = ThreadPoolExecutor(SCAN_THREADS, "scan")
        self._scan_transactions: queue.SimpleQueue[SqliteTx] = queue.SimpleQueue()

    async def start(self) -> None:
        """Open, migrate, start the writer and the checkpoint thread."""
        self._loop = asyncio.get_running_loop()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._writing = connect(self._path)
        identity = await asyncio.to_thread(migrations.migrate_sqlite, self._writing, self._path)
        self.portal = self._configure(identity)
        self._reading = SqliteTx(connect(self._path, read_only=True), self.portal)
        for _ in range(SCAN_THREADS):
            self._scan_transactions.put(SqliteTx(connect(self._path, read_only=True), self.portal))
        self._writer = threading.Thread(target=self._write_all, name="sqlite-writer", daemon=True)
        self._checkpointer = threading.Thread(target=self._checkpoint_all, name="sqlite-checkpoint", daemon=True)
        self._writer.start()
        self._checkpointer.start()

    async def stop(self) -> None:
        """Finish the queued units, fold the log into the file and close."""
        self._units.put(None)
        await asyncio.to_thread(self._writer.join)
        self._stopping.set()
        await asyncio.to_thread(self._checkpointer.join)
        await asyncio.to_thread(self._scanners.shutdown)
        while not self._scan_transactions.empty():
            self._scan_transactions.get().connection.close()
        self._reading.connection.close()
        self._writing.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._writing.close()

    async def write(self, key: int, fn: UnitOfWork[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Queue the unit and wait until it is committed. The key is not needed: there is one writer."""
        del key
        if self._units.qsize() >= MAX_WAITING_UNITS:
            raise OverloadedError
        future: asyncio.Future[T] = self._loop.create_future()
        self._units.put(_Unit(future, fn, args, kwargs))
        return await future

    async def read(self, fn: UnitOfWork[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the unit at once, on the event loop."""
        return _read(self._reading, fn, args, kwargs)

    async def scan(self, fn: UnitOfWork[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the unit in a thread with a connection of its own."""
        return await self._loop.run_in_executor(self._scanners, self._scan, fn, args, kwargs)

    def _scan(self, fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:  # noqa: ANN401
        tx = self._scan_transactions.get()
        try:
            return _read(tx, fn, args, kwargs)
        finally:
            self._scan_transactions.put(tx)

    # ---- the writer thread

    def _write_all(self) -> None:
        tx = SqliteTx(self._writing, self.portal)
        while (first := self._units.get()) is not None:
            batch, is_last = self._take_batch(first)
            self._commit(tx, batch)
            if is_last:
                return

    def _take_batch(self, first: _Unit) -> tuple[list[_Unit], bool]:
        batch = [first]
        while len(batch) < MAX_UNITS_PER_COMMIT:
            try:
                unit = self._units.get_nowait()
            except queue.Empty:
                break
            if unit is None:
                return batch, True
            batch.append(unit)
        return batch, False

    def _commit(self, tx: SqliteTx, batch: list[_Unit]) -> None:
        """Run the batch in one transaction; units that fail after a write are failed and the others run again."""
        outcomes: list[tuple[_Unit, object, BaseException | None]] = []
        grew = False
        while batch:
            try:
                done, failed = self._attempt(tx, batch)
            except sqlite3.Error as error:
                _log.exception("commit failed")
                done, failed = [(unit, None, error) for unit in batch], None
            if failed is None:
                outcomes += done
                grew = tx.log_grew
                break
            outcomes.append(failed)
            batch = [unit for unit in batch if unit is not failed[0]]
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            self._loop.call_soon_threadsafe(self._tell, outcomes, grew)

    def _attempt(
        self, tx: SqliteTx, batch: list[_Unit]
    ) -> tuple[list[tuple[_Unit, object, BaseException | None]], tuple[_Unit, object, BaseException | None] | None]:
        connection = tx.connection
        done: list[tuple[_Unit, object, BaseException | None]] = []
        connection.execute("BEGIN IMMEDIATE")
        tx.begin()
        for unit in batch:
            before = connection.total_changes
            try:
                done.append((unit, finish(unit.fn(tx, *unit.args, **unit.kwargs)), None))
            except Exception as error:  # noqa: BLE001 — whatever it is, it belongs to this unit's caller
                if connection.total_changes != before or not connection.in_transaction:
                    _roll_back(connection)
                    return done, (unit, None, error)
                done.append((unit, None, error))
        try:
            connection.execute("COMMIT")
        except sqlite3.Error:
            _roll_back(connection)
            raise
        return done, None

    def _tell(self, outcomes: list[tuple[_Unit, object, BaseException | None]], grew: bool) -> None:  # noqa: FBT001
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
        connection = connect(self._path)
        while not self._stopping.wait(CHECKPOINT_EVERY_S):
            try:
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
            except sqlite3.Error:
                _log.exception("checkpoint failed; it is tried again")
        connection.close()


def _read(tx: SqliteTx, fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:  # noqa: ANN401
    tx.begin()
    tx.connection.execute("BEGIN")
    try:
        return finish(fn(tx, *args, **kwargs))
    finally:
        _roll_back(tx.connection)


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")
