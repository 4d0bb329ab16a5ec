"""Search by names compared with a naive one over random names, and that it reads index ranges only."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import hypothesis
import pytest
from hypothesis import strategies as st

from skvorets.core import members as member_rules
from skvorets.core import name_search
from skvorets.core.chats import NewChat, create_chat
from skvorets.core.people import NewPerson, add_person
from skvorets.errors import PhraseTooShortError
from skvorets.storage import chats, departments, people
from skvorets.storage.database import DIRECTORY_KEY, Row, Tx
from skvorets.storage.departments import Department
from skvorets.storage.people import Person
from support.stores import AnyStore, started


@pytest.fixture
async def store(database: str, tmp_path: Path) -> AsyncIterator[AnyStore]:
    async with started(database, tmp_path) as opened:
        yield opened


# Few letters, so that names and phrases meet often; ё and е, both cases.
WORD = st.text("аеёАЕЁbB", min_size=1, max_size=4)
TEXT = st.lists(WORD, max_size=3).flatmap(
    lambda words: st.sampled_from([" ", "-", ", "]).map(lambda by: by.join(words))
)
PHRASE = st.lists(WORD, min_size=1, max_size=3).map(" ".join)


class Somebody(NamedTuple):
    """A person, and by number the departments that he is in."""

    first_name: str
    last_name: str
    position: str
    department: int
    is_bot: bool
    is_extranet: bool


class Talk(NamedTuple):
    """A chat, and by number its members."""

    title: str
    is_open: bool
    members: frozenset[int]


EMPTY = (
    "DELETE FROM people",
    "DELETE FROM chats",
    "DELETE FROM members",
    "DELETE FROM departments",
    "DELETE FROM department_people",
    "DELETE FROM search_words",
)
DEPARTMENTS = st.lists(TEXT.filter(bool), min_size=2, max_size=2)
PEOPLE = st.lists(
    st.builds(Somebody, TEXT.filter(str.strip), TEXT, TEXT, st.integers(0, 1), st.booleans(), st.booleans()),
    min_size=2,
    max_size=5,
)
TALKS = st.lists(
    st.builds(Talk, TEXT.filter(bool), st.booleans(), st.frozensets(st.integers(0, 4), min_size=1)), max_size=4
)


def same(text: str) -> list[str]:
    return [word for word in re.split(r"[^a-zа-я]+", text.lower().replace("ё", "е")) if word]


def is_found(phrase: str, *texts: str) -> bool:
    kept = [word for text in texts for word in same(text)]
    return all(any(word.startswith(begin) for word in kept) for begin in same(phrase))


def test_people_chats_and_departments_are_found_as_by_hand(engine: str, database: str, tmp_path: Path) -> None:
    with asyncio.Runner() as runner:
        opening = started(database, tmp_path)
        store = runner.run(opening.__aenter__())

        @hypothesis.settings(max_examples=60 if engine == "sqlite" else 12)
        @hypothesis.given(names=DEPARTMENTS, cast=PEOPLE, talks=TALKS, phrase=PHRASE)
        def compare(names: list[str], cast: list[Somebody], talks: list[Talk], phrase: str) -> None:
            runner.run(store.write(DIRECTORY_KEY, compare_with_naive, names, cast, talks, phrase))

        try:
            compare()
        finally:
            runner.run(opening.__aexit__(None, None, None))


async def compare_with_naive(tx: Tx, names: list[str], cast: list[Somebody], talks: list[Talk], phrase: str) -> None:
    await clear(tx)
    below: list[int] = []
    for name in names:
        below.append(await departments.insert(tx, name, below[-1] if below else 0))
    stored = [await add(tx, one, below) for one in cast]
    talking = [await talk(tx, one, stored) for one in talks]
    viewer = next((one for one in stored if not one.extranet), stored[0])
    if len(phrase.strip()) < name_search.MIN_PHRASE:
        for search in (name_search.people_ids, name_search.chat_ids):
            with pytest.raises(PhraseTooShortError):
                await search(tx, viewer, phrase)
        return
    for searcher in {viewer.id: viewer, stored[-1].id: stored[-1]}.values():
        assert await name_search.people_ids(tx, searcher, phrase) == [
            person.id
            for one, person in zip(cast, stored, strict=True)
            if not one.is_extranet
            and is_found(phrase, one.first_name, one.last_name, one.position, names[one.department])
            and (not searcher.extranet or meet(searcher, person, stored, talks))
        ]
        found = await name_search.chat_ids(tx, searcher, phrase)
        assert [one for one in found if one in talking] == sorted(
            (
                chat_id
                for chat_id, one in zip(talking, talks, strict=True)
                if (takes_part(searcher, stored, one) or (one.is_open and not searcher.extranet))
                and is_found(phrase, one.title, *(stored[number].name for number in members_of(one, stored)))
            ),
            reverse=True,
        )
    company = {one.id: one for one in await departments.every(tx)}
    full_names = [names[0], f"{names[1]} {names[0]}"]
    assert [one.id for one in await name_search.departments_among(tx, company, phrase)] == [
        number for number, full_name in zip(below, full_names, strict=True) if is_found(phrase, full_name)
    ]


async def clear(tx: Tx) -> None:
    for statement in EMPTY:
        await tx.do(statement)


async def add(tx: Tx, one: Somebody, below: Sequence[int]) -> Person:
    new = NewPerson(
        first_name=one.first_name,
        last_name=one.last_name,
        work_position=one.position,
        kind="bot" if one.is_bot else "human",
        extranet=one.is_extranet,
    )
    person = await add_person(tx, new)
    await departments.add_person(tx, below[one.department], person.id)
    return person


async def talk(tx: Tx, one: Talk, stored: Sequence[Person]) -> int:
    """Store a chat by its rows: who may invite whom is not the matter here."""
    kind = "open" if one.is_open else "group"
    new = chats.Chat(0, kind, one.title, "", "", "", 0, 0, 0, "", "", "", "", "", tx.now, 0, 0, 0, 0)
    chat_id = await chats.insert(tx, new)
    chat = await chats.find(tx, chat_id)
    assert chat is not None
    seated = [stored[number] for number in members_of(one, stored)]
    await member_rules.seat_members(tx, chat, seated, seated[0], shows_history=True)
    return chat_id


def members_of(one: Talk, stored: Sequence[Person]) -> list[int]:
    return sorted({number % len(stored) for number in one.members})


def takes_part(person: Person, stored: Sequence[Person], one: Talk) -> bool:
    return person.id in {stored[number].id for number in members_of(one, stored)}


def meet(one: Person, other: Person, stored: Sequence[Person], talks: Sequence[Talk]) -> bool:
    return any(takes_part(one, stored, each) and takes_part(other, stored, each) for each in talks)


@pytest.mark.parametrize("phrase", ["", "  ", "ив", " ив ", "---", "🎉🎉🎉", "@@@"])
async def test_a_phrase_has_three_characters_at_least_and_a_word(store: AnyStore, phrase: str) -> None:
    viewer = await store.write(DIRECTORY_KEY, add_person, NewPerson(first_name="Иван"))
    with pytest.raises(PhraseTooShortError):
        await store.read(name_search.people_ids, viewer, phrase)


async def test_words_beyond_the_tenth_are_ignored(store: AnyStore) -> None:
    viewer = await store.write(DIRECTORY_KEY, add_person, NewPerson(first_name="а б в г д е ж з и к"))
    phrase = "а б в г д е ж з и к л"
    assert await store.read(name_search.people_ids, viewer, phrase) == [viewer.id]


async def test_departments_above_each_other_in_a_circle_end_the_look(store: AnyStore) -> None:
    circle = [Department(1, 2, "Первый", 0, 0), Department(2, 1, "Второй", 0, 0), Department(3, 3, "Сам", 0, 0)]

    async def look(tx: Tx) -> list[int]:
        first = await departments.insert(tx, "Первый", 2)
        assert first == 1
        company = {one.id: one for one in circle}
        return [one.id for one in await name_search.departments_among(tx, company, "первый")]

    assert await store.write(DIRECTORY_KEY, look) == [1, 2]


async def test_a_search_looks_at_ranges_of_the_index_only(store: AnyStore) -> None:
    """No part of a plan may go through a whole table, whatever is searched for, by whomever."""
    employee, outsider = await store.write(DIRECTORY_KEY, crowd)
    for viewer in (employee, outsider):
        for phrase in ("алена", "алена менеджер", "a@b алена жур"):
            for search in (name_search.people_ids, name_search.chat_ids):
                plan = await store.read(plan_of, search, viewer, phrase)
                # SQLite tells the columns that bound a range, PostgreSQL the index.
                assert "(kind=? AND word>? AND word<?)" in plan or "search_words_pkey" in plan
                assert "SCAN " not in plan and "Seq Scan" not in plan, plan  # noqa: PT018 — each engine has one of them


CROWD = (
    "INSERT INTO people (id, kind, created_at) SELECT n, 'human', 0 FROM generate_series(100, 10100) n",
    "INSERT INTO chats (id, kind, created_at) SELECT n, 'group', 0 FROM generate_series(100, 10100) n",
    "INSERT INTO departments (id, name) SELECT n, 'd' || n FROM generate_series(100, 10100) n",
    "INSERT INTO department_people (person_id, department_id) SELECT n, n FROM generate_series(100, 10100) n",
    """INSERT INTO members (chat_id, person_id, joined_at, joined_seq)
        SELECT n, 100 + (n * 7 + k) % 10000, 0, 0 FROM generate_series(100, 10100) n, generate_series(1, 5) k""",
    """INSERT INTO search_words (kind, word, owner_id, in_name)
        SELECT k, 'w' || n, n, 1 FROM generate_series(100, 10100) n, generate_series(1, 3) k""",
    "ANALYZE",
)


async def crowd(tx: Tx) -> tuple[Person, Person]:
    """Add two people, and on PostgreSQL, whose plans go by what is there, thousands more with as many chats."""
    employee = await add_person(tx, NewPerson(first_name="Иван"))
    outsider = await add_person(tx, NewPerson(first_name="Гость", extranet=True))
    await create_chat(tx, employee, NewChat(title="Чат", member_ids=(outsider.id,)))
    if tx.is_postgres:
        for statement in CROWD:
            await tx.do(statement)
    return employee, outsider


class Explained:
    """A transaction that notes how the engine does what it is asked for."""

    def __init__(self, tx: Tx) -> None:
        self.tx = tx
        self.plan = ""

    async def rows(self, sql: str, *args: object) -> Sequence[Row]:
        explain = "EXPLAIN" if self.tx.is_postgres else "EXPLAIN QUERY PLAN"
        self.plan += "\n".join(str(row[-1]) for row in await self.tx.rows(f"{explain} {sql}", *args))
        return await self.tx.rows(sql, *args)


async def plan_of(tx: Tx, search: Callable[..., Awaitable[list[int]]], viewer: Person, phrase: str) -> str:
    explained: Any = Explained(tx)
    await search(explained, viewer, phrase)
    plan: str = explained.plan
    return plan


async def test_the_dismissed_and_clients_of_lines_are_not_found(store: AnyStore) -> None:
    async def fill(tx: Tx) -> list[int]:
        viewer = await add_person(tx, NewPerson(first_name="Иванна"))
        await add_person(tx, NewPerson(first_name="Иван", kind="guest"))
        bot = await add_person(tx, NewPerson(first_name="Иван", kind="bot"))
        gone = await add_person(tx, NewPerson(first_name="Иван"))
        await people.change(tx, gone.id, active=0)
        assert await name_search.people_ids(tx, viewer, "иван", name_search.ONLY_HUMANS) == [viewer.id]
        assert await name_search.people_ids(tx, viewer, "иван") == [viewer.id, bot.id]
        return [viewer.id, bot.id]

    assert len(await store.write(DIRECTORY_KEY, fill)) == 2
