"""When people were last seen, and who hears of a person's presence: columns of ``people``."""

from __future__ import annotations

from collections.abc import Collection

from skvorets.storage.database import Tx


async def set_seen(tx: Tx, ids: Collection[int], at: int) -> None:
    """Note that these people were there at a time (unix milliseconds); a later note stays."""
    await tx.do("UPDATE people SET last_seen = $2 WHERE id = ANY($1) AND last_seen < $2", sorted(ids), at)


async def outsiders_with(tx: Tx, person_id: int) -> list[int]:
    """Ids of active people from outside who share a chat with a person that is not a private dialog."""
    rows = await tx.rows(
        "SELECT p.id FROM people p WHERE p.extranet = 1 AND p.active = 1 AND p.id <> $1 AND EXISTS ("
        "SELECT 1 FROM members a JOIN members b ON b.chat_id = a.chat_id JOIN chats c ON c.id = a.chat_id"
        " WHERE a.person_id = p.id AND b.person_id = $1 AND c.kind <> 'private') ORDER BY p.id",
        person_id,
    )
    return [row[0] for row in rows]
