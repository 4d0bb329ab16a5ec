"""Work groups: a group is known by its chat, whose members are the group's. See spec ``bitrix24-im.md`` §2, ``sgN``.

Anybody may make a chat for any thing, so the oldest chat of a group counts: nobody gets into a group by making another.
"""

from __future__ import annotations

from skvorets.storage.database import Tx

# The kind of thing that such a chat belongs to; its id is the group's number.
ENTITY_TYPE = "SONET_GROUP"
_OF_PERSON = (
    "SELECT c.entity_id FROM members m JOIN chats c ON c.id = m.chat_id"
    f" WHERE m.person_id = $1 AND c.entity_type = '{ENTITY_TYPE}' AND c.id ="
    f" (SELECT min(x.id) FROM chats x WHERE x.entity_type = '{ENTITY_TYPE}' AND x.entity_id = c.entity_id)"
)


async def ids_of(tx: Tx, person_id: int) -> set[int]:
    """Numbers of the groups that a person belongs to."""
    texts = [str(row[0]) for row in await tx.rows(_OF_PERSON, person_id)]
    return {int(text) for text in texts if text.isascii() and text.isdecimal()}
