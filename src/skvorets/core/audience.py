"""Who hears of what concerns a person: everybody inside, and people from outside who share a chat with him."""

from __future__ import annotations

import msgspec

from skvorets.core.events import record
from skvorets.core.events_people import PersonStatus, PersonUpdated
from skvorets.storage import chats, presence
from skvorets.storage.database import Tx


async def tell_of_person(tx: Tx, told: PersonStatus | PersonUpdated) -> None:
    """Record the event for the chat of all employees, and for each outsider who may know the person."""
    everybody = await chats.general(tx)
    if everybody is not None:
        await record(tx, msgspec.structs.replace(told, chat_id=everybody.id))
    for outsider_id in await presence.outsiders_with(tx, told.subject_id):
        await record(tx, msgspec.structs.replace(told, person_id=outsider_id))
