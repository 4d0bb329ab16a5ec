"""The one door of permission: ask by fetching.

Every function returns the object or raises; there is no other way to get a chat or a message for a rule to work on.
Hidden and absent look the same (ChatNotFoundError). Rules: spec ``bitrix24-im.md`` §2.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from skvorets.core import line_hooks
from skvorets.errors import (
    CannotEditError,
    ChatNotFoundError,
    MessageNotFoundError,
    NotAllowedError,
    NotMemberError,
    PersonNotFoundError,
)
from skvorets.storage import members, messages, people
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.members import Member
from skvorets.storage.messages import Message
from skvorets.storage.people import Person

# An author may change the text of a message for so long after sending, milliseconds. [seed]
EDIT_PERIOD_MS = 3 * 24 * 3600 * 1000
# The kind of people who stand for customers of open lines: they are met in the chats of their lines only.
GUEST = "guest"
# The kinds that nobody brings into a chat: customers, and bots that stand for a line, which are written to privately.
_UNINVITED = frozenset({GUEST, "network"})


class Dialog(msgspec.Struct, frozen=True):
    """How a caller names a conversation: a person (the private dialog with him) or a chat. Exactly one is not 0."""

    person_id: int = 0
    chat_id: int = 0


class Seat(msgspec.Struct, frozen=True):
    """A chat as one person sees it; ``member`` is None for who reads an open chat, or one of his line, from outside."""

    chat: Chat
    member: Member | None

    @property
    def first_id(self) -> int:
        """Messages with smaller ids are hidden from the person."""
        return 0 if self.member is None else self.member.first_id

    @property
    def taken(self) -> Member:
        """The member; only to be asked where ``chat_of_member`` gave the seat."""
        if self.member is None:
            raise NotMemberError
        return self.member


async def chat_to_read(tx: Tx, person: Person, dialog: Dialog) -> Seat:
    """The conversation if the person may read it: a member, any employee in an open chat, who serves an open line.

    Raises ChatNotFoundError also for a private dialog that does not exist yet, PersonNotFoundError for nobody.
    """
    if dialog.person_id:
        found = await members.private_and_member(tx, person.id, dialog.person_id)
        if found is None:
            await person_to_see(tx, person, dialog.person_id)
            raise ChatNotFoundError
    else:
        found = await members.chat_and_member(tx, dialog.chat_id, person.id)
        if found is None:
            raise ChatNotFoundError
    chat, member = found
    if not is_readable(person, chat, member) and not await line_hooks.may_look(tx, person, chat):
        raise ChatNotFoundError
    return Seat(chat, member)


def is_readable(person: Person, chat: Chat, member: Member | None) -> bool:
    """May the person read the chat? Members may, and in open chats every employee.

    The chat that stands for a person's notifications holds no messages and is reached by ``core.notifications`` only.
    """
    if chat.kind == "notifications":
        return False
    return member is not None or (chat.kind == "open" and not person.extranet)


async def chat_of_member(tx: Tx, person: Person, dialog: Dialog) -> Seat:
    """The conversation if the person takes part in it. Raises ChatNotFoundError or, for open chats, NotMemberError."""
    seat = await chat_to_read(tx, person, dialog)
    if seat.member is None:
        raise NotMemberError
    return seat


async def chat_to_manage(tx: Tx, person: Person, dialog: Dialog) -> Seat:
    """The conversation if the person owns or manages it. Raises NotAllowedError for ordinary members."""
    seat = await chat_of_member(tx, person, dialog)
    if seat.chat.owner_id != person.id and not seat.taken.manager:
        raise NotAllowedError
    return seat


async def person_to_see(tx: Tx, viewer: Person, person_id: int) -> Person:
    """The person, also an inactive one. People from outside see only those who share a chat with them.

    To them absent people look like hidden ones (NotAllowedError); for employees PersonNotFoundError means absent.
    """
    person = await people.find(tx, person_id)
    if viewer.extranet and viewer.id != person_id:
        if person is None or not await members.share_a_chat(tx, viewer.id, person_id):
            raise NotAllowedError
    elif person is None:
        raise PersonNotFoundError
    return person


async def people_to_see(tx: Tx, viewer: Person, ids: Iterable[int]) -> list[Person]:
    """Those of the people whom the viewer may see; unknown and foreign ones are left out."""
    found = list((await people.find_many(tx, ids)).values())
    if not viewer.extranet:
        return found
    shared = await members.sharing_a_chat(tx, viewer.id, [one.id for one in found])
    return [one for one in found if one.id == viewer.id or one.id in shared]


async def people_to_invite(tx: Tx, inviter: Person, ids: Iterable[int]) -> dict[int, Person]:
    """Those of the people whom the person may bring into a chat, by id: active, not hidden, no customers or lines."""
    found = await people_to_see(tx, inviter, ids)
    return {one.id: one for one in found if one.active and one.kind not in _UNINVITED}


async def person_to_write_to(tx: Tx, writer: Person, person_id: int) -> Person:
    """The person if he can be written to. Raises NotAllowedError for dismissed people, and customers of open lines."""
    person = await person_to_see(tx, writer, person_id)
    if not person.active or person.kind == GUEST:
        raise NotAllowedError
    return person


async def message_to_read(tx: Tx, person: Person, message_id: int) -> tuple[Message, Seat]:
    """The message with its chat if the person sees it there."""
    message = await messages.find(tx, message_id)
    if message is None:
        raise MessageNotFoundError
    try:
        seat = await chat_to_read(tx, person, Dialog(chat_id=message.chat_id))
    except ChatNotFoundError:
        raise MessageNotFoundError from None
    if message.id < seat.first_id:
        raise MessageNotFoundError
    return message, seat


async def message_to_edit(tx: Tx, person: Person, message_id: int) -> tuple[Message, Seat]:
    """The message if the person may change it: author, three days, not deleted, not forwarded. Raises CannotEditError.

    Bots may change system messages and already deleted ones of their chats, too, and any message of a line.
    """
    try:
        message, seat = await message_to_read(tx, person, message_id)
    except MessageNotFoundError:
        raise CannotEditError from None
    if not may_edit(person, seat, message, tx.now):
        raise CannotEditError
    return message, seat


def may_edit(person: Person, seat: Seat, message: Message, now: int) -> bool:
    """May one who sees the message there change it? See ``message_to_edit``; ``now`` is unix milliseconds."""
    if seat.member is None or message.is_forwarded:
        return False
    if person.is_bot and (message.author_id == 0 or seat.chat.kind == "line"):
        return True
    is_too_late = now - message.created_at > EDIT_PERIOD_MS
    is_gone = message.deleted_at > 0 and not person.is_bot
    return message.author_id == person.id and not is_too_late and not is_gone


async def message_to_delete(tx: Tx, person: Person, message_id: int) -> tuple[Message, Seat]:
    """The message if the person may delete it: its author at any time; administrators in the general chat and lines."""
    try:
        message, seat = await message_to_read(tx, person, message_id)
    except MessageNotFoundError:
        raise CannotEditError from None
    if not may_delete(person, seat, message):
        raise CannotEditError
    return message, seat


def may_delete(person: Person, seat: Seat, message: Message) -> bool:
    """May one who sees the message there delete it? See ``message_to_delete``."""
    is_warden = bool(person.admin) and (bool(seat.chat.is_general) or seat.chat.kind == "line")
    is_bots = person.is_bot and message.author_id == 0
    return seat.member is not None and (message.author_id == person.id or is_warden or is_bots)
