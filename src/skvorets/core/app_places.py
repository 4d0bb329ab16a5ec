"""Where an application is about to open: the dialog, who is on its other side, which kind of conversation it is.

    user     a dialog of two people         lines   a customer's conversation
    bot      a dialog with a bot            call    a chat about a phone call
    chat     every other chat               crm     a chat about a deal or a contact

Both kinds of applications inside the messenger ask here: chat applications (``core/chat_apps.py``) and placements
(``core/placements.py``). Source: spec ``bitrix24-imbot.md`` §11.1, §12.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from skvorets.core.access import Dialog, chat_to_read, message_to_read, person_to_see
from skvorets.core.colors import RUSSIAN_LANGUAGES
from skvorets.errors import ChatNotFoundError, MessageNotFoundError, NotAllowedError
from skvorets.storage import members
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.messages import Message
from skvorets.storage.people import Person

USER, BOT, CHAT, LINES, CALL, CRM = "user", "bot", "chat", "lines", "call", "crm"
# The customer's side of an open line.
LIVE_CHAT = "LIVECHAT"
# What a chat belongs to -> which kind of conversation it is.
_BY_ENTITY = {"CALL": CALL, "CRM": CRM, "LINES": LINES, LIVE_CHAT: LINES}


class Place(msgspec.Struct, frozen=True):
    """A dialog as applications see it."""

    dialog: Dialog
    kind: str  # user, bot, chat, lines, call, crm
    chat: Chat | None = None  # None for a dialog of two that nobody has begun
    partner: Person | None = None  # the other one of a dialog of two

    @property
    def dialog_id(self) -> str:
        """The dialog as applications name it."""
        return str(self.dialog.person_id or f"chat{self.dialog.chat_id}")

    @property
    def is_live_chat(self) -> bool:
        """Is this the customer's side of an open line?"""
        return self.chat is not None and self.chat.entity_type == LIVE_CHAT


async def place_of(tx: Tx, viewer: Person, dialog: Dialog) -> Place:
    """Find the place if the person may read it. Raises ChatNotFoundError, PersonNotFoundError."""
    if dialog.person_id:
        return await _with_person(tx, viewer, dialog.person_id)
    chat = (await chat_to_read(tx, viewer, dialog)).chat
    if chat.is_private:
        others = [one for one in await members.ids_of(tx, chat.id) if one != viewer.id]
        return await _with_person(tx, viewer, next(iter(others), viewer.id))
    return Place(dialog, LINES if chat.kind == "line" else _BY_ENTITY.get(chat.entity_type, CHAT), chat)


async def _with_person(tx: Tx, viewer: Person, person_id: int) -> Place:
    dialog = Dialog(person_id=person_id)
    try:
        partner = await person_to_see(tx, viewer, person_id)
    except NotAllowedError:
        raise ChatNotFoundError from None
    found = await members.private_and_member(tx, viewer.id, person_id)
    return Place(dialog, BOT if partner.is_bot else USER, found[0] if found else None, partner)


async def message_at(tx: Tx, viewer: Person, place: Place, message_id: int) -> Message:
    """Find a message of the place that the person sees. Raises MessageNotFoundError."""
    message, _ = await message_to_read(tx, viewer, message_id)
    if place.chat is None or message.chat_id != place.chat.id or message.deleted_at:
        raise MessageNotFoundError
    return message


def choose_phrase(phrases: Mapping[str, Mapping[str, str]], language: str) -> Mapping[str, str]:
    """Choose words: the language's own, else Russian for BY, UA, KZ and English for others, else the first there are.

    Empty when there are none at all.
    """
    language = language.lower()
    wishes: Iterable[str] = (language, "ru" if language in RUSSIAN_LANGUAGES else "en", *phrases)
    return next((phrases[wish] for wish in wishes if wish in phrases), {})
