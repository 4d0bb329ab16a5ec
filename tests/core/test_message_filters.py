"""Searching by authors, chats, days and what is in messages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from skvorets.core import access, message_search
from skvorets.core.access import Dialog
from skvorets.core.chats import open_private
from skvorets.core.message_filters import question_of
from skvorets.core.message_links import links_of_chat
from skvorets.core.message_search import Question
from skvorets.core.people import NewPerson, add_person
from skvorets.core.search_query import SearchQuery
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.message_search import HAS_FILE, HAS_LINK, NEVER
from skvorets.storage.messages import Message
from skvorets.storage.people import Person
from support.stores import AnyStore, started
from support.talks import indexing, meet, reword, say

BARE, CODE = "см. https://example.com/план", "план [URL=https://example.com]тут[/URL]"
MOSCOW = timezone(timedelta(hours=3))


@pytest.fixture
async def store(database: str, tmp_path: Path) -> AsyncIterator[AnyStore]:
    async with started(database, tmp_path) as opened:
        yield opened


async def search_in(tx: Tx, person: Person, chat: Chat, question: Question) -> list[Message]:
    seat = await access.chat_of_member(tx, person, Dialog(chat_id=chat.id))
    return await message_search.search_chat(tx, seat, question)


async def links_in(tx: Tx, person: Person, chat: Chat, *args: int) -> tuple[list[tuple[str, str]], bool]:
    seat = await access.chat_of_member(tx, person, Dialog(chat_id=chat.id))
    links, has_more = await links_of_chat(tx, seat, *args)
    return [(one.url, one.title) for one in links], has_more


async def test_a_search_may_ask_for_authors_chats_and_what_is_in_messages(store: AnyStore) -> None:
    async with indexing(store) as index:
        [anna, boris], chat = await store.write(1, meet, "Анна", "Борис")
        _, other = await store.write(1, meet, "Вера")
        await store.write(1, say, anna, chat, BARE, "просто план", "[URL=/rel]план[/URL]")
        await store.write(1, say, boris, chat, CODE)
        await store.write(1, say, anna, chat, ">>цитата https://example.com/quoted")
        assert await index.catch_up()

        async def found(**asked: Any) -> list[str]:
            question = Question(limit=9, **{"text": None, **asked})
            everywhere = await store.read(message_search.search_everywhere, anna, question)
            assert await store.read(search_in, anna, chat, question) == everywhere
            return [one.text for one in everywhere]

        assert await found(marks=(HAS_LINK,)) == [CODE, BARE]
        assert await found(marks=(HAS_LINK,), author_ids=(anna.id,)) == [BARE]
        assert await found(marks=(HAS_LINK,), author_ids=(anna.id, boris.id), text="планы") == [CODE, BARE]
        assert await found(marks=(HAS_LINK, HAS_FILE)) == []
        assert await found(author_ids=(boris.id,)) == [CODE]
        assert await found(chat_ids=(chat.id,), text="просто") == ["просто план"]
        assert await found(chat_ids=(chat.id, other.id), text="просто") == ["просто план"]
        assert await found(chat_ids=(other.id,), marks=(HAS_LINK,)) == []


async def test_without_any_condition_nothing_is_found_everywhere(store: AnyStore) -> None:
    async with indexing(store) as index:
        [anna], chat = await store.write(1, meet, "Анна")
        await store.write(1, say, anna, chat, "слово")
        assert await index.catch_up()
        assert await store.read(message_search.search_everywhere, anna, Question(text=None, limit=5)) == []


async def test_links_of_a_chat_follow_its_messages(store: AnyStore) -> None:
    async with indexing(store) as index:
        [anna], chat = await store.write(1, meet, "Анна")
        first, second = await store.write(1, say, anna, chat, f"{BARE} https://b.example", CODE)
        await store.write(1, say, anna, chat, "ничего")
        assert await index.catch_up()
        in_first = [("https://example.com/план", ""), ("https://b.example", "")]
        assert await store.read(links_in, anna, chat, 0, 1) == ([("https://example.com", "тут")], True)
        assert await store.read(links_in, anna, chat, second.id, 1) == (in_first, False)
        assert await store.read(links_in, anna, chat, first.id, 1) == ([], False)
        await store.write(1, reword, anna, second.id, "больше нет")
        assert await index.catch_up()
        assert await store.read(links_in, anna, chat, 0, 9) == (in_first, False)


async def ask(store: AnyStore, person: Person, **query: Any) -> Question | None:
    given = SearchQuery(**query)
    return await store.read(lambda tx: question_of(tx, person, given, MOSCOW, last_id=7, limit=3))


async def test_names_become_people_and_titles_chats(store: AnyStore) -> None:
    [anna, boris, bogdan], chat = await store.write(1, meet, "Анна", "Борис", "Богдан")
    private = (await store.write(1, open_private, anna, boris)).chat
    foreign = (await store.write(1, open_private, boris, bogdan)).chat
    question = await ask(store, anna, authors=("бо",), is_by_me=True, text="план")
    assert question == Question(text="план", limit=3, author_ids=(anna.id, boris.id, bogdan.id), last_id=7)
    question = await ask(store, anna, chats=("Talk", "борис"))
    assert question is not None
    assert list(question.chat_ids) == sorted([chat.id, private.id])
    assert foreign.id not in question.chat_ids
    assert await ask(store, anna, authors=("никто",)) is None
    assert await ask(store, anna, authors=("…",)) is None
    assert await ask(store, anna, chats=("Talk", "никакой"))
    stranger = await store.write(1, lambda tx: add_person(tx, NewPerson(first_name="Чужой")))
    assert await ask(store, stranger, chats=("Talk",)) is None


@pytest.mark.parametrize(
    ("query", "since", "until"),
    [
        ({}, 0, NEVER),
        ({"before": date(1970, 1, 3)}, 0, (48 - 3) * 3_600_000),
        ({"after": date(1970, 1, 1)}, (24 - 3) * 3_600_000, NEVER),
        ({"before": date(1, 1, 1), "after": date(1, 1, 1)}, 0, 0),
        ({"before": date(9999, 12, 31), "after": date(9999, 12, 31)}, NEVER, NEVER),
    ],
)
async def test_days_are_those_of_the_portal(store: AnyStore, query: dict[str, date], since: int, until: int) -> None:
    [anna], _ = await store.write(1, meet, "Анна")
    question = await ask(store, anna, **query)
    assert question is not None
    assert (question.since, question.until) == (since, until)
