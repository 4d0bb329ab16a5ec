"""Numbers of open lines: what is open and waiting now, and what became of the conversations of each day.

A conversation belongs to the line to which the customer came and to the day on which it began. Spam is not counted.
Waiting is counted from the moment a conversation came to people until the first answer of one of them.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from skvorets.storage.database import Tx

# Status of a conversation that was spam, see core/lines/sessions.py.
_SPAM = 65
_DAY_MS = 24 * 3600 * 1000
# Days are numbered from 1970-01-01 in the asker's clock: $3 = milliseconds east of Greenwich, $4 = a day.
_DAY = "((s.started_at + CAST($3 AS BIGINT)) / CAST($4 AS BIGINT))"
_WANTED = f"FROM line_sessions s WHERE s.first_line_id = $1 AND s.started_at >= $2 AND s.status <> {_SPAM}"
_COUNTS = (
    f"SELECT {_DAY} AS day, count(*),"
    " sum(CASE WHEN s.closed_at <> 0 AND s.queued_at = 0 AND s.operator_messages = 0 AND s.bot_messages > 0"
    " THEN 1 ELSE 0 END),"
    " sum(CASE WHEN s.closed_at <> 0 AND s.queued_at <> 0 AND s.answered_at = 0 THEN 1 ELSE 0 END),"
    " sum(CASE WHEN s.vote > 0 THEN 1 ELSE 0 END), CAST(sum(s.vote) AS BIGINT)"
    f" {_WANTED} GROUP BY 1"
)
# The median of an even number is the lower of the two in the middle.
_WAITS = (
    "SELECT day, max(CASE WHEN place = (number + 1) / 2 THEN waited END), max(waited), max(number) FROM ("
    "SELECT day, waited, row_number() OVER (PARTITION BY day ORDER BY waited) AS place,"
    " count(*) OVER (PARTITION BY day) AS number FROM ("
    "SELECT {day} AS day, CASE WHEN s.answered_at > s.queued_at THEN s.answered_at - s.queued_at ELSE 0 END AS waited"
    f" {_WANTED} AND s.queued_at <> 0 AND s.answered_at <> 0) w) r GROUP BY day"
)
_WAITS_BY_DAY = _WAITS.replace("{day}", _DAY)
_WAITS_AT_ALL = _WAITS.replace("{day}", "0")


class Counts(msgspec.Struct, frozen=True):
    """What became of conversations."""

    sessions: int = 0
    by_bot: int = 0  # finished without any person
    lost: int = 0  # came to people and were finished without an answer of anybody
    votes: int = 0
    vote_sum: int = 0  # of votes from 1 to 5


class Waits(msgspec.Struct, frozen=True):
    """How long customers waited for people, milliseconds."""

    median: int = 0
    longest: int = 0
    number: int = 0  # conversations that were answered


class Open(msgspec.Struct, frozen=True):
    """What a line serves now."""

    open: int = 0
    waiting: int = 0  # came to people, and nobody has taken them


async def open_of_lines(tx: Tx, line_ids: Iterable[int]) -> dict[int, Open]:
    """How many conversations of each line are open; lines without any are left out."""
    rows = await tx.rows(
        "SELECT line_id, count(*), sum(CASE WHEN operator_id = 0 AND queued_at <> 0 THEN 1 ELSE 0 END)"
        " FROM line_sessions WHERE line_id = ANY($1) AND closed_at = 0 GROUP BY line_id",
        sorted(set(line_ids)),
    )
    return {row[0]: Open(row[1], row[2]) for row in rows}


async def counts_by_day(tx: Tx, line_id: int, since: int, offset_ms: int) -> dict[int, Counts]:
    """What became of conversations by day since a time (unix milliseconds); days without any are left out."""
    rows = await tx.rows(_COUNTS, line_id, since, offset_ms, _DAY_MS)
    return {row[0]: Counts(*row[1:]) for row in rows}


async def waits_by_day(tx: Tx, line_id: int, since: int, offset_ms: int) -> dict[int, Waits]:
    """How long customers waited by day since a time (unix milliseconds); days without any are left out."""
    rows = await tx.rows(_WAITS_BY_DAY, line_id, since, offset_ms, _DAY_MS)
    return {row[0]: Waits(*row[1:]) for row in rows}


async def waits_since(tx: Tx, line_id: int, since: int) -> Waits:
    """How long customers waited since a time (unix milliseconds)."""
    row = await tx.row(_WAITS_AT_ALL, line_id, since)
    return Waits() if row is None else Waits(*row[1:])
