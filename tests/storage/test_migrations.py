"""Migrations: fresh, repeated, newer, with a copy beside, and several processes at once."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from skvorets.storage import migrations
from skvorets.storage.database import Portal
from skvorets.storage.migrations import Migration, NewerDatabaseError, known_migrations
from support.stores import make_store, started


@pytest.fixture
async def empty_postgres(postgres: Any) -> AsyncIterator[str]:
    """Give a database without any table."""
    dsn: str = postgres.dsn("empty_for_migrations")
    await _run(postgres.dsn("postgres"), "CREATE DATABASE empty_for_migrations TEMPLATE template0")
    yield dsn
    await _run(postgres.dsn("postgres"), "DROP DATABASE empty_for_migrations WITH (FORCE)")


async def _run(dsn: str, sql: str) -> None:
    connection: Any = await asyncpg.connect(dsn)
    await connection.execute(sql)
    await connection.close()


async def _migrate(dsn: str) -> Portal:
    connection: Any = await asyncpg.connect(dsn)
    try:
        return await migrations.migrate_postgres(connection)
    finally:
        await connection.close()


def _add_migration(monkeypatch: pytest.MonkeyPatch, script: str) -> int:
    known = known_migrations()
    number = known[-1].number + 1
    monkeypatch.setattr(migrations, "known_migrations", lambda: [*known, Migration(number, "next.sql", script)])
    return number


def _copies(folder: Path) -> list[Path]:
    return list(folder.glob("*.before-*"))


def test_migrations_are_numbered_without_gaps() -> None:
    assert [one.number for one in known_migrations()] == list(range(1, len(known_migrations()) + 1))


async def test_a_fresh_database_gets_an_identity_that_stays(database: str, tmp_path: Path) -> None:
    async with started(database, tmp_path) as store:
        first = store.portal
    assert len(first.member_id) == 32
    assert len(first.secret) == 32
    async with started(database, tmp_path) as store:
        assert store.portal == first
    assert _copies(tmp_path) == []  # nothing was changed, so nothing was copied


async def test_an_empty_database_of_postgres_is_made_ready_by_several_processes_at_once(empty_postgres: str) -> None:
    portals = await asyncio.gather(*(_migrate(empty_postgres) for _ in range(4)))
    assert len(set(map(str, portals))) == 1
    assert await _migrate(empty_postgres) == portals[0]


async def test_a_newer_database_is_refused_and_left_as_it_is(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as newer:
        number = _add_migration(newer, "CREATE TABLE from_the_future (id BIGINT);")
        async with started(database, tmp_path):
            pass
    store = make_store(database, tmp_path)
    with pytest.raises(NewerDatabaseError, match=f"version {number}.*update the program"):
        await store.start()
    with monkeypatch.context() as newer:
        _add_migration(newer, "CREATE TABLE from_the_future (id BIGINT);")
        async with started(database, tmp_path) as again:
            assert await again.read(_count_future) == 0


async def _count_future(tx: Any) -> Any:
    return await tx.val("SELECT count(*) FROM from_the_future")


async def test_a_migration_runs_once_and_keeps_the_data(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def add(tx: Any) -> None:
        await tx.do("INSERT INTO departments (name) VALUES ($1)", "kept")

    async def look(tx: Any) -> list[tuple[str, str]]:
        return [tuple(row) for row in await tx.rows("SELECT name, extra FROM departments")]

    async with started(database, tmp_path) as store:
        await store.write(1, add)
    _add_migration(monkeypatch, "ALTER TABLE departments ADD COLUMN extra TEXT NOT NULL DEFAULT 'new';")
    for _ in range(2):
        async with started(database, tmp_path) as store:
            assert await store.read(look) == [("kept", "new")]


async def test_a_file_is_copied_before_it_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with started("", tmp_path) as store:
        identity = store.portal.member_id
    number = _add_migration(monkeypatch, "DROP TABLE departments;")
    async with started("", tmp_path):
        pass
    with closing(sqlite3.connect(tmp_path / f"skvorets.before-{number}.db")) as copy:
        assert copy.execute("SELECT member_id FROM portal").fetchone() == (identity,)
        assert copy.execute("SELECT count(*) FROM departments").fetchone() == (0,)
        assert copy.execute("PRAGMA user_version").fetchone() == (number - 1,)
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_a_migration_that_fails_changes_nothing(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with started(database, tmp_path):
        pass
    with monkeypatch.context() as broken:
        _add_migration(broken, "CREATE TABLE half_done (id BIGINT); CREATE TABLE people (id BIGINT);")
        store = make_store(database, tmp_path)
        with pytest.raises((sqlite3.OperationalError, asyncpg.PostgresError), match="people"):
            await store.start()
    async with started(database, tmp_path) as again:
        with pytest.raises((sqlite3.OperationalError, asyncpg.PostgresError), match="half_done"):
            await again.read(_count_half)


async def _count_half(tx: Any) -> Any:
    return await tx.val("SELECT count(*) FROM half_done")
