"""The index of message texts on PostgreSQL: a tsvector for each message under a GIN index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from skvorets.storage.database import Tx

_PUT = (
    "INSERT INTO message_search (message_id, words)"
    " SELECT e.id, array_to_tsvector(string_to_array(e.words, ' '))"
    " FROM unnest(CAST($1 AS BIGINT[]), CAST($2 AS TEXT[])) AS e (id, words)"
    " ON CONFLICT (message_id) DO UPDATE SET words = excluded.words"
)
_REMOVE = "DELETE FROM message_search WHERE message_id = ANY($1)"
_HITS = (
    "SELECT message_id FROM message_search WHERE words @@ CAST(CAST($1 AS TEXT) AS TSQUERY)"
    " AND message_id > $2 AND message_id < $3 ORDER BY message_id {} LIMIT $4"
)
_NEWEST_HITS, _OLDEST_HITS = _HITS.format("DESC"), _HITS.format("ASC")
# A frequent word is best looked for from the newest message on, a rare one in the index. The planner knows how frequent
# a word is, but only when it plans for this word and not once for all.
_PLAN_FOR_THESE_WORDS = "SELECT set_config('plan_cache_mode', 'force_custom_plan', true)"


async def put(tx: Tx, ids: Sequence[int], words: Sequence[str]) -> None:
    """Set the words, separated by spaces, of messages."""
    await tx.do(_PUT, list(ids), list(words))


async def remove(tx: Tx, ids: list[int]) -> None:
    """Forget messages."""
    await tx.do(_REMOVE, ids)


def all_of(words: Iterable[str]) -> str:
    """Write a condition: all of the words. They hold letters, digits and ``@`` only."""
    return " & ".join(f"'{word}'" for word in words)


def any_of(words: Iterable[str]) -> str:
    """Write a condition: one of the words at least."""
    return "(" + " | ".join(f"'{word}'" for word in words) + ")"


def both(one: str, other: str) -> str:
    """Write a condition: both of two."""
    return f"{one} & {other}"


async def hits(tx: Tx, condition: str, between: tuple[int, int], *, is_newest_first: bool, limit: int) -> list[int]:
    """Ids of the messages that fulfil a condition, greater than the one bound and less than the other."""
    above_id, below_id = between
    await tx.val(_PLAN_FOR_THESE_WORDS)
    statement = _NEWEST_HITS if is_newest_first else _OLDEST_HITS
    return [row[0] for row in await tx.rows(statement, condition, above_id, below_id, limit)]
