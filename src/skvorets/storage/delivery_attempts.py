"""Rows of ``delivery_attempts``: attempts that were not the last word of their delivery.

What was delivered at once has no row: its only attempt stands in the delivery itself (``attempt_at``, ``duration_ms``,
``http_status``, ``answer``).
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from skvorets.storage.database import Tx

# Attempts kept of one delivery; the longest policy makes eleven, the rest are replays.
KEPT = 50


class PastAttempt(msgspec.Struct, frozen=True):
    """What became of an attempt. Times are unix milliseconds."""

    number: int  # counts from 1
    at: int
    duration_ms: int
    http_status: int  # 0 = no answer
    failure: str
    answer: str  # its beginning


_COPY = (
    "INSERT INTO delivery_attempts (delivery_id, number, at, duration_ms, http_status, failure, answer)"
    " SELECT id, attempts, attempt_at, duration_ms, http_status, failure, answer FROM deliveries"
    " WHERE id = ANY($1) AND attempts > 0 AND state <> 'sending' ON CONFLICT (delivery_id, number) DO NOTHING"
)


async def keep(tx: Tx, delivery_ids: Iterable[int]) -> None:
    """Write down how the last attempt of each delivery ended, unless that is written already."""
    ids = sorted(delivery_ids)
    await tx.do(_COPY, ids)
    await tx.do(
        "DELETE FROM delivery_attempts WHERE delivery_id = ANY($1) AND number <="
        " (SELECT attempts FROM deliveries WHERE deliveries.id = delivery_attempts.delivery_id) - $2",
        ids,
        KEPT,
    )


async def of_delivery(tx: Tx, delivery_id: int) -> list[PastAttempt]:
    """The attempts of a delivery that are written down, oldest first."""
    rows = await tx.rows(
        "SELECT number, at, duration_ms, http_status, failure, answer FROM delivery_attempts WHERE delivery_id = $1"
        " ORDER BY number",
        delivery_id,
    )
    return [PastAttempt(*row) for row in rows]


async def delete(tx: Tx, delivery_ids: Iterable[int]) -> None:
    """Forget the attempts of deliveries that are removed."""
    await tx.do("DELETE FROM delivery_attempts WHERE delivery_id = ANY($1)", sorted(delivery_ids))
