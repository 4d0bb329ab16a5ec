"""The part of the row of ``portal`` that the first run writes, and whether it is still to come."""

from __future__ import annotations

from skvorets.storage.database import Tx


async def has_administrator(tx: Tx) -> bool:
    """Is there an active administrator who can log in?"""
    found = await tx.val(
        "SELECT 1 FROM people p JOIN logins l ON l.person_id = p.id"
        " WHERE p.admin = 1 AND p.active = 1 AND p.kind = 'human' LIMIT 1"
    )
    return found is not None


async def welcome_hash(tx: Tx) -> str:
    """Digest of the secret of the link that is good now, empty = none is."""
    found: str = await tx.val("SELECT welcome_hash FROM portal")
    return found


async def set_welcome_hash(tx: Tx, secret_hash: str) -> None:
    """Make this link the good one; empty = none is good any more."""
    await tx.do("UPDATE portal SET welcome_hash = $1", secret_hash)


async def set_language(tx: Tx, language: str) -> None:
    """Keep the company's language."""
    await tx.do("UPDATE portal SET language = $1", language)
