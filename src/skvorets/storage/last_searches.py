"""Rows of ``last_searches``: the conversations that a person found last, each once."""

from __future__ import annotations

import msgspec

from skvorets.storage.database import Tx


class Found(msgspec.Struct, frozen=True):
    """A conversation: a chat, or a person to talk to (a private dialog need not exist yet). Exactly one is not 0."""

    chat_id: int
    other_id: int


async def of_person(tx: Tx, person_id: int) -> list[Found]:
    """What a person found last, the newest first."""
    rows = await tx.rows("SELECT chat_id, other_id FROM last_searches WHERE person_id = $1 ORDER BY id DESC", person_id)
    return [Found(*row) for row in rows]


async def insert(tx: Tx, person_id: int, found: Found) -> None:
    """Add what was found as the newest; it is not there yet."""
    await tx.do(
        "INSERT INTO last_searches (person_id, chat_id, other_id) VALUES ($1, $2, $3)",
        person_id,
        found.chat_id,
        found.other_id,
    )


async def delete(tx: Tx, person_id: int, found: Found) -> None:
    """Remove what was found; nothing happens when it is not there."""
    await tx.do(
        "DELETE FROM last_searches WHERE person_id = $1 AND chat_id = $2 AND other_id = $3",
        person_id,
        found.chat_id,
        found.other_id,
    )


async def keep_newest(tx: Tx, person_id: int, number: int) -> None:
    """Remove all but the newest ones."""
    await tx.do(
        "DELETE FROM last_searches WHERE person_id = $1 AND id <="
        " (SELECT id FROM last_searches WHERE person_id = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)",
        person_id,
        number,
    )
