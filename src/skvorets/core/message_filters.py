"""From what somebody has typed to a question: whose names these are, which chats, which moments.

A name may fit several people and a title several chats: messages of any of them are found. Nothing tells who asks
whether a name fits somebody whom he may not see: only messages that he may read come out of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from skvorets.core.calendar_zones import moment_of
from skvorets.core.message_search import Question
from skvorets.core.search_query import SearchQuery
from skvorets.errors import WrongTimeError
from skvorets.storage import name_search
from skvorets.storage.database import Tx
from skvorets.storage.message_search import HAS_FILE, HAS_LINK, NEVER
from skvorets.storage.people import Person
from skvorets.storage.words import words_to_find

MAX_NAMED: Final = 100
"""People, or chats, that one name may mean; of more the first ones count."""
_MAX_WORDS = 10  # of a name
_MIDDLE_YEAR = 2_000  # what lies outside the calendar before it is the past, after it the future


async def question_of(
    tx: Tx, person: Person, query: SearchQuery, zone: tzinfo, *, last_id: int, limit: int
) -> Question | None:
    """Give the question; None when nothing can be found, since a name fits nobody or a title no chat.

    Dates are days of ``zone``. At most four queries for each name.
    """
    author_ids = await _people_named(tx, query.authors)
    if query.is_by_me:
        author_ids.add(person.id)
    chat_ids = await _chats_named(tx, person, query.chats)
    if (not author_ids and query.authors) or (not chat_ids and query.chats):
        return None
    marks = [mark for mark, is_wanted in ((HAS_FILE, query.has_file), (HAS_LINK, query.has_link)) if is_wanted]
    return Question(
        text=query.text or None,
        limit=limit,
        author_ids=tuple(sorted(author_ids)),
        chat_ids=tuple(sorted(chat_ids)),
        marks=tuple(marks),
        since=_beginning(query.after, 1, zone) if query.after else 0,
        until=_beginning(query.before, 0, zone) if query.before else NEVER,
        last_id=last_id,
    )


async def _people_named(tx: Tx, names: Iterable[str]) -> set[int]:
    found: set[int] = set()
    for name in names:
        if words := words_to_find(name)[:_MAX_WORDS]:
            found.update(await name_search.named_ids(tx, words, MAX_NAMED))
    return found


async def _chats_named(tx: Tx, person: Person, names: Iterable[str]) -> set[int]:
    found: set[int] = set()
    for name in names:
        if words := words_to_find(name)[:_MAX_WORDS]:
            found.update(await name_search.titled_chat_ids(tx, person.id, words, MAX_NAMED))
            others = await name_search.named_ids(tx, words, MAX_NAMED)
            found.update(await name_search.private_chat_ids(tx, person.id, others))
    return found


def _beginning(day: date, later: int, zone: tzinfo) -> int:
    """Give the first moment of a day, or of one some days later, as unix milliseconds; never below 0."""
    try:
        return max(0, moment_of(datetime.combine(day + timedelta(days=later), time(), zone)))
    except (OverflowError, WrongTimeError):
        return 0 if day.year < _MIDDLE_YEAR else NEVER
