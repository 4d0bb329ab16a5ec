"""``skvorets migrate``: says what is missing, does it once, and touches nothing on a dry run."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from cli.conftest import Shell
from skvorets.config import Config
from skvorets.instance_lock import InstanceLock
from skvorets.storage import migrations, versions
from skvorets.storage.migrations import Migration

KNOWN = migrations.known_migrations()
LAST = KNOWN[-1].number
NEXT = Migration(LAST + 1, "9999_hints.sql", "ALTER TABLE logins ADD COLUMN hint TEXT NOT NULL DEFAULT 'none';")
UP_TO_DATE = f"the database has version {LAST}\nnothing to do\n"


@contextmanager
def newer_program() -> Iterator[None]:
    """Let the program know one more migration, within the test: the tests' databases are counted after it."""
    known = [*KNOWN, NEXT]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "known_migrations", lambda: known)
        yield


def version(shell: Shell) -> int:
    return asyncio.run(versions.version_of(shell.config.sqlite_path, shell.config.database))


def test_a_new_database_is_made(tmp_path: Path, shell: Shell) -> None:
    if shell.config.database:
        assert shell.done("migrate") == UP_TO_DATE
        return
    out = shell.done("migrate")
    assert out == "".join(["the database has version 0\n", *(f"  running {one.name}\n" for one in KNOWN), "done\n"])
    assert version(shell) == LAST
    assert shell.done("migrate") == UP_TO_DATE


def test_a_dry_run_on_nothing_makes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shell = Shell(tmp_path / "data", "", capsys)
    out = shell.done("migrate", "--dry-run")
    assert out == "".join(["the database has version 0\n", *(f"  would run {one.name}\n" for one in KNOWN)])
    assert not shell.config.data_dir.exists()


def test_what_is_missing_runs_over_the_data(shell: Shell) -> None:
    shell.done("user", "add", "anna")
    with newer_program():
        assert shell.done("migrate", "--dry-run") == f"the database has version {LAST}\n  would run {NEXT.name}\n"
        assert version(shell) == LAST
        assert shell.done("migrate") == f"the database has version {LAST}\n  running {NEXT.name}\ndone\n"
    assert version(shell) == NEXT.number
    assert _hints(shell.config) == ["none"]


def test_before_it_changes_a_file_it_keeps_a_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shell = Shell(tmp_path / "data", "", capsys)
    shell.done("user", "add", "anna")
    with newer_program():
        shell.done("migrate")
    with closing(sqlite3.connect(shell.config.data_dir / f"skvorets.before-{NEXT.number}.db")) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (LAST,)
        assert copy.execute("SELECT login FROM logins").fetchall() == [("anna",)]


def test_a_dry_run_may_look_beside_a_running_server(shell: Shell) -> None:
    shell.done("user", "add", "anna")
    with InstanceLock(shell.config.data_dir):
        assert shell.done("migrate", "--dry-run") == UP_TO_DATE
        if not shell.config.database:
            assert "Stop the server first" in shell.run("migrate").err


def test_a_newer_database_is_refused(shell: Shell) -> None:
    shell.done("user", "add", "anna")
    _set_version(shell.config, LAST + 7)
    for command in (("migrate",), ("migrate", "--dry-run"), ("user", "list")):
        said = shell.run(*command)
        assert said.code == 1
        newer = f"the database has version {LAST + 7}, this program knows {LAST}"
        assert said.err == f"skvorets: {newer}; update the program\n"


def _set_version(config: Config, number: int) -> None:
    if not config.database:
        with closing(sqlite3.connect(config.sqlite_path)) as connection:
            connection.execute(f"PRAGMA user_version={number}")
        return
    _run(config.database, f"INSERT INTO schema_version (number) VALUES ({number})")  # noqa: S608 — a number of ours


def _hints(config: Config) -> list[str]:
    if not config.database:
        with closing(sqlite3.connect(config.sqlite_path)) as connection:
            return [row[0] for row in connection.execute("SELECT hint FROM logins")]
    return [row[0] for row in _run(config.database, "SELECT hint FROM logins")]


def _run(dsn: str, sql: str) -> list[Any]:
    async def run() -> list[Any]:
        connection: Any = await asyncpg.connect(dsn)
        try:
            found: list[Any] = await connection.fetch(sql)
            return found
        finally:
            await connection.close()

    return asyncio.run(run())
