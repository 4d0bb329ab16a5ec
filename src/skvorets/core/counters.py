"""Unread counters of a person. Rules: spec ``bitrix24-im.md`` §13."""

from __future__ import annotations

import msgspec

from skvorets.core import reads as read_rules
from skvorets.storage import members, recents
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.members import Member
from skvorets.storage.people import Person


class Counters(msgspec.Struct, kw_only=True):
    """Unread messages by conversation, only what is more than 0, and what they come to."""

    dialogs: dict[int, int] = {}  # partner -> unread
    chats: dict[int, int] = {}
    muted_chats: dict[int, int] = {}  # not in the totals
    lines: dict[int, int] = {}
    # Conversations that carry the manual mark; partners and chats.
    marked_dialogs: list[int] = []
    marked_chats: list[int] = []
    # Totals: a marked conversation without unread messages counts as one, a muted chat not at all.
    total_dialogs: int = 0
    total_chats: int = 0
    total_lines: int = 0
    total_notifications: int = 0


async def counters_of(tx: Tx, person: Person) -> Counters:
    """Count what the person has not read: three queries, however many chats he has."""
    mine = await members.chats_of(tx, person.id)
    unread = await read_rules.unread_in_many(tx, mine)
    private = [chat.id for chat, member in mine if chat.is_private and (unread.get(chat.id) or member.marked_unread)]
    partners = await recents.partners_of(tx, person.id, private) if private else {}
    counters = Counters()
    for chat, member in mine:
        count = unread.get(chat.id, 0)
        if count or member.marked_unread:
            _add(counters, chat, member, count, partners.get(chat.id, 0))
    return counters


def _add(counters: Counters, chat: Chat, member: Member, count: int, partner_id: int) -> None:
    weight = max(count, member.marked_unread)
    if chat.kind == "notifications":
        counters.total_notifications += count
        return
    key, counts, marked = chat.id, counters.chats, counters.marked_chats
    if chat.is_private:
        key, counts, marked = partner_id, counters.dialogs, counters.marked_dialogs
        counters.total_dialogs += weight
    elif member.muted:
        counts = counters.muted_chats
    elif chat.kind == "line":
        counts = counters.lines
        counters.total_lines += weight
    else:
        counters.total_chats += weight
    if count:
        counts[key] = count
    if member.marked_unread:
        marked.append(key)
