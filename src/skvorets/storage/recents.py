"""The recent list and the counters of a person: one statement each, however many chats he has.

The list is found in two steps: the numbers of the wanted page first, from a few columns of each of the person's chats,
then everything about these chats. Nothing here depends on how long the history of a chat is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from skvorets.storage import chats, members
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.members import Member
from skvorets.storage.messages import Message


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which lines of the list are wanted. Times are unix milliseconds, None = no such condition."""

    lines: bool = True
    chats: bool = True
    dialogs: bool = True
    said_until: int | None = None
    said_since: int | None = None  # or pinned
    changed_since: int | None = None
    is_unread_only: bool = False
    # By time alone, as pages that go on from a date need it; otherwise pinned conversations come first.
    ignores_pins: bool = False
    limit: int | None = None  # None = all
    offset: int = 0


class Line(NamedTuple):
    """One chat of a person with what the list says of it."""

    chat: Chat
    member: Member
    message: Message | None  # the newest one
    unread: int
    partner_id: int  # of a private dialog (oneself in notes to oneself), 0 otherwise
    is_seen: int  # has anybody but its author read the newest message?
    unread_id: int  # the first message after the read mark; 0 = none, or a private dialog: nobody asks there


class Unread(NamedTuple):
    """One chat in which something waits for a person."""

    chat_id: int
    kind: str
    muted: int
    marked_unread: int
    unread: int
    partner_id: int


# What core/reads.py calls the arithmetic of unread messages.
_UNREAD = (
    "CASE WHEN c.last_seq > m.read_seq THEN c.last_seq - m.read_seq - m.own_unread - (SELECT count(*)"
    " FROM uncounted_messages u WHERE u.chat_id = c.id AND u.seq > m.read_seq) ELSE 0 END"
)
_PARTNER = (
    "CASE WHEN c.kind = 'private' THEN coalesce((SELECT o.person_id FROM members o"
    " WHERE o.chat_id = c.id AND o.person_id <> m.person_id), m.person_id) ELSE 0 END"
)
_IS_SEEN = (
    "CASE WHEN x.author_id <> m.person_id THEN CASE WHEN m.read_seq >= x.seq THEN 1 ELSE 0 END"
    " WHEN EXISTS (SELECT 1 FROM members o"
    " WHERE o.chat_id = c.id AND o.person_id <> m.person_id AND o.read_seq >= x.seq) THEN 1 ELSE 0 END"
)
_FIRST_UNREAD = (
    "CASE WHEN c.last_seq > m.read_seq AND c.kind <> 'private' THEN coalesce((SELECT min(f.id) FROM messages f"
    " WHERE f.chat_id = c.id AND f.id > m.read_id), 0) ELSE 0 END"
)
_SAID = "CASE WHEN c.last_message_at > 0 THEN c.last_message_at ELSE c.created_at END"
_PINNED = "CASE WHEN m.pinned_at > 0 THEN 1 ELSE 0 END"
_MINE = "FROM members m JOIN chats c ON c.id = m.chat_id WHERE m.person_id = $1"
# What was hidden stays out until something new is said; a dialog in which nothing was said is nobody's concern.
_LISTED = (
    " AND c.kind <> 'notifications' AND m.hidden_seq < c.last_seq"
    " AND (c.last_seq > 0 OR c.kind <> 'private' OR m.pinned_at > 0 OR m.marked_unread = 1)"
)
_MESSAGE_COLUMNS = ", ".join(f"x.{name}" for name in Message.__struct_fields__)
_LINES_OF = (
    f"SELECT {chats.COLUMNS}, {members.COLUMNS}, {_MESSAGE_COLUMNS}, {_UNREAD}, {_PARTNER}, {_IS_SEEN}, {_FIRST_UNREAD}"
    " FROM page JOIN chats c ON c.id = page.chat_id JOIN members m ON m.chat_id = page.chat_id AND m.person_id = $1"
    " LEFT JOIN messages x ON x.id = c.last_message_id ORDER BY page.pinned DESC, page.said DESC, page.chat_id DESC"
)
# The same arithmetic, the uncounted ones joined: PostgreSQL would look for them chat by chat.
_UNREAD_OF = (
    "SELECT m.chat_id, c.kind, m.muted, m.marked_unread,"
    f" c.last_seq - m.read_seq - m.own_unread - coalesce(s.silent, 0), {_PARTNER}"
    " FROM members m JOIN chats c ON c.id = m.chat_id"
    " LEFT JOIN (SELECT x.chat_id, count(*) AS silent FROM members x"
    " JOIN uncounted_messages u ON u.chat_id = x.chat_id AND u.seq > x.read_seq"
    " WHERE x.person_id = $1 GROUP BY x.chat_id) s ON s.chat_id = m.chat_id"
    " WHERE m.person_id = $1 AND (c.last_seq > m.read_seq OR m.marked_unread = 1) ORDER BY m.chat_id"
)
_EVERYTHING = 2**31
_CHAT_WIDTH = len(Chat.__struct_fields__)
_MEMBER_END = _CHAT_WIDTH + len(Member.__struct_fields__)
_MESSAGE_END = _MEMBER_END + len(Message.__struct_fields__)


async def lines_of(tx: Tx, person_id: int, wanted: Wanted) -> list[Line]:
    """Give the wanted lines of a person's list in their order."""
    args: list[object] = [person_id, wanted.limit or _EVERYTHING, wanted.offset]
    conditions = _LISTED + _conditions(wanted, args)
    pinned = "0" if wanted.ignores_pins else _PINNED
    page = (
        f"WITH page AS (SELECT m.chat_id AS chat_id, {pinned} AS pinned, {_SAID} AS said {_MINE}{conditions}"
        " ORDER BY pinned DESC, said DESC, chat_id DESC LIMIT $2 OFFSET $3)"
    )
    return [_line(tuple(row)) for row in await tx.rows(f"{page} {_LINES_OF}", *args)]


async def unread_of(tx: Tx, person_id: int) -> list[Unread]:
    """Give the chats of a person in which messages or a mark set by hand wait for him, by id."""
    return [Unread(*row) for row in await tx.rows(_UNREAD_OF, person_id)]


async def partners_of(tx: Tx, person_id: int, chat_ids: Sequence[int]) -> dict[int, int]:
    """The other person of each private dialog, by chat; a dialog with oneself gives oneself."""
    rows = await tx.rows(
        "SELECT chat_id, person_id FROM members WHERE chat_id = ANY($1) AND person_id <> $2", list(chat_ids), person_id
    )
    return {**dict.fromkeys(chat_ids, person_id), **{row[0]: row[1] for row in rows}}


async def count_pinned(tx: Tx, person_id: int) -> int:
    """Count the conversations that a person has pinned."""
    count: int = await tx.val("SELECT count(*) FROM members WHERE person_id = $1 AND pinned_at > 0", person_id)
    return count


def _conditions(wanted: Wanted, args: list[object]) -> str:
    """Write the conditions that are wanted, and append their parameters."""

    def parameter(value: int) -> str:
        args.append(value)
        return f"${len(args)}"

    text = ""
    for is_wanted, kinds in (
        (wanted.lines, "c.kind <> 'line'"),
        (wanted.chats, "c.kind IN ('private', 'line')"),
        (wanted.dialogs, "c.kind <> 'private'"),
    ):
        text += "" if is_wanted else f" AND {kinds}"
    if wanted.said_until is not None:
        text += f" AND {_SAID} <= {parameter(wanted.said_until)}"
    if wanted.said_since is not None:
        text += f" AND (m.pinned_at > 0 OR {_SAID} >= {parameter(wanted.said_since)})"
    if wanted.changed_since is not None:
        since = parameter(wanted.changed_since)
        text += (
            f" AND ({_SAID} >= {since} OR m.read_at >= {since} OR m.changed_at >= {since} OR EXISTS (SELECT 1"
            f" FROM messages x WHERE x.id = c.last_message_id AND (x.edited_at >= {since} OR x.deleted_at >= {since})))"
        )
    if wanted.is_unread_only:
        text += f" AND (m.marked_unread = 1 OR {_UNREAD} > 0)"
    return text


def _line(row: tuple[object, ...]) -> Line:
    chat = Chat(*row[:_CHAT_WIDTH])  # type: ignore[arg-type]  # columns in the order of the fields
    member = Member(*row[_CHAT_WIDTH:_MEMBER_END])  # type: ignore[arg-type]  # columns in the order of the fields
    values = row[_MEMBER_END:_MESSAGE_END]
    message = None if values[0] is None else Message(*values)  # type: ignore[arg-type]  # columns in the order of the fields
    return Line(chat, member, message, *row[_MESSAGE_END:])  # type: ignore[arg-type]  # columns in the order of the fields
