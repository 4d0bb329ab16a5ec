"""A consistent copy of all tables, the same for both engines, taken while the server runs.

One JSON list per row, one file per table, from one snapshot. Rows of the event log are written in the order in which
readers see them, and cursors as the number of rows they have passed, so that a copy from one engine fits the other:
ids of events are given anew by ``restore``. The file ``sequences`` says which ids were given last, also to rows that
are deleted.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

import asyncpg
import msgspec

from skvorets.storage import message_search

# Rows that a server-side cursor fetches at once.
_PREFETCH = 1000
# Not copied: the runner's own notes, SQLite's, and where the log begins, for its ids are given anew.
OWN_TABLES = frozenset({"schema_version", "sqlite_sequence", "log_start"})
# Nor the index of texts, of which SQLite has several tables: it differs from engine to engine and is made anew.
OWN_PREFIX = message_search.TABLES
EVENTS, CURSORS, SEQUENCES = "events", "cursors", "sequences"
_EVENT_COLUMNS = ("at", "kind", "chat_id", "person_id", "data")
_SEQUENCE_COLUMNS = ["name", "last"]
_POSTGRES_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
# A row per table with ids of its own; NULL = none was given yet.
_POSTGRES_SEQUENCES = (
    "SELECT table_name::text, pg_sequence_last_value(pg_get_serial_sequence(table_name::text, 'id')::regclass)"
    " FROM information_schema.columns"
    " WHERE table_schema = current_schema() AND column_name = 'id' AND is_identity = 'YES'"
)


def copied(tables: Iterable[str]) -> set[str]:
    """Those of the tables whose rows are copied."""
    return {name for name in tables if name not in OWN_TABLES and not name.startswith(OWN_PREFIX)}


class Copy(msgspec.Struct, frozen=True):
    """A copy in a folder: what ``restore`` must know of it."""

    folder: Path
    schema: int  # version of the database that it was taken from
    rows: dict[str, int]  # rows per table


class Progress(Protocol):
    """Told of each finished table; for people who wait."""

    def __call__(self, table: str, rows: int) -> None:
        """Take note of a finished table."""


def dump_sqlite(path: Path, folder: Path, progress: Progress) -> Copy:
    """Write all tables of a SQLite file, also while a server uses it, into a folder."""
    address = f"{path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        counts: dict[str, int] = {}
        for table in sorted(copied(names)):
            cursor = connection.execute(_select(table))
            columns = [column[0] for column in cursor.description]
            counts[table] = _write(folder, table, columns, cursor)
            progress(table, counts[table])
        _write(folder, SEQUENCES, _SEQUENCE_COLUMNS, connection.execute("SELECT name, seq FROM sqlite_sequence"))
        schema: int = connection.execute("PRAGMA user_version").fetchone()[0]
        return Copy(folder, schema, counts)


async def dump_postgres(dsn: str, folder: Path, progress: Progress) -> Copy:
    """Write all tables of a PostgreSQL database, also while servers use it, into a folder."""
    connection: Any = await asyncpg.connect(dsn)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            names = await connection.fetch(_POSTGRES_TABLES)
            counts: dict[str, int] = {}
            for table in sorted(copied(row[0] for row in names)):
                counts[table] = await _copy_table(connection, table, folder)
                progress(table, counts[table])
            last = await connection.fetch(_POSTGRES_SEQUENCES)
            _write(folder, SEQUENCES, _SEQUENCE_COLUMNS, (tuple(row) for row in last if row[1] is not None))
            schema = await connection.fetchval("SELECT coalesce(max(number), 0) FROM schema_version")
            return Copy(folder, schema, counts)
    finally:
        await connection.close()


async def _copy_table(connection: Any, table: str, folder: Path) -> int:
    statement = await connection.prepare(_select(table))
    columns = [attribute.name for attribute in statement.get_attributes()]
    rows: AsyncIterator[Any] = statement.cursor(prefetch=_PREFETCH)
    count = 0
    with file_of(folder, table).open("w", encoding="utf-8") as file:
        file.write(json.dumps(columns) + "\n")
        async for row in rows:
            file.write(json.dumps(list(row), ensure_ascii=False) + "\n")
            count += 1
    return count


def file_of(folder: Path, table: str) -> Path:
    """Where the rows of a table lie."""
    return folder / f"{table}.jsonl"


def _write(folder: Path, table: str, columns: list[str], rows: Iterable[tuple[Any, ...]]) -> int:
    count = 0
    with file_of(folder, table).open("w", encoding="utf-8") as file:
        file.write(json.dumps(columns) + "\n")
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    return count


def _select(table: str) -> str:
    """Read a table; the log in its order (SQLite's xid is always 0), a cursor as the number of events it has passed."""
    if table == EVENTS:
        return f"SELECT {', '.join(_EVENT_COLUMNS)} FROM {EVENTS} ORDER BY xid, id"
    if table == CURSORS:
        place = "(CAST(CAST(xid AS TEXT) AS BIGINT), id)"
        passed = f"SELECT count(*) FROM {EVENTS} WHERE {place} <= (c.xid, c.event_id)"
        return f"SELECT c.name, ({passed}) AS passed FROM {CURSORS} c ORDER BY c.name"
    return f"SELECT * FROM {table} ORDER BY 1"
