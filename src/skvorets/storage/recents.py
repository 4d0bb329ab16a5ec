"""What the recent list needs beyond chats and members: one query each, however many chats a person has."""

from __future__ import annotations

from collections.abc import Sequence

from skvorets.storage.database import Tx


async def partners_of(tx: Tx, person_id: int, chat_ids: Sequence[int]) -> dict[int, int]:
    """The other person of each private dialog, by chat; a dialog with oneself gives oneself."""
    rows = await tx.rows(
        "SELECT chat_id, person_id FROM members WHERE chat_id = ANY($1) AND person_id <> $2", list(chat_ids), person_id
    )
    return {**dict.fromkeys(chat_ids, person_id), **{row[0]: row[1] for row in rows}}


async def read_by_others(tx: Tx, person_id: int, chat_ids: Sequence[int]) -> dict[int, int]:
    """How far anybody else has read each chat (message number), by chat."""
    rows = await tx.rows(
        "SELECT chat_id, max(read_seq) FROM members WHERE chat_id = ANY($1) AND person_id <> $2 GROUP BY chat_id",
        list(chat_ids),
        person_id,
    )
    return {row[0]: row[1] for row in rows}


async def count_pinned(tx: Tx, person_id: int) -> int:
    """Count the conversations that a person has pinned."""
    count: int = await tx.val("SELECT count(*) FROM members WHERE person_id = $1 AND pinned_at > 0", person_id)
    return count
