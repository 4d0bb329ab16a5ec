"""Searching messages by their words: in one chat, or in all chats of a person.

What is found is what the person may read now: only chats where he is (or the open chat that he looks into), nothing
older than his part of the history, nothing that was deleted. All words of the question must stand in the message, in
any form and order. Lines of the system are not found by words, nor by what they hold.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from heapq import merge
from itertools import islice
from typing import NamedTuple, Protocol, TypeAlias

import msgspec

from skvorets.core.access import Seat
from skvorets.core.stems import stems_of
from skvorets.storage import members, message_search
from skvorets.storage.database import Tx
from skvorets.storage.message_search import NEVER, Window
from skvorets.storage.messages import NO_UPPER_ID, Message
from skvorets.storage.people import Person

# Different words of a question that are looked for.
MAX_QUESTION_WORDS = 50
# Messages with the words that are looked at in one go: at first, and at most; each time many times as many, since some
# questions cost the index the same for a hundred as for a thousand.
_FIRST_HITS, _MOST_HITS, _GROWTH = 100, 12_800, 20
# So many messages of all chats are looked at before the search goes on in the person's own chats alone. Most searches
# find enough among the first of them; for a word that everybody uses, and a person in small chats, that is cheaper.
_HITS_ANYWHERE = 2_000
# Chats that stand in one question to the index.
_CHATS_AT_ONCE = 500


class MessageIndex(Protocol):
    """The index of texts as those who search see it; ``search/indexer.py`` keeps it."""

    async def catch_up(self) -> bool:
        """Wait until everything that was committed before this call can be found; False when that took too long."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for, and which of the answers are wanted."""

    text: str | None  # None = any text: of all chats only together with authors, chats or marks
    limit: int
    author_ids: Sequence[int] = ()  # by one of them; none = by anybody
    chat_ids: Sequence[int] = ()  # in one of them; none = in any, or in the chat that is asked
    marks: Sequence[str] = ()  # with all that: HAS_LINK, HAS_FILE of storage/message_search.py
    since: int = 0  # written at this time or later, unix milliseconds
    until: int = NEVER  # written before this time
    last_id: int = 0  # go on behind this message, 0 = from the beginning
    is_newest_first: bool = True


_LookUp: TypeAlias = Callable[[Sequence[int], Window], Awaitable[list[Message]]]


class _Terms(NamedTuple):
    """What the index is asked for."""

    all_of: list[str]
    any_of: list[list[str]]  # of each group one


class _Answer(NamedTuple):
    found: list[Message]
    is_complete: bool  # nothing else could be found


async def search_chat(tx: Tx, seat: Seat, question: Question) -> list[Message]:
    """Messages of one chat as the one who sits there sees it."""
    window = _window_of(question, seat.first_id)
    chat_id = seat.chat.id
    if question.chat_ids and chat_id not in question.chat_ids:
        return []
    if question.text is None and not question.marks:
        return await message_search.with_any_text(tx, chat_id, question.author_ids, window)
    terms = _terms_of(msgspec.structs.replace(question, chat_ids=(chat_id,)))
    if terms is None:
        return []

    async def look_up(ids: Sequence[int], part: Window) -> list[Message]:
        return await message_search.in_chat(tx, ids, chat_id, part)

    return (await _Search(tx, terms, look_up).run(window)).found


async def search_everywhere(tx: Tx, person: Person, question: Question) -> list[Message]:
    """Messages of all chats that the person takes part in. Without words, authors, chats and marks nothing is found."""
    terms = _terms_of(question)
    if terms is None:
        return []
    window = _window_of(question)

    async def look_up(ids: Sequence[int], part: Window) -> list[Message]:
        return await message_search.of_person(tx, ids, person.id, part)

    search = _Search(tx, terms, look_up)
    answer = await search.run(window, most_hits=NO_UPPER_ID if question.chat_ids else _HITS_ANYWHERE)
    if answer.is_complete:
        return answer.found
    chats = [message_search.chat_token(one) for one in sorted(await members.chat_ids_of(tx, person.id))]
    groups = [
        (await search.run(window, any_of=chats[begin : begin + _CHATS_AT_ONCE])).found
        for begin in range(0, len(chats), _CHATS_AT_ONCE)
    ]
    every = merge(*groups, key=lambda one: one.id, reverse=question.is_newest_first)
    return list(islice(every, question.limit))


class _Search(NamedTuple):
    """Asks the index for messages with some words, and the messages themselves whether they may be shown."""

    tx: Tx
    terms: _Terms
    look_up: _LookUp

    async def run(self, window: Window, *, any_of: Sequence[str] = (), most_hits: int = NO_UPPER_ID) -> _Answer:
        """Find what is wanted; ``any_of``: words of which one must be there, ``most_hits``: give up after so many."""
        found: list[Message] = []
        looked_at, count = 0, max(window.limit, _FIRST_HITS)
        while True:
            part = msgspec.structs.replace(window, limit=count)
            ids = await message_search.hits(self.tx, self.terms.all_of, part, *self.terms.any_of, any_of)
            found += await self.look_up(ids, window) if ids else ()
            looked_at += len(ids)
            if len(found) >= window.limit or len(ids) < count:
                return _Answer(found[: window.limit], is_complete=True)
            if looked_at >= most_hits:
                return _Answer(found, is_complete=False)
            window = _behind(window, ids[-1])
            count = min(_GROWTH * count, _MOST_HITS)


def _terms_of(question: Question) -> _Terms | None:
    """Give what a message must have; None when nothing can be found: a text without words, or nothing to look for."""
    words = [] if question.text is None else stems_of(question.text, MAX_QUESTION_WORDS)
    if question.text is not None and not words:
        return None
    terms = _Terms([*question.marks, *words], [])
    for tokens in (
        [message_search.chat_token(one) for one in question.chat_ids],
        [message_search.author_token(one) for one in question.author_ids],
    ):
        if len(tokens) == 1:
            terms.all_of.insert(0, tokens[0])
        elif tokens:
            terms.any_of.append(tokens)
    return terms if terms.all_of or terms.any_of else None


def _window_of(question: Question, first_id: int = 0) -> Window:
    window = Window(
        limit=question.limit,
        above_id=max(0, first_id - 1),
        since=question.since,
        until=question.until,
        is_newest_first=question.is_newest_first,
    )
    return _behind(window, question.last_id) if question.last_id > 0 else window


def _behind(window: Window, message_id: int) -> Window:
    """Give what is left of the window after a message."""
    if window.is_newest_first:
        return msgspec.structs.replace(window, below_id=min(window.below_id, message_id))
    return msgspec.structs.replace(window, above_id=max(window.above_id, message_id))
