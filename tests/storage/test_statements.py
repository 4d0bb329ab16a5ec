"""One dialect of SQL, two engines."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from skvorets.storage.database import Tx
from skvorets.storage.migrations import known_migrations
from skvorets.storage.statements import schema_for, to_sqlite
from support.stores import started


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("SELECT $1, $2, $1", "SELECT ?1, ?2, ?1"),
        ("SELECT $12", "SELECT ?12"),
        ("WHERE id = ANY($3) AND a = $1", "WHERE id IN (SELECT value FROM json_each(?3)) AND a = ?1"),
        ("SELECT 1", "SELECT 1"),
    ],
)
def test_parameters_are_translated(ours: str, theirs: str) -> None:
    assert to_sqlite(ours) == theirs


def test_a_schema_names_no_placeholder_after_translation(engine: str) -> None:
    for migration in known_migrations():
        script = schema_for(engine, migration.script)
        body = "\n".join(line for line in script.splitlines() if not line.lstrip().startswith("--"))
        for word in ("AUTO_ID", "COMMIT_ORDER", "POSTGRES_ONLY"):
            assert word not in body


def test_every_schema_is_understood_by_sqlite() -> None:
    connection = sqlite3.connect(":memory:")
    for migration in known_migrations():
        connection.executescript(schema_for("sqlite", migration.script))
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    connection.close()
    assert {"people", "chats", "members", "messages", "events", "cursors"} <= tables


async def _ask(tx: Tx) -> list[object]:
    await tx.do("INSERT INTO departments (name, sort) VALUES ($1, $2)", "one", 1)
    changed = await tx.do("UPDATE departments SET sort = $1 WHERE name = $2", 2, "one")
    missed = await tx.do("UPDATE departments SET sort = $1 WHERE name = $2", 2, "none")
    found = await tx.rows("SELECT name FROM departments WHERE id = ANY($1) AND sort = $2", [1, 2, 3], 2)
    nothing = await tx.rows("SELECT name FROM departments WHERE id = ANY($1)", [])
    row = await tx.row("SELECT name, sort FROM departments WHERE sort = $1", 99)
    value = await tx.val("SELECT sort FROM departments WHERE name = $1", "one")
    returned = await tx.val("INSERT INTO departments (name) VALUES ($1) RETURNING id", "two")
    return [changed, missed, [tuple(one) for one in found], list(nothing), row, value, returned]


async def test_the_same_statements_give_the_same_answers(database: str, tmp_path: Path) -> None:
    async with started(database, tmp_path) as store:
        assert await store.write(1, _ask) == [1, 0, [("one",)], [], None, 2, 2]
