"""The promises of ``Store``: group commit, refusals, errors, repeats, bounds, snapshots. See storage/database.py."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from skvorets.errors import NotAllowedError, OverloadedError
from skvorets.storage import postgres, sqlite
from skvorets.storage.database import Tx
from skvorets.storage.postgres import PostgresStore
from skvorets.storage.sqlite import SqliteStore
from support.stores import AnyStore, make_store, started
from support.traces import logged, names, note, outcomes


async def refuse(tx: Tx) -> None:
    await tx.val("SELECT count(*) FROM departments")
    raise NotAllowedError


async def fail_after_writing(tx: Tx, name: str, error: Exception) -> None:
    await note(tx, name)
    raise error


async def test_a_unit_gives_its_value_after_it_is_committed(store: AnyStore) -> None:
    assert await store.write(1, note, "one") == 1
    assert await store.read(names) == ["one"]


async def test_units_that_wait_together_share_one_commit(store: AnyStore) -> None:
    grown: list[int] = []
    store.on_log_growth = lambda: grown.append(1)
    await asyncio.gather(*(store.write(1, note, f"n{number}") for number in range(500)))
    assert await store.read(names) == [f"n{number}" for number in range(500)]
    assert await store.read(logged) == await store.read(names)
    assert 1 <= len(grown) < 50  # commits


async def test_keywords_reach_the_unit(store: AnyStore) -> None:
    await store.write(1, note, name="by name", sort=7)
    assert await store.read(names) == ["by name"]


async def test_a_refusal_before_any_write_leaves_the_others_alone(store: AnyStore) -> None:
    runs: list[str] = []

    async def counted(tx: Tx, name: str) -> None:
        runs.append(name)
        await note(tx, name)

    found = await outcomes(store.write(1, counted, "a"), store.write(1, refuse), store.write(1, counted, "b"))
    assert [type(one) for one in found] == [type(None), NotAllowedError, type(None)]
    assert await store.read(names) == ["a", "b"]
    assert runs == ["a", "b"]  # nothing had to be run again


@pytest.mark.parametrize("error", [NotAllowedError(), KeyError("bug"), RuntimeError("bug")])
async def test_an_error_before_any_write_is_that_callers_alone(store: AnyStore, error: Exception) -> None:
    async def raise_it(tx: Tx) -> None:
        await tx.val("SELECT 1")
        raise error

    found = await outcomes(store.write(1, note, "a"), store.write(1, raise_it), store.write(1, note, "b"))
    assert found[1] is error
    assert await store.read(names) == ["a", "b"]


@pytest.mark.parametrize("error", [NotAllowedError(), RuntimeError("bug")])
async def test_an_error_after_writes_takes_back_that_unit_only(store: AnyStore, error: Exception) -> None:
    found = await outcomes(
        store.write(1, note, "a"), store.write(1, fail_after_writing, "never", error), store.write(1, note, "b")
    )
    assert found[1] is error
    assert await store.read(names) == ["a", "b"]
    assert await store.read(logged) == ["a", "b"]


async def test_many_failing_units_do_not_run_the_others_more_than_twice(store: AnyStore) -> None:
    runs: list[int] = []

    async def counted(tx: Tx, number: int) -> None:
        runs.append(number)
        await note(tx, str(number))
        if number % 2:
            raise NotAllowedError

    await outcomes(*(store.write(1, counted, number) for number in range(100)))
    assert await store.read(names) == [str(number) for number in range(0, 100, 2)]
    assert max(runs.count(number) for number in range(100)) <= 2


async def test_an_error_of_the_database_is_that_callers_alone(store: AnyStore) -> None:
    async def nonsense(tx: Tx) -> None:
        await tx.val("SELECT no_such_column FROM departments")

    async def twice(tx: Tx) -> None:
        for _ in range(2):
            await tx.do("INSERT INTO logins (person_id, login, password_hash) VALUES (1, 'x', 'x')")

    found = await outcomes(
        store.write(1, note, "a"), store.write(1, nonsense), store.write(1, twice), store.write(1, note, "b")
    )
    assert [isinstance(one, Exception) for one in found] == [False, True, True, False]
    assert await store.read(names) == ["a", "b"]


async def test_a_unit_that_hides_an_error_of_the_database_is_not_told_that_it_happened(
    postgres_store: PostgresStore,
) -> None:
    """PostgreSQL would answer COMMIT with ROLLBACK, quietly."""

    async def hide(tx: Tx) -> None:
        await note(tx, "lost")
        try:
            await tx.val("SELECT no_such_column FROM departments")
        except asyncpg.PostgresError:
            return

    found = await outcomes(
        postgres_store.write(1, note, "a"), postgres_store.write(1, hide), postgres_store.write(1, note, "b")
    )
    assert [isinstance(one, Exception) for one in found] == [False, True, False]
    assert await postgres_store.read(names) == ["a", "b"]


async def test_a_unit_that_waits_for_something_else_fails_and_the_writer_goes_on(tmp_path: Path) -> None:
    async def wait(tx: Tx) -> None:
        await note(tx, "never")
        await asyncio.sleep(0.01)

    async with started("", tmp_path) as store:
        found = await outcomes(store.write(1, wait), store.write(1, note, "b"))
        assert isinstance(found[0], RuntimeError)
        assert await store.read(names) == ["b"]


async def test_nothing_that_a_unit_raises_stops_the_writer(tmp_path: Path) -> None:
    class Exotic(BaseException):
        pass

    async def explode(tx: Tx) -> None:
        await note(tx, "never")
        raise Exotic

    async with started("", tmp_path) as store:
        with pytest.raises(Exotic):
            await store.write(1, explode)
        await store.write(1, note, "after")
        assert await store.read(names) == ["after"]
        assert await store.read(logged) == ["after"]


async def test_a_failed_commit_fails_its_callers_and_the_next_one_works(tmp_path: Path) -> None:
    store = make_store("", tmp_path)
    await store.start()
    assert isinstance(store, SqliteStore)

    def fill(pages: int) -> None:
        store._writing.execute(f"PRAGMA max_page_count={pages}")

    # The engine's own "disk full": the file may not grow any more.
    pages = store._writing.execute("PRAGMA page_count").fetchone()[0]
    fill(pages)
    found = await outcomes(*(store.write(1, note, "x" * 50_000) for _ in range(3)))
    assert all(isinstance(one, sqlite3.Error) for one in found)
    fill(2**30)
    await store.write(1, note, "room again")
    assert await store.read(names) == ["room again"]
    await store.stop()


async def test_a_caller_who_went_away_before_his_unit_began_changes_nothing(store: AnyStore) -> None:
    first = asyncio.ensure_future(store.write(1, note, "first"))
    gone = asyncio.ensure_future(store.write(1, note, "gone"))
    await asyncio.sleep(0)
    gone.cancel()
    last = asyncio.ensure_future(store.write(1, note, "last"))
    await asyncio.gather(first, last)
    with pytest.raises(asyncio.CancelledError):
        await gone
    # SQLite's writer may have taken it already; then it is committed as any other.
    assert [name for name in await store.read(names) if name != "gone"] == ["first", "last"]


async def test_callers_who_go_away_meanwhile_disturb_nobody(store: AnyStore) -> None:
    tasks = [asyncio.ensure_future(store.write(number % 5, note, str(number))) for number in range(200)]
    for number, task in enumerate(tasks):
        if number % 3 == 0:
            await asyncio.sleep(0)
            task.cancel()
    found = await asyncio.gather(*tasks, return_exceptions=True)
    done = {str(number) for number, one in enumerate(found) if isinstance(one, int)}
    present = await store.read(names)
    assert done <= set(present)
    assert len(present) == len(set(present))


async def test_past_the_bound_callers_are_refused_and_nothing_is_lost(
    store: AnyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (sqlite, postgres):
        monkeypatch.setattr(module, "MAX_WAITING_UNITS", 5)
    found = await outcomes(*(store.write(1, note, str(number)) for number in range(50)))
    refused = [one for one in found if isinstance(one, OverloadedError)]
    assert refused
    assert len(await store.read(names)) == 50 - len(refused) >= 5


async def test_units_of_one_key_run_in_the_order_of_the_calls(store: AnyStore) -> None:
    await asyncio.gather(*(store.write(number % 3, note, f"{number % 3}:{number}") for number in range(120)))
    found = await store.read(names)
    for key in range(3):
        numbers = [int(name.partition(":")[2]) for name in found if name.startswith(f"{key}:")]
        assert numbers == sorted(numbers)


async def test_reads_cannot_write(store: AnyStore) -> None:
    for way in (store.read, store.scan):
        with pytest.raises((sqlite3.OperationalError, asyncpg.ReadOnlySQLTransactionError)):
            await way(note, "never")
    await store.write(1, note, "but this")
    assert await store.read(names) == ["but this"]


async def test_a_read_sees_one_snapshot(postgres_store: PostgresStore) -> None:
    await postgres_store.write(1, note, "before")

    async def look_twice(tx: Tx) -> tuple[list[str], list[str]]:
        first = await names(tx)
        await postgres_store.write(2, note, "meanwhile")
        return first, await names(tx)

    assert await postgres_store.read(look_twice) == (["before"], ["before"])
    assert await postgres_store.read(names) == ["before", "meanwhile"]


async def test_a_scan_sees_one_snapshot_while_others_write(tmp_path: Path) -> None:
    first_look, written = threading.Event(), threading.Event()

    async def look_twice(tx: Tx) -> tuple[list[str], list[str]]:
        first = await names(tx)
        first_look.set()
        written.wait(5)
        return first, await names(tx)

    async with started("", tmp_path) as store:
        await store.write(1, note, "before")
        scan = asyncio.ensure_future(store.scan(look_twice))
        await asyncio.to_thread(first_look.wait, 5)
        await store.write(1, note, "meanwhile")
        written.set()
        assert await scan == (["before"], ["before"])
        assert await store.scan(names) == ["before", "meanwhile"]


async def test_a_refusal_of_a_read_reaches_its_caller(store: AnyStore) -> None:
    for way in (store.read, store.scan):
        with pytest.raises(NotAllowedError):
            await way(refuse)
        assert await way(names) == []


async def test_scans_run_beside_the_event_loop(store: AnyStore) -> None:
    await asyncio.gather(*(store.write(1, note, str(number)) for number in range(10)))
    found = await asyncio.gather(*(store.scan(names) for _ in range(20)))
    assert all(len(one) == 10 for one in found)


async def test_too_many_scans_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "MAX_WAITING_SCANS", 3)
    async with started("", tmp_path) as store:
        found = await outcomes(*(store.scan(names) for _ in range(10)))
        assert [isinstance(one, OverloadedError) for one in found] == [False] * 3 + [True] * 7
        assert await store.scan(names) == []


async def test_a_stopped_store_finishes_what_was_queued_and_refuses_the_rest(database: str, tmp_path: Path) -> None:
    store = make_store(database, tmp_path)
    await store.start()
    units = [asyncio.ensure_future(store.write(number, note, str(number))) for number in range(30)]
    await asyncio.sleep(0)
    await store.stop()
    await asyncio.gather(*units)
    calls: list[Callable[[], Awaitable[Any]]] = [
        lambda: store.write(1, note, "late"),
        lambda: store.read(names),
        lambda: store.scan(names),
    ]
    for call in calls:
        with pytest.raises(RuntimeError, match="closed"):
            await call()
    async with started(database, tmp_path) as again:
        assert len(await again.read(names)) == 30


async def test_the_log_of_writes_does_not_grow_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "CHECKPOINT_EVERY_S", 0.01)
    monkeypatch.setattr(sqlite, "MAX_LOG_BYTES", 200_000)
    async with started("", tmp_path) as store:
        largest = 0
        for _ in range(150):
            await asyncio.gather(*(store.write(1, note, "x" * 2000) for _ in range(10)))
            largest = max(largest, (tmp_path / "skvorets.db-wal").stat().st_size)
        assert len(await store.read(names)) == 1500
    assert largest < 4_000_000  # of more than seven million that were written
