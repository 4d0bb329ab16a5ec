"""The recent list: a person's conversations, pinned first, then the newest.

Rules: spec ``bitrix24-im.md`` §4.7, §12.
"""

from __future__ import annotations

import msgspec

from skvorets.core import reads as read_rules
from skvorets.core.access import Seat
from skvorets.core.events import DialogChanged, record
from skvorets.storage import members, recents
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.members import Member
from skvorets.storage.messages import Message
from skvorets.storage.people import Person
from skvorets.storage.recents import Wanted

__all__ = ["MAX_PINNED", "Recent", "Wanted", "hide", "mark_unread", "pin", "recents_of", "show"]

# Conversations that may be pinned. [docs]
MAX_PINNED = 25
# A conversation that never was taken out of the list. [schema]
_NEVER_HIDDEN = -1


class Recent(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the recent list."""

    chat: Chat
    member: Member
    unread: int
    message: Message | None  # the newest one, None = nothing was said yet, or not to this person
    partner_id: int  # of a private dialog, 0 otherwise
    # Has anybody but its author read the newest message?
    is_seen: bool
    unread_id: int = 0  # first unread message of a chat, 0 = none; not told of private dialogs

    @property
    def said_at(self) -> int:
        """When something was said last, unix milliseconds; for an empty chat when it was made."""
        return self.chat.last_message_at or self.chat.created_at

    @property
    def changed_at(self) -> int:
        """When the line last changed for its reader, unix milliseconds."""
        edited = 0 if self.message is None else max(self.message.edited_at, self.message.deleted_at)
        return max(self.said_at, self.member.read_at, self.member.changed_at, edited)


async def recents_of(tx: Tx, person: Person, wanted: Wanted) -> tuple[list[Recent], bool]:
    """Give the lines that are wanted, and whether more follow; what was hidden stays out until something new is said.

    One query, however many chats the person has.
    """
    limit = wanted.limit
    if limit is not None:
        wanted = msgspec.structs.replace(wanted, limit=limit + 1)
    found = await recents.lines_of(tx, person.id, wanted)
    lines = [
        Recent(
            chat=line.chat,
            member=line.member,
            unread=max(0, line.unread),
            message=_visible(line.message, line.member),
            partner_id=line.partner_id,
            is_seen=bool(line.is_seen),
            unread_id=line.unread_id if line.unread > 0 else 0,
        )
        for line in found[:limit]
    ]
    return lines, len(found) > len(lines)


async def pin(tx: Tx, person: Person, seat: Seat, *, is_pinned: bool) -> bool:
    """Pin a conversation on top or unpin it; False when there are too many pinned ones.

    A hidden conversation comes back by being pinned.
    """
    member = seat.taken
    if is_pinned == bool(member.pinned_at):
        return True
    if not is_pinned:
        await _change(tx, seat, "pinned", pinned_at=0)
        return True
    if await recents.count_pinned(tx, person.id) >= MAX_PINNED:
        return False
    await _change(tx, seat, "pinned", pinned_at=tx.now, hidden_seq=_NEVER_HIDDEN)
    return True


async def hide(tx: Tx, seat: Seat) -> None:
    """Take a conversation out of the list until something new is said there."""
    await _change(tx, seat, "hidden", hidden_seq=seat.chat.last_seq, pinned_at=0)


async def show(tx: Tx, seat: Seat) -> None:
    """Bring a conversation back that was taken out of the list."""
    if seat.taken.hidden_seq != _NEVER_HIDDEN:
        await _change(tx, seat, "hidden", hidden_seq=_NEVER_HIDDEN)


async def mark_unread(tx: Tx, seat: Seat, *, is_marked: bool) -> None:
    """Set the manual mark, or take it away and read the dialog."""
    if not is_marked and await read_rules.read_up_to(tx, seat, None) is not None:
        return  # reading takes the mark away
    if is_marked != bool(seat.taken.marked_unread):
        await _change(tx, seat, "unread", marked_unread=int(is_marked))


async def _change(tx: Tx, seat: Seat, what: str, **values: object) -> None:
    person_id = seat.taken.person_id
    await members.change(tx, seat.chat.id, person_id, **values)
    await record(tx, DialogChanged(chat_id=seat.chat.id, person_id=person_id, changed=[what]))


def _visible(message: Message | None, member: Member) -> Message | None:
    return message if message is not None and message.id >= member.first_id else None
