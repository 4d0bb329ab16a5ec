"""Numbered SQL files, one runner for both engines.

``schema/0001_core.sql``, ``0002_…`` run once, in order, each with its number in one transaction. A database that is
newer than the program is refused. Before an existing SQLite file is changed a copy is made beside it; PostgreSQL is
backed up by its administrator or by ``skvorets backup``.
"""

from __future__ import annotations

import re
import secrets
import sqlite3
from contextlib import closing
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from skvorets.errors import CoreError
from skvorets.storage.database import Portal
from skvorets.storage.statements import schema_for

if TYPE_CHECKING:
    import asyncpg

_NAME = re.compile(r"(\d{4})_\w+\.sql")
# Two processes that start at once must not migrate together.
_MIGRATION_LOCK = 7_200_614


class NewerDatabaseError(CoreError):
    """The database was written by a newer program."""


class Migration(NamedTuple):
    """One numbered script in our one dialect of SQL."""

    number: int
    name: str
    script: str


def known_migrations() -> list[Migration]:
    """All migrations of this program, in order."""
    return sorted(
        Migration(int(match[1]), entry.name, entry.read_text("utf-8"))
        for entry in resources.files("skvorets.storage").joinpath("schema").iterdir()
        if (match := _NAME.fullmatch(entry.name))
    )


def pending(version: int, up_to: int | None = None) -> list[Migration]:
    """The migrations that a database of this version lacks, at most up to a number. Raises NewerDatabaseError."""
    migrations = known_migrations()
    if version > migrations[-1].number:
        message = f"the database has version {version}, this program knows {migrations[-1].number}; update the program"
        raise NewerDatabaseError(message)
    last = migrations[-1].number if up_to is None else up_to
    if last > migrations[-1].number or version > last:
        message = f"version {last} is wanted; the database has {version}, this program knows {migrations[-1].number}"
        raise NewerDatabaseError(message)
    return [migration for migration in migrations if version < migration.number <= last]


def migrate_sqlite(connection: sqlite3.Connection, path: Path, *, up_to: int | None = None) -> Portal:
    """Bring the file up to date and return the portal's identity, made at the first start."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    missing = pending(version, up_to)
    if missing and version:
        with closing(sqlite3.connect(path.with_suffix(f".before-{missing[-1].number}.db"))) as copy:
            connection.backup(copy)
    for migration in missing:
        script = schema_for("sqlite", migration.script)
        connection.executescript(f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version={migration.number};\nCOMMIT;")
    row = connection.execute("SELECT * FROM portal").fetchone()  # the columns that this version of the schema has
    if row is None:
        row = _new_identity()
        connection.execute("INSERT INTO portal (member_id, secret) VALUES (?, ?)", row)
    return _portal(row)


async def migrate_postgres(connection: asyncpg.Connection[asyncpg.Record], *, up_to: int | None = None) -> Portal:
    """Bring the database up to date and return the portal's identity, made at the first start."""
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock($1)", _MIGRATION_LOCK)
        await connection.execute("CREATE TABLE IF NOT EXISTS schema_version (number INTEGER NOT NULL)")
        version = await connection.fetchval("SELECT coalesce(max(number), 0) FROM schema_version")
        for migration in pending(version, up_to):
            await connection.execute(schema_for("postgres", migration.script))
            await connection.execute("INSERT INTO schema_version (number) VALUES ($1)", migration.number)
        row = await connection.fetchrow("SELECT * FROM portal")
        if row is None:
            identity = _new_identity()
            await connection.execute("INSERT INTO portal (member_id, secret) VALUES ($1, $2)", *identity)
            return _portal(identity)
        return _portal(tuple(row))


def _new_identity() -> tuple[str, str]:
    return secrets.token_hex(16), secrets.token_hex(32)


def _portal(row: tuple[str, ...]) -> Portal:
    """Read the portal's row; its language is empty when none was chosen yet, or in an old version of the schema."""
    language = row[2] if len(row) > 2 else ""  # noqa: PLR2004 — the third column
    return Portal(member_id=row[0], secret=bytes.fromhex(row[1]), language=language)
