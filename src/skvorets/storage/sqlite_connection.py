"""A SQLite connection that speaks ``Tx``: the coroutines never wait, so a unit runs by one ``send(None)``."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

from skvorets.storage import clock
from skvorets.storage.database import INSERT_LOG_ROW, LogRow, Portal, Row, T
from skvorets.storage.statements import to_sqlite

# When a caller has its answer, the change is on disk. Only the test suite lowers this, for its own files.
SYNCHRONOUS = "FULL"
# How long a statement waits for another process (backup, doctor) that holds the file, seconds.
BUSY_TIMEOUT_S = 10.0
# Prepared statements kept per connection; the project has some three hundred.
CACHED_STATEMENTS = 512


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Open the database for use by one thread at a time."""
    address = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    connection = sqlite3.connect(
        address,
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=CACHED_STATEMENTS,
        timeout=BUSY_TIMEOUT_S,
    )
    if not read_only:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={SYNCHRONOUS}")
        # Checkpoints run in a thread of their own; see SqliteStore.
        connection.execute("PRAGMA wal_autocheckpoint=0")
    # SQLite's own knows English letters only; PostgreSQL's knows them all.
    connection.create_function("lower", 1, _lower, deterministic=True)
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA cache_size=-32768")
    return connection


def _lower(value: str | float | None) -> str | float | None:
    return value.lower() if isinstance(value, str) else value


class SqliteTx:
    """``Tx`` over one connection. ``begin`` must be called before each use."""

    is_postgres = False

    def __init__(self, connection: sqlite3.Connection, portal: Portal) -> None:
        """Use the connection; the caller opens and ends the transaction."""
        self.connection = connection
        self.portal = portal
        self.now = 0
        self.log_rows: list[LogRow] = []

    def begin(self) -> None:
        """Take the time of the transaction."""
        self.now = clock.now_ms()
        self.log_rows = []

    async def val(self, sql: str, *args: object) -> Any:
        """Return the first column of the first row, or None."""
        row = self._run(sql, args).fetchone()
        return None if row is None else row[0]

    async def row(self, sql: str, *args: object) -> Row | None:
        """Return the first row, or None."""
        row: Row | None = self._run(sql, args).fetchone()
        return row

    async def one(self, sql: str, *args: object) -> Row:
        """Return the only row."""
        row: Row = self._run(sql, args).fetchone()
        return row

    async def rows(self, sql: str, *args: object) -> list[Row]:
        """Return all rows."""
        return self._run(sql, args).fetchall()

    async def do(self, sql: str, *args: object) -> int:
        """Return the number of rows changed."""
        return self._run(sql, args).rowcount

    def write_log(self) -> None:
        """Write what the units left for the event log."""
        if self.log_rows:
            self.connection.executemany(to_sqlite(INSERT_LOG_ROW), self.log_rows)

    def _run(self, sql: str, args: tuple[object, ...]) -> sqlite3.Cursor:
        if "ANY($" in sql:
            args = tuple(json.dumps(list(arg)) if isinstance(arg, list | tuple) else arg for arg in args)
        return self.connection.execute(to_sqlite(sql), args)


def finish(unit: Awaitable[T]) -> T:
    """Run a unit to its end; it may await nothing but the transaction, which never waits."""
    coroutine = unit.__await__()
    try:
        next(coroutine)
    except StopIteration as end:
        value: T = end.value
        return value
    coroutine.close()
    message = "a unit of work awaited something other than its transaction"
    raise RuntimeError(message)
