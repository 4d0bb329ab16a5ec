"""``Message/card``: one message; an incoming one is read by it. Source: seed "Карточка сообщения"."""

from __future__ import annotations

from skvorets.core import letters
from skvorets.dialects.megaplan.registry import Call, method
from skvorets.dialects.megaplan.views import view_letters
from skvorets.storage.database import Tx, lock_key
from skvorets.storage.people import Person


@method("BumsCommonApiV01/Message/card", mode="free")
async def message_card(call: Call) -> dict[str, object]:
    """Give the message. It is shown as the caller found it: unread when it was."""
    message_id = call.params.message_id("Id")
    store = call.services.store
    view, is_unread = await store.read(_look, call, message_id)
    if is_unread:
        await store.write(lock_key("letters", call.person.id), _read, call.person, message_id)
    return {"message": view}


async def _look(tx: Tx, call: Call, message_id: int) -> tuple[dict[str, object], bool]:
    letter = await letters.letter_to_read(tx, call.person, message_id)
    return (await view_letters(tx, call, [letter]))[0], letters.is_unread(call.person, letter)


async def _read(tx: Tx, person: Person, message_id: int) -> None:
    await letters.read_letter(tx, person, await letters.letter_to_read(tx, person, message_id))
