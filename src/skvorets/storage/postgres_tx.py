"""One transaction on PostgreSQL, and what may go wrong with the server that carries it."""

from __future__ import annotations

from typing import Any, TypeAlias

import asyncpg

from skvorets.storage import clock
from skvorets.storage.database import INSERT_LOG_ROW, ConflictError, LogRow, Portal, Row

# Statements kept prepared per connection; the project has some three hundred.
CACHED_STATEMENTS = 512
# Times that a batch or a read is repeated after a conflict or a lost connection before its callers hear of it.
MAX_REPEATS = 5
# Seconds before the first new attempt to reach a lost server; doubled each time: 1.5 s in all.
RECONNECT_S = 0.05
# Errors after which the same batch may succeed at once; the server has taken everything back.
CONFLICTS = (
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.InvalidCachedStatementError,  # the schema was changed under a prepared statement
    asyncpg.OutdatedSchemaCacheError,
    ConflictError,
)
# The server is not there, or not any more.
LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    OSError,
)

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record] | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"


class PostgresTx:
    """``Tx`` over one asyncpg connection inside a transaction."""

    is_postgres = True

    def __init__(self, connection: Connection, portal: Portal) -> None:
        """Use the connection; the caller opens and ends the transaction."""
        self.connection = connection
        self.portal = portal
        self.now = clock.now_ms()
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
