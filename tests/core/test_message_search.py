"""Searching messages: as by hand over random talks, and never more than the person may read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import hypothesis
import msgspec
import pytest
from hypothesis import strategies as st

from skvorets.core import access, members, message_search
from skvorets.core.access import Dialog
from skvorets.core.chats import NewChat, create_chat
from skvorets.core.message_search import MAX_QUESTION_WORDS, Question
from skvorets.core.people import NewPerson, add_person
from skvorets.core.stems import stems_of
from skvorets.errors import ChatNotFoundError
from skvorets.storage import message_search as index_rows
from skvorets.storage import messages
from skvorets.storage.chats import Chat
from skvorets.storage.database import DIRECTORY_KEY, Tx
from skvorets.storage.message_search import NEVER, Window, newest_id
from skvorets.storage.messages import Message
from skvorets.storage.people import Person
from support.stores import AnyStore, started
from support.talks import indexing, meet, reword, say, wipe


@pytest.fixture
async def store(database: str, tmp_path: Path) -> AsyncIterator[AnyStore]:
    async with started(database, tmp_path) as opened:
        yield opened


# Few words in several forms, so that texts and questions meet often.
FORMS = ["суббота", "субботу", "СУББОТАМИ", "ёлка", "Елки", "run", "running", "5", "@c1", "[B]run[/B]s", "отчёт №5"]
TEXT = st.lists(st.sampled_from(FORMS), min_size=1, max_size=5).map(" ".join)


class Said(NamedTuple):
    """A message: where, by whom (both by number), and what becomes of it."""

    chat: int
    author: int
    text: str
    fate: str  # kept, reworded, emptied, removed


class Asked(NamedTuple):
    """A question; times and places are shares of what there is."""

    text: str
    author: int | None
    since: float
    until: float
    last: float
    is_newest_first: bool
    limit: int


SAID = st.lists(
    st.builds(
        Said,
        st.integers(0, 2),
        st.integers(0, 1),
        TEXT,
        st.sampled_from(["kept", "kept", "kept", "reworded", "emptied", "removed"]),
    ),
    min_size=1,
    max_size=12,
)
SHARE = st.sampled_from([0.0, 0.0, 0.3, 0.6, 1.0])
ASKED = st.builds(
    Asked, TEXT, st.none() | st.integers(0, 1), SHARE, SHARE, SHARE, st.booleans(), st.sampled_from([1, 2, 50])
)


def naive(rows: Sequence[Message], question: Question) -> list[int]:
    """Find by hand among messages that may be read."""
    wanted = set(stems_of(question.text or "")) if question.text is not None else None
    found = [
        one.id
        for one in rows
        if not one.deleted_at
        and question.since <= one.created_at < question.until
        and (not question.author_ids or one.author_id in question.author_ids)
        and (wanted is None or (wanted and one.author_id and wanted <= set(stems_of(one.text))))
        and (
            not question.last_id
            or (one.id < question.last_id if question.is_newest_first else one.id > question.last_id)
        )
    ]
    return sorted(found, reverse=question.is_newest_first)[: question.limit]


def test_the_search_finds_what_one_finds_by_hand(engine: str, database: str, tmp_path: Path) -> None:
    with asyncio.Runner() as runner:
        opening = started(database, tmp_path)
        store = runner.run(opening.__aenter__())

        @hypothesis.settings(max_examples=60 if engine == "sqlite" else 10)
        @hypothesis.given(said=SAID, asked=st.lists(ASKED, min_size=1, max_size=4))
        def compare(said: list[Said], asked: list[Asked]) -> None:
            runner.run(compare_with_naive(store, said, asked))

        try:
            compare()
        finally:
            runner.run(opening.__aexit__(None, None, None))


async def compare_with_naive(store: AnyStore, said: list[Said], asked: list[Asked]) -> None:
    async with indexing(store) as index:
        cast, places = await store.write(DIRECTORY_KEY, talk, said)
        assert await index.catch_up()
        for one in asked:
            for person in cast:
                await store.read(compare_all, person, cast, places, one)


async def talk(tx: Tx, said: list[Said]) -> tuple[list[Person], list[Chat]]:
    """Two who say everything in three chats; a late one who sees no history; a stranger."""
    [anna, boris], first = await meet(tx, "Анна", "Борис")
    late, stranger = [await add_person(tx, NewPerson(first_name=name)) for name in ("Вера", "Гость")]
    cast = [anna, boris, late, stranger]
    places = [first, await new_chat(tx, anna, boris), await new_chat(tx, boris, anna)]
    for number, one in enumerate(said):
        if number == len(said) // 2:
            seat = await access.chat_of_member(tx, anna, Dialog(chat_id=first.id))
            await members.add_members(tx, anna, seat, [late.id], shows_history=False)
        author = cast[one.author]
        [message] = await say(tx, author, places[one.chat], one.text)
        # So that times differ within one transaction.
        await tx.do("UPDATE messages SET created_at = $2 WHERE id = $1", message.id, tx.now + number)
        if one.fate == "reworded":
            await reword(tx, author, message.id, "бег running")
        elif one.fate == "emptied":
            await reword(tx, author, message.id, "")
        elif one.fate == "removed":
            await wipe(tx, author, [message.id])
    return cast, places


async def new_chat(tx: Tx, *people: Person) -> Chat:
    return await create_chat(tx, people[0], NewChat(title="x", member_ids=tuple(one.id for one in people)))


async def compare_all(tx: Tx, person: Person, cast: list[Person], places: list[Chat], asked: Asked) -> None:
    rows = sorted((await messages.find_many(tx, range(1, await newest_id(tx) + 1))).values(), key=lambda one: one.id)
    seats = [seat for place in places if (seat := await seat_in(tx, person, place)) is not None]
    question = question_of(asked, rows, cast)
    mine: list[Message] = []
    for seat in seats:
        readable = [one for one in rows if one.chat_id == seat.chat.id and one.id >= seat.first_id]
        mine += readable
        for form in (question, msgspec.structs.replace(question, text=None)):
            found = await message_search.search_chat(tx, seat, form)
            assert [one.id for one in found] == naive(readable, form)
    everywhere = await message_search.search_everywhere(tx, person, question)
    assert [one.id for one in everywhere] == naive(mine, question)


async def seat_in(tx: Tx, person: Person, place: Chat) -> access.Seat | None:
    try:
        return await access.chat_to_read(tx, person, Dialog(chat_id=place.id))
    except ChatNotFoundError:
        return None


def question_of(asked: Asked, rows: Sequence[Message], cast: Sequence[Person]) -> Question:
    times, ids = sorted(one.created_at for one in rows), [one.id for one in rows]
    return Question(
        text=asked.text,
        limit=asked.limit,
        author_ids=() if asked.author is None else (cast[asked.author].id,),
        since=pick(times, asked.since),
        until=pick(times, asked.until) or NEVER,
        last_id=pick(ids, asked.last),
        is_newest_first=asked.is_newest_first,
    )


def pick(values: Sequence[int], share: float) -> int:
    """Give the value at a share of the list, 0 for none."""
    return values[min(int(len(values) * share), len(values) - 1)] if share and values else 0


@pytest.mark.parametrize(("first", "most", "anywhere"), [(1, 2, NEVER), (2, 4, 1), (1, 1, 3)])
async def test_it_goes_on_as_long_as_something_is_missing(
    store: AnyStore, monkeypatch: pytest.MonkeyPatch, first: int, most: int, anywhere: int
) -> None:
    """What may not be shown lies between: the search looks further, in the end in the person's own chats alone."""
    monkeypatch.setattr(message_search, "_FIRST_HITS", first)
    monkeypatch.setattr(message_search, "_MOST_HITS", most)
    monkeypatch.setattr(message_search, "_HITS_ANYWHERE", anywhere)
    monkeypatch.setattr(message_search, "_CHATS_AT_ONCE", 2)
    narrowed: list[bool] = []
    hits = index_rows.hits

    async def listen(tx: Tx, words: Sequence[str], window: Window, any_of: Sequence[str] = ()) -> list[int]:
        narrowed.append(bool(any_of))
        return await hits(tx, words, window, any_of)

    monkeypatch.setattr(index_rows, "hits", listen)
    async with indexing(store) as index:
        [anna], _ = await store.write(1, meet, "Анна")
        [boris], foreign = await store.write(1, meet, "Борис")
        expected: list[int] = []
        for number in range(4):
            chat = await store.write(1, new_chat, anna)
            expected += [one.id for one in await store.write(1, say, anna, chat, *["слово"] * 2)]
            await store.write(1, say, boris, foreign, *[f"слово {number}"] * 5)
        assert await index.catch_up()
        for order in (True, False):
            question = Question(text="слово", limit=5, is_newest_first=order)
            found: list[int] = []
            while page := await store.read(message_search.search_everywhere, anna, question):
                found += [one.id for one in page]
                question = msgspec.structs.replace(question, last_id=found[-1])
            assert found == sorted(expected, reverse=order)
    assert any(narrowed) == (anywhere < NEVER)


async def test_a_former_member_finds_nothing_anywhere(store: AnyStore) -> None:
    async with indexing(store) as index:
        [anna, boris], chat = await store.write(1, meet, "Анна", "Борис")
        await store.write(1, say, boris, chat, "слово")
        assert await index.catch_up()
        question = Question(text="слово", limit=5)
        assert len(await store.read(message_search.search_everywhere, boris, question)) == 1
        await store.write(1, leave, boris, chat)
        assert await store.read(message_search.search_everywhere, boris, question) == []
        assert len(await store.read(message_search.search_everywhere, anna, question)) == 1


async def leave(tx: Tx, person: Person, chat: Chat) -> None:
    await members.leave_chat(tx, person, await access.chat_of_member(tx, person, Dialog(chat_id=chat.id)))


async def test_what_is_gone_is_not_shown_even_before_the_index_knows(store: AnyStore) -> None:
    async with indexing(store) as index:
        [anna], chat = await store.write(1, meet, "Анна")
        [emptied, removed] = await store.write(1, say, anna, chat, "слово", "слово")
        assert await index.catch_up()
    await store.write(1, reword, anna, emptied.id, "")
    await store.write(1, wipe, anna, [removed.id])
    question = Question(text="слово", limit=5)
    assert await store.read(message_search.search_everywhere, anna, question) == []
    assert await store.read(search_in, anna, chat, question) == []


async def search_in(tx: Tx, person: Person, chat: Chat, question: Question) -> list[Message]:
    seat = await access.chat_of_member(tx, person, Dialog(chat_id=chat.id))
    return await message_search.search_chat(tx, seat, question)


async def test_a_search_in_a_chat_looks_at_that_chat_only(store: AnyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []
    hits = index_rows.hits

    async def listen(*args: Any, **kwargs: Any) -> list[int]:
        looked_at.extend(found := await hits(*args, **kwargs))
        return found

    async with indexing(store) as index:
        [anna], chat = await store.write(1, meet, "Анна")
        other = await store.write(1, new_chat, anna)
        [said] = await store.write(1, say, anna, chat, "слово")
        await store.write(1, say, anna, other, *["слово"] * 20)
        assert await index.catch_up()
        monkeypatch.setattr(index_rows, "hits", listen)
        assert len(await store.read(search_in, anna, chat, Question(text="слово", limit=5))) == 1
        assert looked_at == [said.id]


@pytest.mark.parametrize("text", [None, "", "…", "[B][/B]", "🎉🎉🎉"])
async def test_without_words_nothing_is_found_everywhere(store: AnyStore, text: str | None) -> None:
    async with indexing(store) as index:
        [anna], chat = await store.write(1, meet, "Анна")
        await store.write(1, say, anna, chat, "слово", "🎉🎉🎉")
        assert await index.catch_up()
        question: Any = Question(text=text, limit=5, author_ids=() if text is None else (anna.id,))
        assert await store.read(message_search.search_everywhere, anna, question) == []


async def test_words_beyond_the_fiftieth_are_not_looked_for(store: AnyStore) -> None:
    text = " ".join(f"w{number}" for number in range(MAX_QUESTION_WORDS))
    async with indexing(store) as index:
        [anna], chat = await store.write(1, meet, "Анна")
        [said] = await store.write(1, say, anna, chat, text)
        assert await index.catch_up()
        question = Question(text=f"{text} другое", limit=5)
        assert [one.id for one in await store.read(message_search.search_everywhere, anna, question)] == [said.id]
        longer = Question(text=" ".join([text, *map(str, range(20_000))]), limit=5)
        assert len(await store.read(message_search.search_everywhere, anna, longer)) == 1
