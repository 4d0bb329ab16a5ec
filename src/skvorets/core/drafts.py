"""Drafts: what a person has begun to write in a chat, kept so that he can go on in another browser.

Only he is told. Sending forgets nothing here: a client that sends knows whether more was written meanwhile.
"""

from __future__ import annotations

from skvorets.core.access import Seat
from skvorets.core.events import record
from skvorets.core.events_drafts import DraftChanged
from skvorets.storage import drafts
from skvorets.storage.database import Tx
from skvorets.storage.drafts import Draft
from skvorets.storage.people import Person


async def keep_draft(tx: Tx, person: Person, seat: Seat, text: str, reply_to_id: int) -> None:
    """Keep a draft; without words and without an answered message it is forgotten. What is so already tells nobody."""
    chat_id = seat.chat.id
    text = text if text.strip() else ""
    known = (await drafts.of_person_in(tx, person.id, [chat_id])).get(chat_id)
    if (text, reply_to_id) == (("", 0) if known is None else (known.text, known.reply_to_id)):
        return
    if text or reply_to_id:
        await drafts.keep(tx, person.id, Draft(chat_id, text, reply_to_id, tx.now))
    else:
        await drafts.delete(tx, person.id, chat_id)
    told = DraftChanged(chat_id=chat_id, person_id=person.id, text=text, reply_to_id=reply_to_id, changed_at=tx.now)
    await record(tx, told)
