"""Brings a copy made by ``backup.py`` into an empty database of either engine, in one transaction.

The tables are made as they were when the copy was taken; migrations that came later run over the copied rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from itertools import chain, islice
from pathlib import Path
from typing import Any

import asyncpg

from skvorets.errors import CoreError
from skvorets.storage import event_log
from skvorets.storage.backup import CURSORS, EVENTS, OWN_TABLES, SEQUENCES, Copy, Progress, copied, file_of
from skvorets.storage.database import Tx
from skvorets.storage.migrations import migrate_postgres, migrate_sqlite
from skvorets.storage.postgres_tx import PostgresTx
from skvorets.storage.sqlite_connection import SqliteTx, connect, finish

# Values of one INSERT: enough to be quick, far below the engines' limits of 32,766 parameters.
_VALUES_AT_ONCE = 2000
# The copied events get ids so far above those that were ever given: a client that saw more before the disaster must
# not take them, or the ones that follow, for those it has seen.
EVENT_ID_GAP = 1_000_000
# What a program that was started on the empty place leaves there.
_TRACES = ("portal", "cursors", "log_start", "search_words_version", "sections")


class NotEmptyError(CoreError):
    """There is data already; a restore would mix two portals. Nothing was changed."""


class WrongCopyError(CoreError):
    """The tables in the copy are not those that it promises."""


def restore_sqlite(path: Path, copy: Copy, progress: Progress) -> None:
    """Make a new SQLite file of the copy. Raises NewerDatabaseError, NotEmptyError, WrongCopyError."""
    with closing(connect(path)) as connection:
        portal = migrate_sqlite(connection, path, up_to=copy.schema)
        tx = SqliteTx(connection, portal)
        tx.begin()
        connection.execute("BEGIN IMMEDIATE")
        finish(_fill_all(tx, copy, progress))
        connection.execute("COMMIT")
        migrate_sqlite(connection, path)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


async def restore_postgres(dsn: str, copy: Copy, progress: Progress) -> None:
    """Fill an empty PostgreSQL database. Raises NewerDatabaseError, NotEmptyError, WrongCopyError."""
    connection: Any = await asyncpg.connect(dsn)
    try:
        portal = await migrate_postgres(connection, up_to=copy.schema)
        async with connection.transaction():
            await _fill_all(PostgresTx(connection, portal), copy, progress)
        await migrate_postgres(connection)
    finally:
        await connection.close()


async def _fill_all(tx: Tx, copy: Copy, progress: Progress) -> None:
    tables = await _tables(tx)
    if tables != set(copy.rows):
        differing = ", ".join(sorted(tables ^ set(copy.rows)))
        raise WrongCopyError(f"the tables of the copy and of the database differ: {differing}")
    await _empty(tx, tables)
    last_ids: dict[str, int] = dict(_rows_of(copy, SEQUENCES))
    if unknown := set(last_ids) - tables:
        raise WrongCopyError(f"ids of unknown tables: {', '.join(sorted(unknown))}")
    for table in sorted(tables - {EVENTS, CURSORS}):
        await _fill(tx, table, copy, progress)
        await _continue_ids(tx, table, last_ids.get(table, 0))
    await _continue_ids(tx, EVENTS, last_ids.get(EVENTS, 0) + EVENT_ID_GAP)
    await _fill(tx, EVENTS, copy, progress)
    await event_log.close_history(tx)
    await _set_cursors(tx, copy)


async def _tables(tx: Tx) -> set[str]:
    """The tables whose rows are copied."""
    rows = await tx.rows(
        "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        if tx.is_postgres
        else "SELECT name FROM sqlite_master WHERE type = 'table'"
    )
    return copied(row[0] for row in rows)


async def _empty(tx: Tx, tables: set[str]) -> None:
    for table in sorted(tables.difference(_TRACES)):
        if await tx.val(f"SELECT 1 FROM {table} LIMIT 1") is not None:
            raise NotEmptyError("the database is not empty; nothing was changed")
    for table in sorted((tables | OWN_TABLES).intersection(_TRACES)):  # an old copy knows fewer
        await tx.do(f"DELETE FROM {table}")


async def _continue_ids(tx: Tx, table: str, last: int) -> None:
    """Let new rows of a table have greater ids than were ever given."""
    if not last:
        return
    if tx.is_postgres:
        greatest = f"greatest(CAST($2 AS BIGINT), (SELECT max(id) FROM {table}))"
        await tx.val(f"SELECT setval(pg_get_serial_sequence($1, 'id'), {greatest})", table, last)
        return
    await tx.do("DELETE FROM sqlite_sequence WHERE name = $1", table)
    await tx.do("INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)", table, last)


async def _fill(tx: Tx, table: str, copy: Copy, progress: Progress) -> None:
    rows = _lines(copy, table)
    columns = [_name(str(column)) for column in next(rows, [])]
    count = 0
    while chunk := list(islice(rows, max(1, _VALUES_AT_ONCE // max(1, len(columns))))):
        if any(len(row) != len(columns) for row in chunk):
            raise WrongCopyError(f"a row of {table} has too many or too few values")
        await tx.do(_insert(table, columns, len(chunk)), *chain.from_iterable(chunk))
        count += len(chunk)
    if count != copy.rows[table]:
        raise WrongCopyError(f"{table} should have {copy.rows[table]} rows and has {count}")
    progress(table, count)


def _insert(table: str, columns: list[str], rows: int) -> str:
    width = len(columns)
    groups = ("(" + ", ".join(f"${row * width + place + 1}" for place in range(width)) + ")" for row in range(rows))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join(groups)}"


async def _set_cursors(tx: Tx, copy: Copy) -> None:
    """Put each cursor behind as many events as it had passed."""
    for name, passed in _rows_of(copy, CURSORS):
        place = await tx.row(
            "SELECT CAST(CAST(xid AS TEXT) AS BIGINT), id FROM events ORDER BY id LIMIT 1 OFFSET $1",
            max(int(passed) - 1, 0),
        )
        position = event_log.Position(*place) if place is not None and passed else event_log.START
        await event_log.move_cursor(tx, name, position)


def _rows_of(copy: Copy, table: str) -> Iterator[list[Any]]:
    """The rows without the names of their columns."""
    return islice(_lines(copy, table), 1, None)


def _lines(copy: Copy, table: str) -> Iterator[list[Any]]:
    try:
        with file_of(copy.folder, table).open(encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)
    except (OSError, ValueError) as error:
        raise WrongCopyError(f"{table} cannot be read: {error}") from None


def _name(text: str) -> str:
    """Let only plain names through: they come from a file and go into SQL."""
    if not text.replace("_", "").isalnum() or not text.isascii():
        raise WrongCopyError(f"not a name: {text!r}")
    return text
