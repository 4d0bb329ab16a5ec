"""Reading the chat of an open line without being in it: who serves the line may. Rules: ``core/lines/desk.py``."""

from __future__ import annotations

from skvorets.core import access
from skvorets.core.access import Dialog, Seat
from skvorets.core.lines import desk
from skvorets.errors import ChatNotFoundError
from skvorets.storage.database import Tx
from skvorets.storage.people import Person


async def chat_to_look_into(tx: Tx, person: Person, chat_id: int) -> Seat:
    """Give the chat if the person may read it, as a member, an open one, or as somebody who serves its line.

    Raises ChatNotFoundError. Only who is no member costs more statements: four at most.
    """
    try:
        return await access.chat_to_read(tx, person, Dialog(chat_id=chat_id))
    except ChatNotFoundError:
        return Seat(await desk.chat_to_look_at(tx, person, chat_id), None)
