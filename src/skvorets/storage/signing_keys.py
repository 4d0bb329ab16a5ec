"""Rows of ``signing_keys``: how often an application's signing key was replaced."""

from __future__ import annotations

from typing import NamedTuple

from skvorets.storage.database import Tx


class KeyGeneration(NamedTuple):
    """Which key is in use."""

    generation: int  # 1 = the first
    replaced_at: int  # unix milliseconds, 0 = never


async def generation_of(tx: Tx, application_id: int) -> KeyGeneration:
    """The application's present key."""
    row = await tx.row("SELECT generation, replaced_at FROM signing_keys WHERE application_id = $1", application_id)
    return KeyGeneration(1, 0) if row is None else KeyGeneration(*row)


async def replace(tx: Tx, application_id: int) -> int:
    """Take the next key from now on; its generation."""
    generation: int = await tx.val(
        "INSERT INTO signing_keys (application_id, generation, replaced_at) VALUES ($1, 2, $2)"
        " ON CONFLICT (application_id) DO UPDATE SET generation = signing_keys.generation + 1,"
        " replaced_at = excluded.replaced_at RETURNING generation",
        application_id,
        tx.now,
    )
    return generation
