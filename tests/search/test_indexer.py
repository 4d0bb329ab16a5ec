"""The index follows the log: everything gets in, in whatever order it came, and nothing stays that is gone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from skvorets.core.stems import STEMS_VERSION, stems_of
from skvorets.search import batches, indexer
from skvorets.search.indexer import MessageIndexer
from skvorets.storage import event_log, message_search
from skvorets.storage.database import Tx
from skvorets.storage.event_log import Position
from skvorets.storage.message_search import Entry, State, Window
from skvorets.storage.postgres import PostgresStore
from support.stores import AnyStore, started
from support.talks import indexing, meet, reword, say, wipe


async def hits(store: AnyStore, text: str) -> list[int]:
    return await store.read(message_search.hits, stems_of(text), Window(limit=1000))


async def found(store: AnyStore, index: MessageIndexer, text: str) -> list[int]:
    """Wait as a search does, then look."""
    assert await index.catch_up()
    return await hits(store, text)


async def settled(store: AnyStore, index: MessageIndexer) -> None:
    """Wait until the history is indexed, too."""
    async with asyncio.timeout(20):
        while (await store.read(message_search.state)) != State(0, STEMS_VERSION):
            await index.catch_up()
            await asyncio.sleep(0.005)


async def test_what_was_said_before_the_question_is_found_at_once(store: AnyStore) -> None:
    async with indexing(store) as index:
        [anna], chat = await store.write(1, meet, "Анна")
        for number in range(5):
            [said] = await store.write(1, say, anna, chat, f"Встречаемся в субботу, раз {number}")
            assert said.id in await found(store, index, f"суббота {number}")


async def test_changed_messages_are_found_by_their_new_words_only(store: AnyStore) -> None:
    async with indexing(store) as index:
        [anna], chat = await store.write(1, meet, "Анна")
        [first, second] = await store.write(1, say, anna, chat, "красное", "зелёное")
        assert await found(store, index, "красное") == [first.id]
        await store.write(1, reword, anna, first.id, "синее")
        await store.write(1, reword, anna, second.id, "белое")
        await store.write(1, reword, anna, second.id, "чёрное")
        assert [await found(store, index, text) for text in ("красное", "зелёное", "белое")] == [[], [], []]
        assert (await hits(store, "синее"), await hits(store, "черное")) == ([first.id], [second.id])


async def test_deleted_messages_are_gone(store: AnyStore) -> None:
    async with indexing(store) as index:
        [anna], chat = await store.write(1, meet, "Анна")
        [emptied, removed, unseen] = await store.write(1, say, anna, chat, "слово", "слово", "слово")
        assert len(await found(store, index, "слово")) == 3
        await store.write(1, reword, anna, emptied.id, "")
        await store.write(1, wipe, anna, [removed.id])
        assert await found(store, index, "слово") == [unseen.id]
        [last] = await store.write(1, say, anna, chat, "слово")
        await store.write(1, wipe, anna, [last.id])  # added and removed within one batch
        assert await found(store, index, "слово") == [unseen.id]


async def test_lines_of_the_system_are_not_indexed(store: AnyStore) -> None:
    async with indexing(store) as index:
        await store.write(1, meet, "Анна", "Борис")
        assert await store.read(lambda tx: tx.val("SELECT count(*) FROM messages WHERE author_id = 0")) > 0
        assert await index.catch_up()
        assert await store.read(lambda tx: tx.val("SELECT count(*) FROM message_search")) == 0


async def test_a_history_from_before_the_index_is_indexed_in_the_background(
    store: AnyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "ROWS_AT_ONCE", 7)
    [anna, _], chat = await store.write(1, meet, "Анна", "Борис")  # with a line of the system
    old = await store.write(1, say, anna, chat, *[f"старое слово {number}" for number in range(30)])
    await store.write(1, reword, anna, old[3].id, "")
    await store.write(1, wipe, anna, [old[4].id])
    async with indexing(store) as index:
        [new] = await store.write(1, say, anna, chat, "новое слово")
        assert new.id in await found(store, index, "новое")
        await settled(store, index)
        kept = {one.id for one in old} - {old[3].id, old[4].id}
        assert set(await hits(store, "старое слово")) == kept
        assert await store.read(lambda tx: tx.val("SELECT count(*) FROM message_search")) == len(kept) + 1


async def test_edits_during_the_way_through_the_history_count(store: AnyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "ROWS_AT_ONCE", 3)
    [anna], chat = await store.write(1, meet, "Анна")
    old = await store.write(1, say, anna, chat, *["старое"] * 30)
    async with indexing(store) as index:
        for one in old[::5]:
            await store.write(1, reword, anna, one.id, "новое")
            await asyncio.sleep(0)
        await store.write(1, wipe, anna, [old[1].id, old[29].id])
        assert await index.catch_up()
        await settled(store, index)
    renewed = {one.id for one in old[::5]}
    assert set(await hits(store, "новое")) == renewed
    assert set(await hits(store, "старое")) == {one.id for one in old} - renewed - {old[1].id, old[29].id}


async def test_it_goes_on_where_it_stopped(database: str, tmp_path: Path) -> None:
    async with started(database, tmp_path) as store:
        async with indexing(store) as index:
            [anna], chat = await store.write(1, meet, "Анна")
            [first] = await store.write(1, say, anna, chat, "слово")
            assert await found(store, index, "слово") == [first.id]
        stopped = await store.read(event_log.cursor, batches.CURSOR)
        ordered = store.log_is_ordered_by_id
        assert stopped == await store.read(event_log.head, ordered_by_id=ordered)
        [second] = await store.write(1, say, anna, chat, "слово")  # nobody follows
    async with started(database, tmp_path) as store, indexing(store) as index:
        assert await found(store, index, "слово") == [second.id, first.id]


async def test_a_batch_and_its_place_are_written_together(store: AnyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever happens between them, a second try gives the same."""
    [anna], chat = await store.write(1, meet, "Анна")
    move = event_log.move_cursor

    async def break_off(tx: Tx, name: str, position: Position) -> None:
        if name == batches.CURSOR and await tx.val("SELECT count(*) FROM message_search"):
            message = "the power is gone"
            raise OSError(message)
        await move(tx, name, position)

    async with indexing(store) as index:
        with monkeypatch.context() as broken:
            broken.setattr(event_log, "move_cursor", break_off)
            broken.setattr(indexer, "TROUBLE_PAUSE_S", 0.01)
            broken.setattr(indexer, "MAX_WAIT_S", 0.2)
            [said] = await store.write(1, say, anna, chat, "слово")
            assert not await index.catch_up()
            assert await hits(store, "слово") == []
        assert await found(store, index, "слово") == [said.id]


@pytest.mark.parametrize("loss", ["cursor", "state", "version", "log"])
async def test_a_lost_place_means_to_begin_anew(store: AnyStore, loss: str, caplog: pytest.LogCaptureFixture) -> None:
    [anna], chat = await store.write(1, meet, "Анна")
    async with indexing(store) as index:
        [said] = await store.write(1, say, anna, chat, "слово")
        assert await found(store, index, "слово") == [said.id]
        await settled(store, index)
    await store.write(1, lose, loss, said.id)
    async with indexing(store) as index:
        await settled(store, index)
        assert await found(store, index, "слово") == [said.id]
    assert ("does not know the place" in caplog.text) == (loss == "log")


async def lose(tx: Tx, loss: str, message_id: int) -> None:
    """Lose one thing, and an entry with it, which nobody would bring back otherwise."""
    await message_search.remove(tx, [message_id])
    if loss == "cursor":
        await tx.do("DELETE FROM cursors WHERE name = $1", batches.CURSOR)
    elif loss == "state":
        await tx.do("DELETE FROM message_search_state")
    elif loss == "version":
        await message_search.set_state(tx, State(0, STEMS_VERSION - 1))
    else:
        await event_log.move_cursor(tx, batches.CURSOR, Position(2**40, 2**40))


async def test_pruning_waits_for_the_index(store: AnyStore) -> None:
    async with indexing(store) as index:
        [anna], chat = await store.write(1, meet, "Анна")
        await store.write(1, say, anna, chat, "слово")
        assert await index.catch_up()
    place = await store.read(event_log.cursor, batches.CURSOR)
    assert place in await store.read(event_log.cursors)


async def test_messages_of_many_words_are_written_a_few_at_a_time(
    store: AnyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "WORDS_AT_ONCE", 50)
    sizes: list[int] = []
    put = message_search.put

    async def measure(tx: Tx, entries: Sequence[Entry]) -> None:
        sizes.append(len(entries))
        await put(tx, entries)

    monkeypatch.setattr(message_search, "put", measure)
    async with indexing(store) as index:
        [anna], chat = await store.write(1, meet, "Анна")
        texts = [" ".join(f"слово{number}{word}" for word in range(30)) for number in range(10)]
        said = await store.write(1, say, anna, chat, *texts)
        assert await found(store, index, "слово97") == [said[9].id]
    assert max(sizes) <= 2


async def test_it_rests_unless_somebody_waits(store: AnyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexer, "GATHER_S", 30.0)
    [anna], chat = await store.write(1, meet, "Анна")
    async with indexing(store) as index:
        await settled(store, index)
        await asyncio.sleep(0.05)  # it has seen that there is nothing more to do
        await store.write(1, say, anna, chat, "слово")
        await asyncio.sleep(0.05)
        assert await hits(store, "слово") == []  # gathering
        async with asyncio.timeout(5):
            assert len(await found(store, index, "слово")) == 1


async def test_who_cannot_wait_finds_what_is_there(
    store: AnyStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    [anna], chat = await store.write(1, meet, "Анна")
    wake = asyncio.Event()
    index = MessageIndexer(store, wake)
    await index.start()
    await index.stop()  # it never moves again
    monkeypatch.setattr(indexer, "MAX_WAIT_S", 0.02)
    await store.write(1, say, anna, chat, "слово")
    with caplog.at_level(logging.WARNING):
        assert not await index.catch_up()
    assert "could not wait" in caplog.text


async def test_many_who_wait_are_all_told(store: AnyStore) -> None:
    async with indexing(store) as index:
        [anna], chat = await store.write(1, meet, "Анна")

        async def say_and_look(number: int) -> None:
            [said] = await store.write(number, say, anna, chat, f"слово{number}")
            assert await found(store, index, f"слово{number}") == [said.id]

        await asyncio.gather(*(say_and_look(number) for number in range(20)))


async def test_two_processes_do_not_disturb_each_other(postgres: Any) -> None:
    dsn = await postgres.create()
    first, second = (PostgresStore(dsn, lambda identity: identity) for _ in range(2))
    await first.start()
    await second.start()
    async with indexing(first) as one, indexing(second) as other:
        [anna], chat = await first.write(1, meet, "Анна")
        for number in range(10):
            [said] = await (first, second)[number % 2].write(1, say, anna, chat, f"слово{number}")
            assert await found(second, other, f"слово{number}") == [said.id]
            assert await found(first, one, f"слово{number}") == [said.id]
    await first.stop()
    await second.stop()
    await postgres.drop(dsn)


async def test_a_commit_behind_an_older_transaction_is_waited_for(postgres: Any) -> None:
    """PostgreSQL shows the log only up to the oldest running transaction; the search waits for it as long as it may."""
    dsn = await postgres.create()
    store = PostgresStore(dsn, lambda identity: identity)
    await store.start()
    async with indexing(store) as index:
        [anna], chat = await store.write(1, meet, "Анна")
        assert await index.catch_up()
        older: Any = await asyncpg.connect(dsn)
        transaction = older.transaction()
        await transaction.start()
        await older.execute("INSERT INTO title_numbers (color, used) VALUES ('x', 0)")
        [said] = await store.write(1, say, anna, chat, "слово")
        waiting = asyncio.create_task(found(store, index, "слово"))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        await transaction.rollback()
        await older.close()
        assert await waiting == [said.id]
    await store.stop()
    await postgres.drop(dsn)
