"""Lists of members page by page, and of the chats that two people have in common."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from skvorets.storage.database import Tx
from skvorets.storage.members import COLUMNS, Member
from skvorets.storage.words import range_of

_OF_CHAT = "FROM members m JOIN people p ON p.id = m.person_id WHERE m.chat_id = $1 AND p.active = 1"
# Words of a person's name, as in ``name_search``.
_NAMED = (
    " AND m.person_id IN (SELECT w.owner_id FROM search_words w"
    " WHERE w.kind = 1 AND w.in_name = 1 AND w.word >= ${0} AND w.word < ${1})"
)
_COMMON = (
    "SELECT c.id FROM members a JOIN members b ON b.chat_id = a.chat_id JOIN chats c ON c.id = a.chat_id"
    " WHERE a.person_id = $1 AND b.person_id = $2 AND c.kind IN ('group', 'open')"
    " ORDER BY c.last_message_at DESC, c.id DESC LIMIT $3"
)


class MembersQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which members of a chat are wanted: active people, by their ids."""

    chat_id: int
    words: Sequence[str] = ()  # beginnings of words of their names
    after_id: int = 0
    limit: int


async def select(tx: Tx, query: MembersQuery) -> list[Member]:
    """The members that fit."""
    args: list[object] = [query.chat_id, query.after_id, query.limit]
    named = _named(query, args)
    statement = f"SELECT {COLUMNS} {_OF_CHAT} AND m.person_id > $2{named} ORDER BY m.person_id LIMIT $3"
    rows = await tx.rows(statement, *args)
    return [Member(*row) for row in rows]


async def count(tx: Tx, query: MembersQuery) -> int:
    """How many fit, whatever part of them is wanted."""
    args: list[object] = [query.chat_id]
    named = _named(query, args)
    return int(await tx.val(f"SELECT count(*) {_OF_CHAT}{named}", *args))


async def common_chat_ids(tx: Tx, one: int, other: int, limit: int) -> list[int]:
    """Ids of the chats in which both people are, private dialogs aside; where something was said last comes first."""
    return [row[0] for row in await tx.rows(_COMMON, one, other, limit)]


def _named(query: MembersQuery, args: list[object]) -> str:
    text = ""
    for word in query.words:
        args += range_of(word)
        text += _NAMED.format(len(args) - 1, len(args))
    return text
