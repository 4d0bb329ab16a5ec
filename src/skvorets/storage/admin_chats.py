"""Lists of chats for administrators: what they are and how large, never what is written in them.

Dialogs of two are nobody else's business and are in no list.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from skvorets.storage import chats
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.words import range_of

# What is in a list, by its name. A chat that was closed has no members.
FILTERS = {
    "all": "c.kind IN ('group', 'open', 'line')",
    "group": "c.kind = 'group' AND c.member_count > 0",
    "open": "c.kind = 'open'",
    "line": "c.kind = 'line'",
    "outside": "c.kind IN ('group', 'open', 'line') AND c.extranet = 1",
    "entity": "c.kind IN ('group', 'open', 'line') AND c.entity_type <> ''",
    "empty": "c.kind IN ('group', 'open', 'line') AND c.member_count = 0",
}
_HAS_WORD = "c.id IN (SELECT w.owner_id FROM search_words w WHERE w.kind = 2 AND w.word >= ${0} AND w.word < ${1})"


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which chats, and which part of their list."""

    words: Collection[str] = ()  # each the beginning of a word of the title
    filter: str = "all"  # a key of FILTERS
    member_id: int = 0  # only chats of this person, 0 = of anybody
    before_id: int = 0  # the last chat of the page before
    limit: int = 50


async def select(tx: Tx, wanted: Wanted) -> list[Chat]:
    """Chats, those made last first: the primary key gives the order, so a page costs what it shows."""
    args: list[object] = []
    tests = [FILTERS[wanted.filter]]
    for word in wanted.words:
        args += range_of(word)
        tests.append(_HAS_WORD.format(len(args) - 1, len(args)))
    if wanted.member_id:
        args.append(wanted.member_id)
        tests.append(f"c.id IN (SELECT m.chat_id FROM members m WHERE m.person_id = ${len(args)})")
    if wanted.before_id:
        args.append(wanted.before_id)
        tests.append(f"c.id < ${len(args)}")
    args.append(wanted.limit)
    rows = await tx.rows(
        f"SELECT {chats.COLUMNS} FROM chats c WHERE {' AND '.join(tests)} ORDER BY c.id DESC LIMIT ${len(args)}", *args
    )
    return [Chat(*row) for row in rows]


async def numbers_of_people(tx: Tx, ids: Iterable[int]) -> dict[int, int]:
    """In how many chats each of these people is, dialogs of two included."""
    wanted = sorted(set(ids))
    rows = (
        await tx.rows("SELECT person_id, count(*) FROM members WHERE person_id = ANY($1) GROUP BY person_id", wanted)
        if wanted
        else []
    )
    return {row[0]: row[1] for row in rows}
