"""What a person found last: the conversations offered when a search begins. Rules: spec ``bitrix24-im.md`` §11.

A conversation stands there once; found again it moves to the top. Nobody else is told.
"""

from __future__ import annotations

from typing import NamedTuple

from skvorets.core import access
from skvorets.core.access import Dialog, Seat
from skvorets.errors import ChatNotFoundError
from skvorets.storage import last_searches, members, recents
from skvorets.storage.database import Tx
from skvorets.storage.last_searches import Found
from skvorets.storage.people import Person

# Conversations kept for a person. [source: im]
MAX_KEPT = 30
# Kinds of chats that can be found; a person's notifications are nothing to search for.
_FOUND = frozenset({"private", "group", "open", "line"})


class LastFound(NamedTuple):
    """One conversation found: a person to talk to, or a chat as the person who searched sees it."""

    other: Person | None
    seat: Seat | None


async def remember(tx: Tx, person: Person, dialog: Dialog) -> None:
    """Put a conversation on top. Raises ChatNotFoundError, PersonNotFoundError, NotAllowedError for hidden ones."""
    if dialog.person_id:
        await access.person_to_see(tx, person, dialog.person_id)
    elif (await access.chat_to_read(tx, person, dialog)).chat.kind not in _FOUND:
        raise ChatNotFoundError
    found = await _found(tx, person, dialog)
    await last_searches.delete(tx, person.id, found)
    await last_searches.insert(tx, person.id, found)
    await last_searches.keep_newest(tx, person.id, MAX_KEPT)


async def forget(tx: Tx, person: Person, dialog: Dialog) -> None:
    """Take a conversation out; nothing happens when it is not there, or not for this person."""
    await last_searches.delete(tx, person.id, await _found(tx, person, dialog))


async def last_found(tx: Tx, person: Person) -> list[LastFound]:
    """What the person found last, the newest first; without chats that he left and people whom he does not see now.

    At most four queries.
    """
    kept = await last_searches.of_person(tx, person.id)
    visible = await access.people_to_see(tx, person, [one.other_id for one in kept if one.other_id])
    others = {one.id: one for one in visible}
    seats = await members.seats_of(tx, person.id, [one.chat_id for one in kept if one.chat_id])
    shown = []
    for one in kept:
        other = others.get(one.other_id)
        chat, member = seats.get(one.chat_id, (None, None))
        if other is not None and other.active:
            shown.append(LastFound(other, None))
        elif chat is not None and access.is_readable(person, chat, member):
            shown.append(LastFound(None, Seat(chat, member)))
    return shown


async def _found(tx: Tx, person: Person, dialog: Dialog) -> Found:
    """Say what is kept for a dialog: a private one that was named by its chat id stands for the other person."""
    if dialog.person_id:
        return Found(chat_id=0, other_id=dialog.person_id)
    known = await members.chat_and_member(tx, dialog.chat_id, person.id)
    if known is None or known[1] is None or not known[0].is_private:
        return Found(chat_id=dialog.chat_id, other_id=0)
    partners = await recents.partners_of(tx, person.id, [dialog.chat_id])
    return Found(chat_id=0, other_id=partners[dialog.chat_id])
