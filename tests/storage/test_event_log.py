"""The event log: its order is the order of commits, nobody misses a row, and who comes too late learns of it."""

from __future__ import annotations

import asyncio
import random
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from skvorets.storage import event_log
from skvorets.storage.database import Tx
from skvorets.storage.event_log import START, Missed, Position, StoredEvent
from skvorets.storage.postgres import PostgresStore
from support.stores import AnyStore, started

WRITERS = 8
EVENTS_EACH = 60


async def add(tx: Tx, data: str, chat_id: int = 0, person_id: int = 0, kind: str = "test") -> None:
    await event_log.append(tx, kind, data, chat_id=chat_id, person_id=person_id)


async def read(store: AnyStore, position: Position = START, limit: int = 1000) -> list[StoredEvent]:
    return await store.read(event_log.read_after, position, limit, ordered_by_id=store.log_is_ordered_by_id)


async def head(store: AnyStore) -> Position:
    return await store.read(event_log.head, ordered_by_id=store.log_is_ordered_by_id)


async def test_an_empty_log_has_its_head_at_the_start(store: AnyStore) -> None:
    assert (await head(store), await read(store)) == (START, [])


async def test_events_come_back_as_they_were_written(store: AnyStore) -> None:
    await store.write(1, add, '{"a":"я"}', 5, 7, "some.kind")
    [one] = await read(store)
    assert (one.kind, one.chat_id, one.person_id, one.data) == ("some.kind", 5, 7, '{"a":"я"}')
    assert one.at > 1_600_000_000_000
    assert one.position == await head(store)


async def test_pages_follow_one_another(store: AnyStore) -> None:
    for number in range(10):
        await store.write(number, add, str(number))
    seen: list[str] = []
    position = START
    while page := await read(store, position, 3):
        assert len(page) <= 3
        seen += [one.data for one in page]
        position = page[-1].position
    assert seen == [str(number) for number in range(10)]


async def test_events_of_one_batch_stand_in_the_order_of_its_units(store: AnyStore) -> None:
    async def several(tx: Tx, name: str) -> None:
        for number in range(3):
            await add(tx, f"{name}{number}")

    await asyncio.gather(*(store.write(1, several, name) for name in "abc"))
    assert [one.data for one in await read(store)] == [f"{name}{number}" for name in "abc" for number in range(3)]


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_concurrent_reader_never_misses_an_event(database: str, tmp_path: Path, seed: int) -> None:
    """Eight writers; on PostgreSQL through two processes' lanes, where ids are given out of the order of commits."""
    chance = random.Random(seed)
    async with AsyncExitStack() as stack:
        stores = [await stack.enter_async_context(started(database, tmp_path))]
        if database:
            stores.append(await stack.enter_async_context(started(database, tmp_path)))
        writing = asyncio.gather(
            *(_write(stores[number % len(stores)], number, chance.random() / 50) for number in range(WRITERS))
        )
        seen = await _follow(stores[0], WRITERS * EVENTS_EACH)
        await writing
        everything = await read(stores[0])
    assert [one.data for one in seen] == [one.data for one in everything]
    assert len({one.data for one in seen}) == WRITERS * EVENTS_EACH
    for number in range(WRITERS):
        own = [one.data for one in seen if one.data.startswith(f"{number}:")]
        assert own == [f"{number}:{index}" for index in range(EVENTS_EACH)]


async def _write(store: AnyStore, number: int, pause: float) -> None:
    async def unit(tx: Tx, index: int) -> None:
        await tx.do("INSERT INTO title_numbers (color, used) VALUES ($1, 0)", f"{number}:{index}")
        if tx.is_postgres and index % 7 == 0:
            await tx.val("SELECT pg_sleep($1::float8)::text", pause)  # hold the transaction open for a while
        await add(tx, f"{number}:{index}")

    for index in range(EVENTS_EACH):
        await store.write(number, unit, index)


async def _follow(store: AnyStore, count: int) -> list[StoredEvent]:
    seen: list[StoredEvent] = []
    async with asyncio.timeout(60):
        while len(seen) < count:
            page = await read(store, seen[-1].position if seen else START, 17)
            seen += page
            if not page:
                await asyncio.sleep(0.001)
    return seen


async def test_what_an_older_transaction_may_still_precede_is_not_shown_yet(postgres: Any) -> None:
    dsn = await postgres.create()
    store = PostgresStore(dsn, lambda identity: identity)
    await store.start()
    await store.write(1, add, "early")
    older: Any = await asyncpg.connect(dsn)
    transaction = older.transaction()
    await transaction.start()
    await older.execute("INSERT INTO title_numbers (color, used) VALUES ('x', 0)")  # it has its number now
    await store.write(2, add, "late")
    position = await head(store)
    assert [one.data for one in await read(store)] == ["early"]
    assert await store.read(event_log.has_hidden, position)
    await older.execute("INSERT INTO events (at, kind, data) VALUES (0, 'test', 'between')")
    await transaction.commit()
    await older.close()
    assert [one.data for one in await read(store)] == ["early", "between", "late"]
    assert not await store.read(event_log.has_hidden, await head(store))
    await store.stop()
    await postgres.drop(dsn)


@pytest.mark.parametrize("position", [START, Position(0, 17), Position(2**63 - 1, 2**63 - 1)])
def test_a_position_is_read_as_it_was_written(position: Position) -> None:
    assert Position.parse(str(position)) == position


@pytest.mark.parametrize("text", ["", "-", "1", "1-", "-1-2", "1-2-3", "a-b", " 1-2", "1-2\n", "٣-٤", f"0-{2**63}"])
def test_anything_else_is_no_position(text: str) -> None:
    with pytest.raises(ValueError, match="position"):
        Position.parse(text)


async def test_a_cursor_stays_where_it_was_moved_to(store: AnyStore) -> None:
    assert await store.read(event_log.cursor, "delivery") is None
    for position in (Position(3, 5), Position(4, 2)):
        await store.write(1, event_log.move_cursor, "delivery", position)
        assert await store.read(event_log.cursor, "delivery") == position
    assert await store.read(event_log.cursor, "another") is None
    assert await store.read(event_log.cursors) == [Position(4, 2)]


async def test_only_positions_of_the_log_are_known(store: AnyStore) -> None:
    for number in range(3):
        await store.write(1, add, str(number))
    events = await read(store)
    for one in events:
        assert await store.read(event_log.is_known, one.position)
        assert not await store.read(event_log.is_known, Position(one.xid + 1, one.id))
    assert await store.read(event_log.is_known, START)
    assert not await store.read(event_log.is_known, Position(events[-1].xid, events[-1].id + 1))


async def test_only_old_events_that_everybody_has_passed_are_pruned(store: AnyStore) -> None:
    for number in range(4):
        await store.write(1, add, str(number))
    events = await read(store)
    assert await store.write(1, _prune, 0, 2**40) == 0  # none is so old
    assert await store.write(1, _prune, 2**50, events[2].id) == 2
    assert [one.data for one in await read(store)] == ["2", "3"]
    known = [await store.read(event_log.is_known, one.position) for one in events]
    # Everything after the last pruned one is there, so it may be known as well.
    assert (known[0], known[2:]) == (False, [True, True])
    assert not await store.read(event_log.is_known, START)
    assert await store.write(1, _prune, 2**50, 2**40) == 2
    assert await store.write(1, _prune, 2**50, 2**40) == 0
    start = await store.read(event_log.log_start)
    assert await store.read(event_log.is_known, start)
    await store.write(1, add, "after")
    [after] = await read(store, start)
    assert after.data == "after"
    assert await store.read(event_log.is_known, after.position)


async def test_pruning_takes_a_bounded_number_at_once(store: AnyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_log, "PRUNED_AT_ONCE", 3)
    for number in range(7):
        await store.write(1, add, str(number))
    counts = [await store.write(1, _prune, 2**50, 2**40) for _ in range(4)]
    assert (max(counts), sum(counts), counts[-1]) == (3, 7, 0)


async def _prune(tx: Tx, before: int, below_id: int) -> int:
    return await event_log.prune(tx, before=before, below_id=below_id)


async def test_what_a_person_may_have_missed(store: AnyStore) -> None:
    told = [("mine", 1, 0), ("other", 2, 0), ("personal", 0, 7), ("for another", 1, 8), ("also mine", 3, 0)]
    await store.write(1, add, "before", 1)
    position = await head(store)
    for data, chat_id, person_id in told:
        await store.write(1, add, data, chat_id, person_id)
    await store.write(1, add, "left", 2, 0, "members.left")

    async def missed(rows: int, limit: int) -> list[str]:
        wanted = Missed(position, rows, [1, 3], 7, limit)
        found = await store.read(event_log.read_missed, wanted, ordered_by_id=store.log_is_ordered_by_id)
        return [one.data for one in found]

    assert await missed(100, 100) == ["mine", "personal", "also mine", "left"]
    assert await missed(100, 2) == ["mine", "personal"]
    assert await missed(2, 100) == ["mine"]
    for rows, is_far in ((6, False), (5, True)):
        ordered = store.log_is_ordered_by_id
        assert await store.read(event_log.is_far_behind, position, rows, ordered_by_id=ordered) is is_far


async def test_the_newest_change_of_rights_is_found(store: AnyStore) -> None:
    ordered = store.log_is_ordered_by_id
    await store.write(1, add, "{}", 0, 0, "person.changed")
    position = await head(store)
    assert await store.read(event_log.newest_authority, START, ordered_by_id=ordered) == position
    await store.write(1, add, "{}", 1)
    assert await store.read(event_log.newest_authority, position, ordered_by_id=ordered) is None
    await store.write(1, add, "{}", 0, 0, "webhook.changed")
    assert await store.read(event_log.newest_authority, position, ordered_by_id=ordered) == await head(store)
