"""PostgreSQL: conflicts are run again, lost connections are survived, a commit without an answer is said to be so."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast

import asyncpg
import pytest

from skvorets.errors import CoreError, OverloadedError
from skvorets.storage import postgres_lane
from skvorets.storage.database import ConflictError, Tx
from skvorets.storage.postgres import PostgresStore
from skvorets.storage.postgres_lane import CommitUnknownError
from support.traces import logged, names, note, outcomes


async def test_a_conflict_is_run_again(postgres_store: PostgresStore) -> None:
    runs: list[int] = []

    async def unlucky(tx: Tx) -> str:
        runs.append(1)
        await note(tx, "unlucky")
        if len(runs) < 3:
            raise ConflictError
        return "done"

    found = await outcomes(postgres_store.write(1, note, "a"), postgres_store.write(1, unlucky))
    assert found[1] == "done"
    assert len(runs) == 3
    assert await postgres_store.read(names) == ["a", "unlucky"]
    assert await postgres_store.read(logged) == ["a", "unlucky"]


async def test_a_unit_that_meets_conflicts_only_fails_alone(postgres_store: PostgresStore) -> None:
    async def hopeless(tx: Tx) -> None:
        await note(tx, "never")
        raise ConflictError

    found = await outcomes(
        postgres_store.write(1, note, "a"), postgres_store.write(1, hopeless), postgres_store.write(1, note, "b")
    )
    assert isinstance(found[1], ConflictError)
    assert await postgres_store.read(names) == ["a", "b"]


async def test_two_processes_that_lock_crosswise_both_succeed(postgres_store: PostgresStore) -> None:
    other = PostgresStore(postgres_store._dsn, lambda identity: identity)
    await other.start()
    low, high = [await postgres_store.write(1, note, name) for name in ("low", "high")]

    async def touch(tx: Tx, first: int, second: int) -> None:
        for one in (first, second):
            await tx.do("UPDATE departments SET sort = sort + 1 WHERE id = $1", one)
            await tx.val("SELECT pg_sleep(0.02)::text")

    try:
        for _ in range(2):
            await asyncio.gather(postgres_store.write(1, touch, low, high), other.write(2, touch, high, low))
    finally:
        await other.stop()

    async def sorts(tx: Tx) -> list[int]:
        return [row[0] for row in await tx.rows("SELECT sort FROM departments ORDER BY id")]

    assert await postgres_store.read(sorts) == [4, 4]


async def test_writes_and_reads_survive_lost_connections(postgres_store: PostgresStore, postgres: Any) -> None:
    await asyncio.gather(*(postgres_store.write(number, note, str(number)) for number in range(8)))
    await _end_connections(postgres_store)
    await asyncio.gather(*(postgres_store.write(number, note, str(number)) for number in range(8, 16)))
    await _end_connections(postgres_store)
    assert sorted(await postgres_store.read(names), key=int) == [str(number) for number in range(16)]


async def test_a_connection_lost_before_commit_repeats_the_batch_and_nothing_happens_twice(
    postgres_store: PostgresStore,
) -> None:
    runs: list[int] = []

    async def cut_myself(tx: Tx) -> None:
        runs.append(1)
        await note(tx, "cut")
        if len(runs) == 1:
            await tx.val("SELECT pg_terminate_backend(pg_backend_pid())")

    await asyncio.gather(postgres_store.write(1, note, "a"), postgres_store.write(1, cut_myself))
    assert len(runs) == 2
    assert await postgres_store.read(names) == ["a", "cut"]


async def test_a_commit_without_an_answer_is_an_error_and_never_repeated(
    postgres_store: PostgresStore,
) -> None:
    await postgres_store.write(1, note, "a")
    lane = postgres_store._lanes[1]
    connection = lane._connection
    assert connection is not None
    execute = connection.execute

    async def lose_the_answer(sql: str, *args: object) -> Any:
        tag = await execute(sql, *args)
        if sql == "COMMIT":
            raise ConnectionResetError
        return tag

    lane._connection = cast("Any", _Proxy(connection, lose_the_answer))
    with pytest.raises(CommitUnknownError):
        await postgres_store.write(1, note, "unknown")
    await postgres_store.write(1, note, "after")
    assert await postgres_store.read(names) == ["a", "unknown", "after"]


async def test_a_server_that_stays_away_refuses_and_nothing_was_changed(
    postgres_store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_lane, "RECONNECT_S", 0.001)
    dsn = postgres_store._dsn
    for lane in postgres_store._lanes:
        lane._dsn = "postgresql://127.0.0.1:1/nowhere"
    with pytest.raises(OverloadedError) as refusal:
        await postgres_store.write(1, note, "never")
    assert isinstance(refusal.value, CoreError)
    for lane in postgres_store._lanes:
        lane._dsn = dsn
    await postgres_store.write(1, note, "back")
    assert await postgres_store.read(names) == ["back"]


async def test_a_changed_schema_does_not_spoil_prepared_statements(postgres_store: PostgresStore) -> None:
    await postgres_store.write(1, _add_and_list, "a")
    await postgres_store.read(_list)
    connection: Any = await asyncpg.connect(postgres_store._dsn)
    await connection.execute("ALTER TABLE departments ADD COLUMN more TEXT; ALTER TABLE departments DROP COLUMN sort")
    await connection.execute("INSERT INTO schema_version VALUES (9999)")  # no other test gets this database
    await connection.close()
    assert len(await postgres_store.write(1, _add_and_list, "b")) == 2
    assert len(await postgres_store.read(_list)) == 2


class _Proxy:
    """A connection whose ``execute`` is another."""

    def __init__(self, connection: Any, execute: Callable[..., Awaitable[Any]]) -> None:
        self._connection = connection
        self.execute = execute

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


async def _list(tx: Tx) -> list[Any]:
    return list(await tx.rows("SELECT * FROM departments ORDER BY id"))


async def _add_and_list(tx: Tx, name: str) -> list[Any]:
    await tx.do("INSERT INTO departments (name) VALUES ($1)", name)
    return await _list(tx)


async def _end_connections(store: PostgresStore) -> None:
    connection: Any = await asyncpg.connect(store._dsn)
    await connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    await connection.close()
