"""Rows of ``spent_tickets``: tickets of the push socket that were used and might be shown again."""

from __future__ import annotations

from skvorets.storage.database import Tx


async def spend(tx: Tx, nonce: str, expires_at: int) -> bool:
    """Note that a ticket is used, and forget those that are too old anyway; False when it was used before."""
    await tx.do("DELETE FROM spent_tickets WHERE expires_at < $1", tx.now)
    return bool(
        await tx.do(
            "INSERT INTO spent_tickets (nonce, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING", nonce, expires_at
        )
    )
