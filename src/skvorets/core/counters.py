"""Unread counters of a person. Rules: spec ``bitrix24-im.md`` §13."""

from __future__ import annotations

import msgspec

from skvorets.storage import notifications, recents
from skvorets.storage.database import Tx
from skvorets.storage.people import Person
from skvorets.storage.recents import Unread


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
    """Count what the person has not read: two queries, however many chats he has."""
    unread = await notifications.count_unread(tx, [person.id])
    counters = Counters(total_notifications=unread.get(person.id, 0))
    for line in await recents.unread_of(tx, person.id):
        count = max(0, line.unread)
        if count or line.marked_unread:
            _add(counters, line, count)
    return counters


def _add(counters: Counters, line: Unread, count: int) -> None:
    weight = max(count, line.marked_unread)
    if line.kind == "notifications":
        counters.total_notifications = max(counters.total_notifications, line.marked_unread)
        return
    key, counts, marked = line.chat_id, counters.chats, counters.marked_chats
    if line.kind == "private":
        key, counts, marked = line.partner_id, counters.dialogs, counters.marked_dialogs
        counters.total_dialogs += weight
    elif line.muted:
        counts = counters.muted_chats
    elif line.kind == "line":
        counts = counters.lines
        counters.total_lines += weight
    else:
        counters.total_chats += weight
    if count:
        counts[key] = count
    if line.marked_unread:
        marked.append(key)
