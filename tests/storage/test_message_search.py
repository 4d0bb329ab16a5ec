"""The index by itself: what is put in comes out, tokens cannot be forged, and a search looks at the index only."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.stems import stems_of
from skvorets.storage import message_search
from skvorets.storage.database import Tx
from skvorets.storage.message_search import Entry, State, Window
from support.stores import AnyStore

ALL = Window(limit=100)


async def fill(tx: Tx, *texts: str, first_id: int = 1, chat_id: int = 7) -> None:
    await message_search.put(
        tx, [Entry(number, chat_id, 3, stems_of(text)) for number, text in enumerate(texts, first_id)]
    )


async def hits(store: AnyStore, *words: str, window: Window = ALL, any_of: tuple[str, ...] = ()) -> list[int]:
    return await store.read(message_search.hits, words, window, any_of)


async def test_messages_come_newest_first_or_oldest_first_and_in_windows(store: AnyStore) -> None:
    await store.write(1, fill, "один два", "два", "один", "два один три")
    assert await hits(store, "один") == [4, 3, 1]
    assert await hits(store, "один", "два") == [4, 1]
    assert await hits(store, "один", window=Window(limit=2)) == [4, 3]
    assert await hits(store, "один", window=Window(limit=9, below_id=4)) == [3, 1]
    assert await hits(store, "один", window=Window(limit=9, above_id=1, is_newest_first=False)) == [3, 4]
    assert await hits(store, "пять") == []


async def test_what_is_put_again_is_replaced_and_what_is_removed_is_gone(store: AnyStore) -> None:
    await store.write(1, fill, "старое", "другое")
    await store.write(1, fill, "новое")
    assert await hits(store, *stems_of("старое")) == []
    assert await hits(store, *stems_of("новое")) == [1]
    await store.write(1, message_search.remove, [1, 999])
    assert await hits(store, *stems_of("новое")) == []
    assert await hits(store, *stems_of("другое")) == [2]


async def test_chats_and_authors_are_words_that_no_text_has(store: AnyStore) -> None:
    mine, other = message_search.chat_token(7), message_search.chat_token(8)
    await store.write(1, fill, f"слово {other} c8 @c8 @a4")
    await store.write(1, lambda tx: fill(tx, "слово", first_id=2, chat_id=8))
    assert await hits(store, mine, "слов") == [1]
    assert await hits(store, other, "слов") == [2]
    assert await hits(store, message_search.author_token(3), "слов") == [2, 1]
    assert await hits(store, message_search.author_token(4)) == []
    assert await hits(store, "слов", any_of=(mine, other)) == [2, 1]
    assert await hits(store, any_of=(other,)) == [2]


@pytest.mark.parametrize("word", ["and", "or", "not", "near", "null", "会議", "𝔸".lower(), "a" * 64, "1", "ſ"])
async def test_words_of_the_engines_own_languages_are_words(store: AnyStore, word: str) -> None:
    await store.write(1, message_search.put, [Entry(1, 7, 3, [word, "x"]), Entry(2, 7, 3, ["x"])])
    assert await hits(store, word) == [1]
    assert await hits(store, word, "x") == [1]


async def test_a_message_of_many_words_fits(store: AnyStore) -> None:
    words = [f"{number:064d}" for number in range(4000)]
    await store.write(1, message_search.put, [Entry(1, 7, 3, words)])
    assert await hits(store, words[-1], words[0]) == [1]


async def test_a_message_without_words_is_known_by_its_chat(store: AnyStore) -> None:
    await store.write(1, fill, "🎉")
    assert await hits(store, message_search.chat_token(7)) == [1]


async def test_the_state_is_one_row(store: AnyStore) -> None:
    assert await store.read(message_search.state) is None
    await store.write(1, message_search.set_state, State(5, 1))
    await store.write(1, message_search.set_state, State(4, 1))
    assert await store.read(message_search.state) == State(4, 1)
    assert await store.read(lambda tx: tx.val("SELECT count(*) FROM message_search_state")) == 1


@pytest.mark.parametrize("words", [("слов",), ("слов", "@c7"), ("слов", "дел", "@c7", "@a3")])
async def test_no_search_goes_through_a_table(store: AnyStore, words: tuple[str, ...]) -> None:
    await store.write(1, fill, *["слово и дело"] * 50)
    first, *others = await store.read(plans_of, words)
    # SQLite's index walks its own lists in the wanted order; PostgreSQL knows two ways, by the words or by the ids.
    assert first.startswith("SCAN message_search VIRTUAL TABLE INDEX") or "Index" in first, first
    assert "TEMP B-TREE" not in first
    assert len(others) == 3
    for plan in others:
        assert "SCAN m" not in plan and "Seq Scan on m" not in plan, plan  # noqa: PT018 — each engine has one of them


async def plans_of(tx: Tx, words: tuple[str, ...]) -> list[str]:
    """Plans of what a search in the chats of a person runs; on PostgreSQL as for a big table."""
    if tx.is_postgres:
        await tx.do("SET LOCAL enable_seqscan = off")
    spy: Any = _Spy(tx)
    found = await message_search.hits(spy, words, ALL)
    await message_search.of_person(spy, found, 1, ALL)
    await message_search.in_chat(spy, found, 7, ALL)
    await message_search.with_any_text(spy, 7, (), ALL)
    plans: list[str] = spy.plans
    return plans


class _Spy:
    """A transaction that keeps the plan of each statement that gives rows."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self.plans: list[str] = []

    def __getattr__(self, name: str) -> object:
        return getattr(self._tx, name)

    async def rows(self, sql: str, *args: object) -> object:
        explain = "EXPLAIN" if self._tx.is_postgres else "EXPLAIN QUERY PLAN"
        rows = await self._tx.rows(f"{explain} {sql}", *args)
        self.plans.append("\n".join(str(row[-1]) for row in rows))
        return await self._tx.rows(sql, *args)
