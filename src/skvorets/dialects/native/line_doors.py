"""Reading the chat of an open line without being in it: who serves the line may. Rules: spec openlines §3.6."""

from __future__ import annotations

from skvorets.core import access
from skvorets.core.access import Dialog, Seat
from skvorets.core.lines.looking import may_serve
from skvorets.errors import ChatNotFoundError
from skvorets.storage import chats, line_desk
from skvorets.storage.database import Tx
from skvorets.storage.people import Person


async def chat_to_look_into(tx: Tx, person: Person, chat_id: int) -> Seat:
    """Give the chat if the person may read it, as a member, an open one, or as somebody who serves its line.

    Raises ChatNotFoundError. Only who is refused otherwise costs two statements more.
    """
    try:
        return await access.chat_to_read(tx, person, Dialog(chat_id=chat_id))
    except ChatNotFoundError:
        talk = (await line_desk.talks_of(tx, person.id, [chat_id])).get(chat_id)
        if talk is None or not may_serve(person, talk):
            raise
        chat = await chats.find(tx, chat_id)
        if chat is None:
            raise
        return Seat(chat, None)
