"""Who and what is found by words: ids from ``search_words``, by ranges of its index only.

Every word must be the beginning of some word of the owner. The words come from ``words.words_to_find``, at least one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

import msgspec

from skvorets.storage.database import Tx
from skvorets.storage.words import range_of

_RANGE = "w.word >= ${0} AND w.word < ${1}"
# Who bears the word, or belongs to a department that does. {0}, {1}: numbers of the bounds.
_PEOPLE = (
    f"p.id IN (SELECT w.owner_id FROM search_words w WHERE w.kind = 1 AND {_RANGE}"
    " UNION ALL SELECT d.person_id FROM search_words w JOIN department_people d ON d.department_id = w.owner_id"
    f" WHERE w.kind = 3 AND {_RANGE})"
)
# Chats with the word in the title or in a member's name.
_CHATS = (
    f"c.id IN (SELECT w.owner_id FROM search_words w WHERE w.kind = 2 AND {_RANGE}"
    " UNION ALL SELECT m.chat_id FROM search_words w JOIN members m ON m.person_id = w.owner_id"
    f" WHERE w.kind = 1 AND w.in_name = 1 AND {_RANGE})"
)
_NAMED = f"p.id IN (SELECT w.owner_id FROM search_words w WHERE w.kind = 1 AND w.in_name = 1 AND {_RANGE})"
_TITLED = f"m.chat_id IN (SELECT w.owner_id FROM search_words w WHERE w.kind = 2 AND {_RANGE})"
_DEPARTMENTS = f"SELECT w.owner_id FROM search_words w WHERE w.kind = 3 AND {_RANGE}"
_SHARES_A_CHAT = (
    "EXISTS (SELECT 1 FROM members a JOIN members b ON b.chat_id = a.chat_id JOIN chats c ON c.id = a.chat_id"
    " WHERE a.person_id = {} AND b.person_id = p.id AND c.kind <> 'private')"
)
_TAKES_PART = "EXISTS (SELECT 1 FROM members a WHERE a.chat_id = c.id AND a.person_id = {})"


class Viewer(msgspec.Struct, frozen=True):
    """Who searches, and what he may see beyond what he takes part in."""

    person_id: int
    is_outsider: bool  # sees only people who share a chat with him, and no open chats


async def people_ids(tx: Tx, viewer: Viewer, words: Collection[str], kinds: Iterable[str]) -> list[int]:
    """Ids of the active people of these kinds, ascending; guests from outside are never found."""
    args: list[object] = []
    tests = [f"p.kind IN ({_places(args, kinds)})", *_each(args, words, _PEOPLE)]
    if viewer.is_outsider:
        tests.append(_SHARES_A_CHAT.format(_places(args, [viewer.person_id])))
    rows = await tx.rows(
        f"SELECT p.id FROM people p WHERE p.active = 1 AND p.extranet = 0 AND {' AND '.join(tests)} ORDER BY p.id",
        *args,
    )
    return [row[0] for row in rows]


async def chat_ids(tx: Tx, viewer: Viewer, words: Collection[str], kinds: Iterable[str]) -> list[int]:
    """Ids of the chats of these kinds that the viewer takes part in or may come into, the newest first."""
    args: list[object] = []
    tests = [f"c.kind IN ({_places(args, kinds)})", *_each(args, words, _CHATS)]
    takes_part = _TAKES_PART.format(_places(args, [viewer.person_id]))
    tests.append(takes_part if viewer.is_outsider else f"(c.kind = 'open' OR {takes_part})")
    rows = await tx.rows(f"SELECT c.id FROM chats c WHERE {' AND '.join(tests)} ORDER BY c.id DESC", *args)
    return [row[0] for row in rows]


async def department_ids(tx: Tx, word: str) -> set[int]:
    """Ids of the departments whose own names have the word."""
    return {row[0] for row in await tx.rows(_DEPARTMENTS.format(1, 2), *range_of(word))}


async def named_ids(tx: Tx, words: Collection[str], limit: int) -> list[int]:
    """Ids of people of all kinds, dismissed ones and guests too, whose names have the words; what they do not count."""
    args: list[object] = []
    tests = _each(args, words, _NAMED)
    args.append(limit)
    rows = await tx.rows(
        f"SELECT p.id FROM people p WHERE {' AND '.join(tests)} ORDER BY p.id LIMIT ${len(args)}", *args
    )
    return [row[0] for row in rows]


async def titled_chat_ids(tx: Tx, person_id: int, words: Collection[str], limit: int) -> list[int]:
    """Ids of a person's chats whose titles have the words, the newest first."""
    args: list[object] = [person_id]
    tests = _each(args, words, _TITLED)
    args.append(limit)
    rows = await tx.rows(
        f"SELECT m.chat_id FROM members m WHERE m.person_id = $1 AND {' AND '.join(tests)}"
        f" ORDER BY m.chat_id DESC LIMIT ${len(args)}",
        *args,
    )
    return [row[0] for row in rows]


async def private_chat_ids(tx: Tx, person_id: int, others: Collection[int]) -> list[int]:
    """Ids of a person's private dialogs with some people; no query for nobody."""
    if not others:
        return []
    rows = await tx.rows(
        "SELECT chat_id FROM private_chats WHERE low_id = $1 AND high_id = ANY($2)"
        " UNION ALL SELECT chat_id FROM private_chats WHERE high_id = $1 AND low_id = ANY($2) AND low_id < high_id",
        person_id,
        sorted(others),
    )
    return [row[0] for row in rows]


def _each(args: list[object], words: Collection[str], test: str) -> list[str]:
    """Write the test for every word, long words first: they leave the fewest owners for the next one."""
    return [_tested(args, word, test.format) for word in sorted(words, key=len, reverse=True)]


def _tested(args: list[object], word: str, write: Callable[[int, int], str]) -> str:
    args += range_of(word)
    return write(len(args) - 1, len(args))


def _places(args: list[object], values: Iterable[object]) -> str:
    """Add values to the arguments and write their places."""
    given: Sequence[object] = list(values)
    args += given
    return ", ".join(f"${number}" for number in range(len(args) - len(given) + 1, len(args) + 1))
