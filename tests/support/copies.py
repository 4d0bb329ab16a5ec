"""All rows of a database of either engine, for comparing a restored one with its source."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any, NamedTuple

import asyncpg

from skvorets.config import Config

# Renumbered by a restore, or notes of the engine.
_OTHER = {"events", "cursors", "log_start", "schema_version", "sqlite_sequence"}
# The index of texts is made anew by the server.
_DERIVED = "message_search"
_EVENTS = "SELECT at, kind, chat_id, person_id, data FROM events ORDER BY xid, id"
_PASSED = (
    "SELECT c.name, (SELECT count(*) FROM events e"
    " WHERE (CAST(CAST(e.xid AS TEXT) AS BIGINT), e.id) <= (c.xid, c.event_id)) FROM cursors c ORDER BY c.name"
)


class Contents(NamedTuple):
    """What must be equal on both sides."""

    tables: dict[str, list[dict[str, Any]]]
    events: list[tuple[Any, ...]]  # in the order of the log
    passed: dict[str, int]  # cursor → number of events behind it


async def contents_of(config: Config) -> Contents:
    """Read everything."""
    return await _from_postgres(config.database) if config.database else _from_sqlite(config)


def _from_sqlite(config: Config) -> Contents:
    with closing(sqlite3.connect(config.sqlite_path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = {}
        for name in filter(_is_compared, names):
            cursor = connection.execute(f"SELECT * FROM {name}")  # noqa: S608 — names of our own tables
            columns = [column[0] for column in cursor.description]
            tables[name] = _sorted([dict(zip(columns, row, strict=True)) for row in cursor])
        return Contents(tables, connection.execute(_EVENTS).fetchall(), dict(connection.execute(_PASSED).fetchall()))


async def _from_postgres(dsn: str) -> Contents:
    connection: Any = await asyncpg.connect(dsn)
    try:
        names = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        tables = {
            row[0]: _sorted([dict(one) for one in await connection.fetch(f"SELECT * FROM {row[0]}")])  # noqa: S608
            for row in names
            if _is_compared(row[0])
        }
        events = [tuple(row) for row in await connection.fetch(_EVENTS)]
        return Contents(tables, events, {row[0]: row[1] for row in await connection.fetch(_PASSED)})
    finally:
        await connection.close()


def _is_compared(table: str) -> bool:
    return table not in _OTHER and not table.startswith(_DERIVED)


def _sorted(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: [str(value) for value in row.values()])
