"""Looks at a database without changing it: its version, its soundness. For ``migrate --dry-run`` and ``doctor``."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import asyncpg


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


def _exists(path: Path) -> bool:
    return path.exists()


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)


async def count_deliveries(sqlite_path: Path, dsn: str) -> dict[str, int]:
    """Count deliveries by state; empty for a database that does not exist."""
    sql = "SELECT state, count(*) FROM deliveries GROUP BY state"
    if not dsn:
        if not _exists(sqlite_path):
            return {}
        with closing(_open(sqlite_path)) as file:
            return dict(file.execute(sql).fetchall())
    connection: Any = await asyncpg.connect(dsn)
    try:
        return {row[0]: row[1] for row in await connection.fetch(sql)}
    finally:
        await connection.close()
