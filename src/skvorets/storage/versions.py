"""Looks at a database without changing it: its version, its soundness. For ``migrate --dry-run`` and ``doctor``."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import asyncpg

_STATES = "SELECT state, count(*) FROM deliveries GROUP BY state"
_DEAD = (
    "SELECT url, count(*), max(failure) FROM deliveries WHERE state = 'dead'"
    " GROUP BY url ORDER BY count(*) DESC, url LIMIT 5"
)


class DeadLetters(NamedTuple):
    """Events for one address that were given up."""

    url: str
    dead: int
    failure: str  # of one of them


class Deliveries(NamedTuple):
    """How the delivery of events is doing."""

    states: dict[str, int]  # state → how many
    worst: list[DeadLetters]  # the addresses with most dead letters


async def version_of(sqlite_path: Path, dsn: str) -> int:
    """Number of the newest migration in the database; 0 for one that does not exist or is empty."""
    if not dsn:
        if not _exists(sqlite_path):
            return 0
        with closing(_open(sqlite_path)) as file:
            version: int = file.execute("PRAGMA user_version").fetchone()[0]
            return version
    connection: Any = await asyncpg.connect(dsn)
    try:
        if await connection.fetchval("SELECT to_regclass('schema_version')") is None:
            return 0
        number: int = await connection.fetchval("SELECT coalesce(max(number), 0) FROM schema_version")
        return number
    finally:
        await connection.close()


def check_sqlite(path: Path) -> str:
    """Check the file's structure; "ok", or what is wrong. Reads the whole file."""
    with closing(_open(path)) as connection:
        result: str = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        return result


async def look_at_deliveries(sqlite_path: Path, dsn: str) -> Deliveries:
    """Count deliveries in a database that has its tables."""
    if not dsn:
        with closing(_open(sqlite_path)) as file:
            states, worst = file.execute(_STATES).fetchall(), file.execute(_DEAD).fetchall()
    else:
        connection: Any = await asyncpg.connect(dsn)
        try:
            states, worst = await connection.fetch(_STATES), await connection.fetch(_DEAD)
        finally:
            await connection.close()
    return Deliveries({row[0]: row[1] for row in states}, [DeadLetters(*row) for row in worst])


def _exists(path: Path) -> bool:
    return path.exists()


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
