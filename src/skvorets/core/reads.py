"""Reading: what is unread is arithmetic over numbers, never a row write per member and message.

    unread = chat.last_seq − member.read_seq − uncounted after read_seq − own messages after read_seq

*Uncounted* are messages sent without notification and those removed without trace (few, in a table of their own).
Own messages after the mark exist only when a person marked his dialog unread; his own next message reads it to the end.
Rules: spec ``bitrix24-im.md`` §7.2, §8.1, §13.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from skvorets.core import line_hooks
from skvorets.core.access import Seat
from skvorets.core.events import DialogChanged, DialogRead, record
from skvorets.errors import MessageNotFoundError
from skvorets.storage import members, messages, reads
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.members import Member
from skvorets.storage.messages import NO_UPPER_ID
from skvorets.storage.people import Person

MAX_WATCHED_READERS: Final = 500
"""Members of the largest chat whose messages show that they were seen: in a larger one somebody always has."""


def unread_of(chat: Chat, member: Member, uncounted: int) -> int:
    """Count the member's unread messages; ``uncounted`` as from ``storage.reads``."""
    return max(0, chat.last_seq - member.read_seq - uncounted - member.own_unread)


async def unread_in(tx: Tx, chat: Chat, member: Member) -> int:
    """Count the unread messages of one member of one chat."""
    if member.read_seq >= chat.last_seq:
        return 0
    return unread_of(chat, member, await reads.uncounted_after(tx, chat.id, member.read_seq))


async def unread_in_many(tx: Tx, mine: Sequence[tuple[Chat, Member]]) -> dict[int, int]:
    """Count the unread messages of one person's chats, by chat id: one query, none when all is read."""
    behind = [(chat, member) for chat, member in mine if member.read_seq < chat.last_seq]
    if not behind:
        return {}
    uncounted = await reads.uncounted_in(tx, behind[0][1].person_id, [chat.id for chat, _ in behind])
    return {chat.id: unread_of(chat, member, uncounted.get(chat.id, 0)) for chat, member in behind}


class Mark(msgspec.Struct, frozen=True):
    """Where a person has read to."""

    message_id: int  # last read message
    unread: int  # what is left


async def seen_ids(tx: Tx, person: Person, chats: Iterable[Chat]) -> dict[int, int]:
    """Ids of the newest messages that somebody else has read, by chat: one query, none when all chats are large.

    Chats in which nobody has read anything, or with too many members to look at each, are left out.
    """
    ids = [one.id for one in chats if one.member_count <= MAX_WATCHED_READERS]
    return await reads.seen_ids(tx, person.id, ids) if ids else {}


async def read_up_to(tx: Tx, seat: Seat, message_id: int | None) -> Mark | None:
    """Mark everything up to a message (None = all) as read; a mark set by hand goes, too.

    Gives None when nothing could be done: no message there, or read further already.
    """
    member = seat.taken
    below = NO_UPPER_ID if message_id is None else min(message_id, NO_UPPER_ID - 1) + 1
    found = await messages.older(tx, seat.chat.id, first_id=seat.first_id, below_id=below, limit=1)
    if not found:
        return None
    newest = found[0]
    if newest.seq > member.read_seq:
        return Mark(newest.id, await _set_mark(tx, seat, newest.seq, newest.id))
    if newest.seq < member.read_seq or not member.marked_unread:
        return None
    await _clear_hand_mark(tx, seat)
    return Mark(newest.id, await unread_in(tx, seat.chat, member))


async def mark_unread_from(tx: Tx, seat: Seat, message_id: int) -> int:
    """Make a message of the chat and everything after it unread; what is unread then. Raises MessageNotFoundError.

    What is unread already stays so: marking a later message never reads the earlier ones.
    """
    message = await messages.find(tx, message_id)
    if message is None or message.chat_id != seat.chat.id or message.id < seat.first_id:
        raise MessageNotFoundError
    if message.seq > seat.taken.read_seq:
        return await unread_in(tx, seat.chat, seat.taken)
    previous = await messages.previous_id(tx, seat.chat.id, message_id)
    return await _set_mark(tx, seat, message.seq - 1, previous)


async def read_everything(tx: Tx, person: Person) -> None:
    """Mark all chats of a person as read, notifications aside; also the marks set by hand go.

    Two statements, however many chats there are, and an event for each that was not read.
    """
    for chat_id, seq, message_id in await members.mark_all_read(tx, person.id):
        await record(tx, DialogRead(chat_id=chat_id, reader_id=person.id, message_id=message_id, seq=seq, unread=0))
    for chat_id in await members.unmark_all(tx, person.id):
        await record(tx, DialogChanged(chat_id=chat_id, person_id=person.id, changed=["unread"]))


async def _clear_hand_mark(tx: Tx, seat: Seat) -> None:
    member = seat.taken
    await members.change(tx, seat.chat.id, member.person_id, marked_unread=0)
    await record(tx, DialogChanged(chat_id=seat.chat.id, person_id=member.person_id, changed=["unread"]))


async def _set_mark(tx: Tx, seat: Seat, seq: int, message_id: int) -> int:
    chat, member = seat.chat, seat.taken
    await members.mark_read(tx, chat.id, member.person_id, seq, message_id)
    unread = 0
    if seq < chat.last_seq:
        own = await messages.count_own_after(tx, chat.id, member.person_id, message_id)
        if own:
            await members.change(tx, chat.id, member.person_id, own_unread=own)
        unread = max(0, chat.last_seq - seq - await reads.uncounted_after(tx, chat.id, seq) - own)
    await record(
        tx,
        DialogRead(chat_id=chat.id, reader_id=member.person_id, message_id=message_id, seq=seq, unread=unread),
    )
    await line_hooks.read(tx, chat, member.person_id, message_id)
    return unread
