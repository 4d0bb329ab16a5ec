"""The index of message texts on SQLite: an FTS5 table of words, where the id of the row is that of the message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from skvorets.storage.database import Tx

# One statement for the whole batch: its time is spent in SQLite, where other threads may run.
_PUT = (
    "INSERT OR REPLACE INTO message_search (rowid, words)"
    " SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each($1)"
)
_REMOVE = "DELETE FROM message_search WHERE rowid = ANY($1)"
_HITS = "SELECT rowid FROM message_search WHERE message_search MATCH $1 AND rowid > $2 AND rowid < $3 ORDER BY rowid {}"
_NEWEST_HITS, _OLDEST_HITS = f"{_HITS.format('DESC')} LIMIT $4", f"{_HITS.format('ASC')} LIMIT $4"


async def put(tx: Tx, ids: Sequence[int], words: Sequence[str]) -> None:
    """Set the words, separated by spaces, of messages."""
    await tx.do(_PUT, msgspec.json.encode(list(zip(ids, words, strict=True))).decode())


async def remove(tx: Tx, ids: list[int]) -> None:
    """Forget messages."""
    await tx.do(_REMOVE, ids)


def all_of(words: Iterable[str]) -> str:
    """Write a condition: all of the words. They hold letters, digits and ``@`` only."""
    return " AND ".join(f'"{word}"' for word in words)


def any_of(words: Iterable[str]) -> str:
    """Write a condition: one of the words at least."""
    return "(" + " OR ".join(f'"{word}"' for word in words) + ")"


def both(one: str, other: str) -> str:
    """Write a condition: both of two."""
    return f"{one} AND {other}"


async def hits(tx: Tx, condition: str, between: tuple[int, int], *, is_newest_first: bool, limit: int) -> list[int]:
    """Ids of the messages that fulfil a condition, greater than the one bound and less than the other."""
    above_id, below_id = between
    statement = _NEWEST_HITS if is_newest_first else _OLDEST_HITS
    return [row[0] for row in await tx.rows(statement, condition, above_id, below_id, limit)]
