"""Makes all search words anew: of a database from before there were any, or when words are made in another way now."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from skvorets.storage import search_words
from skvorets.storage.database import Row, Tx
from skvorets.storage.search_words import Owned, Words
from skvorets.storage.words import VERSION

# Owners read at once.
_CHUNK = 1_000

_Owners = Mapping[int, tuple[str, Callable[[Row], Words]]]
_OWNERS: _Owners = {
    search_words.PERSON: (
        f"SELECT id, {', '.join(search_words.PERSON_COLUMNS)} FROM people WHERE id > $1 ORDER BY id LIMIT {_CHUNK}",
        lambda row: search_words.of_person([str(text) for text in tuple(row)[1:]]),
    ),
    search_words.CHAT: (
        f"SELECT id, title FROM chats WHERE id > $1 AND title <> '' ORDER BY id LIMIT {_CHUNK}",
        lambda row: search_words.of_title(row[1]),
    ),
    search_words.DEPARTMENT: (
        f"SELECT id, name FROM departments WHERE id > $1 ORDER BY id LIMIT {_CHUNK}",
        lambda row: search_words.of_title(row[1]),
    ),
}


async def bring_up_to_date(tx: Tx) -> bool:
    """Make all words anew unless they were made as this program makes them; was it necessary?"""
    if await tx.val("SELECT version FROM search_words_version") == VERSION:
        return False
    await tx.do("DELETE FROM search_words")
    for kind in _OWNERS:
        await _make(tx, kind)
    await tx.do("DELETE FROM search_words_version")
    await tx.do("INSERT INTO search_words_version (version) VALUES ($1)", VERSION)
    return True


async def _make(tx: Tx, kind: int) -> None:
    statement, words = _OWNERS[kind]
    last_id = 0
    while rows := await tx.rows(statement, last_id):
        await search_words.insert(tx, kind, [Owned(row[0], words(row)) for row in rows])
        last_id = rows[-1][0]
