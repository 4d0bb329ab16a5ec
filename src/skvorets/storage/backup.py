"""A consistent copy of all tables, the same for both engines, taken while the server runs.

One JSON list per row, one file per table, from one snapshot. Rows of the event log are written in the order in which
readers see them, and cursors as the number of rows they have passed, so that a copy from one engine fits the other:
ids of events are given anew by ``restore``.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

import asyncpg

from skvorets.storage.migrations import known_migrations

# Rows that a server-side cursor fetches at once.
_PREFETCH = 1000
# Not copied: the runner's own notes, SQLite's, and where the log begins, for its ids are given anew.
_OWN_TABLES = frozenset({"schema_version", "sqlite_sequence", "log_start"})
EVENTS, CURSORS = "events", "cursors"
_EVENT_COLUMNS = ("at", "kind", "chat_id", "person_id", "data")


class Progress(Protocol):
    """Told of each finished table; for people who wait."""

    def __call__(self, table: str, rows: int) -> None:
        """Take note of a finished table."""


def schema_number() -> int:
    """Number of the newest migration that this program knows."""
    return known_migrations()[-1].number


def dump_sqlite(path: Path, folder: Path, progress: Progress) -> None:
    """Write all tables of a SQLite file, also while a server uses it, into a folder."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in sorted(set(names) - _OWN_TABLES):
            cursor = connection.execute(_select(table, "0"))
            columns = [column[0] for column in cursor.description]
            progress(table, _write(folder / f"{table}.jsonl", columns, cursor))


async def dump_postgres(dsn: str, folder: Path, progress: Progress) -> None:
    """Write all tables of a PostgreSQL database into a folder."""
    connection: Any = await asyncpg.connect(dsn)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            names = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
            for table in sorted({row[0] for row in names} - _OWN_TABLES):
                progress(table, await _copy_table(connection, table, folder / f"{table}.jsonl"))
    finally:
        await connection.close()


async def _copy_table(connection: Any, table: str, path: Path) -> int:
    statement = await connection.prepare(_select(table, "xid::text::bigint"))
    columns = [attribute.name for attribute in statement.get_attributes()]
    rows: AsyncIterator[Any] = statement.cursor(prefetch=_PREFETCH)
    count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(columns) + "\n")
        async for row in rows:
            file.write(json.dumps(list(row), ensure_ascii=False) + "\n")
            count += 1
    return count


def _write(path: Path, columns: list[str], rows: Iterable[tuple[Any, ...]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(columns) + "\n")
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    return count


def _select(table: str, xid: str) -> str:
    """Read a table; the log in its order, a cursor as the number of events it has passed."""
    if table == EVENTS:
        return f"SELECT {', '.join(_EVENT_COLUMNS)} FROM {EVENTS} ORDER BY {xid}, id"
    if table == CURSORS:
        passed = f"SELECT count(*) FROM {EVENTS} WHERE ({xid}, id) <= (c.xid, c.event_id)"
        return f"SELECT c.name, ({passed}) AS passed FROM {CURSORS} c ORDER BY c.name"
    return f"SELECT * FROM {table} ORDER BY 1"
