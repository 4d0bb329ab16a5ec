"""The recent list: a person's conversations, pinned first, then the newest.

Rules: spec ``bitrix24-im.md`` §4.7, §12.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from skvorets.core import reads as read_rules
from skvorets.core.access import Seat
from skvorets.core.events import DialogChanged, record
from skvorets.storage import members, messages, recents
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.members import Member
from skvorets.storage.messages import Message
from skvorets.storage.people import Person

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

    @property
    def said_at(self) -> int:
        """When something was said last, unix milliseconds; for an empty chat when it was made."""
        return self.chat.last_message_at or self.chat.created_at

    @property
    def changed_at(self) -> int:
        """When the line last changed for its reader, unix milliseconds."""
        edited = 0 if self.message is None else max(self.message.edited_at, self.message.deleted_at)
        return max(self.said_at, self.member.read_at, self.member.changed_at, edited)


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """Which part of the list is wanted."""

    wanted: Callable[[Chat, Member], bool]
    limit: int | None = None  # None = all
    offset: int = 0
    is_unread_only: bool = False
    # By time alone, as pages that go on from a date need it; otherwise pinned conversations come first.
    ignores_pins: bool = False


async def recents_of(tx: Tx, person: Person, window: Window) -> tuple[list[Recent], bool]:
    """Give the lines that are wanted, and whether more follow; what was hidden stays out until something new is said.

    At most five queries, however many chats the person has.
    """
    mine = [seat for seat in await members.chats_of(tx, person.id) if _is_listed(*seat) and window.wanted(*seat)]
    mine.sort(key=_by_time if window.ignores_pins else _pinned_first, reverse=True)
    unread = await read_rules.unread_in_many(tx, mine)
    if window.is_unread_only:
        mine = [(chat, member) for chat, member in mine if unread.get(chat.id) or member.marked_unread]
    end = len(mine) if window.limit is None else window.offset + window.limit
    page = mine[window.offset : end]
    newest = await messages.find_many(tx, (chat.last_message_id for chat, _ in page if chat.last_message_id))
    seen = await _seen(tx, person, page, newest)
    private = [chat.id for chat, _ in page if chat.is_private]
    partners = await recents.partners_of(tx, person.id, private) if private else {}
    lines = [
        Recent(
            chat=chat,
            member=member,
            unread=unread.get(chat.id, 0),
            message=_visible(newest.get(chat.last_message_id), member),
            partner_id=partners.get(chat.id, 0),
            is_seen=chat.last_message_id in seen,
        )
        for chat, member in page
    ]
    return lines, len(mine) > end


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


async def _seen(tx: Tx, person: Person, page: Sequence[tuple[Chat, Member]], newest: Mapping[int, Message]) -> set[int]:
    """Ids of those newest messages that somebody but the author has read."""
    foreign = {
        message.id
        for chat, member in page
        if (message := newest.get(chat.last_message_id))
        and message.author_id != person.id
        and member.read_seq >= message.seq
    }
    own = [message for message in newest.values() if message.author_id == person.id]
    read_by = await recents.read_by_others(tx, person.id, [one.chat_id for one in own]) if own else {}
    return foreign | {one.id for one in own if read_by.get(one.chat_id, 0) >= one.seq}


def _is_listed(chat: Chat, member: Member) -> bool:
    if chat.kind == "notifications" or member.hidden_seq >= chat.last_seq:
        return False
    return bool(chat.last_seq or not chat.is_private or member.pinned_at)


def _by_time(line: tuple[Chat, Member]) -> tuple[int, int]:
    chat, _ = line
    return chat.last_message_at or chat.created_at, chat.id


def _pinned_first(line: tuple[Chat, Member]) -> tuple[bool, int, int]:
    return bool(line[1].pinned_at), *_by_time(line)


def _visible(message: Message | None, member: Member) -> Message | None:
    return message if message is not None and message.id >= member.first_id else None
