"""What the arithmetic of unread messages needs beyond the members' rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from skvorets.storage.database import Tx


class Progress(NamedTuple):
    """How far a member has read a chat by looking at it or writing there."""

    person_id: int
    seq: int  # number of the last message that he has read


async def uncounted_after(tx: Tx, chat_id: int, seq: int) -> int:
    """Count the messages after this number that never count as unread."""
    count: int = await tx.val("SELECT count(*) FROM uncounted_messages WHERE chat_id = $1 AND seq > $2", chat_id, seq)
    return count


async def uncounted_of(tx: Tx, person_id: int) -> dict[int, int]:
    """The same for all chats of a person, from his read mark on; chats without such messages are left out."""
    rows = await tx.rows(
        "SELECT m.chat_id, count(*) FROM members m"
        " JOIN uncounted_messages u ON u.chat_id = m.chat_id AND u.seq > m.read_seq"
        " WHERE m.person_id = $1 GROUP BY m.chat_id",
        person_id,
    )
    return {row[0]: row[1] for row in rows}


async def uncounted_in(tx: Tx, person_id: int, chat_ids: Sequence[int]) -> dict[int, int]:
    """The same for some chats of a person."""
    rows = await tx.rows(
        "SELECT m.chat_id, count(*) FROM members m"
        " JOIN uncounted_messages u ON u.chat_id = m.chat_id AND u.seq > m.read_seq"
        " WHERE m.person_id = $1 AND m.chat_id = ANY($2) GROUP BY m.chat_id",
        person_id,
        list(chat_ids),
    )
    return {row[0]: row[1] for row in rows}


async def forget_own_unread(tx: Tx, chat_id: int, author_id: int, seq: int) -> None:
    """An own message with this number is gone: it no longer lessens the author's count, if it did."""
    await tx.do(
        "UPDATE members SET own_unread = own_unread - 1"
        " WHERE chat_id = $1 AND person_id = $2 AND read_seq < $3 AND own_unread > 0",
        chat_id,
        author_id,
        seq,
    )


async def furthest(tx: Tx, chat_id: int) -> list[Progress]:
    """The two members who have read furthest: one of them is not the author of a message, whoever wrote it."""
    rows = await tx.rows(
        "SELECT person_id, read_seq FROM members WHERE chat_id = $1 AND read_at > 0 ORDER BY read_seq DESC LIMIT 2",
        chat_id,
    )
    return [Progress(row[0], row[1]) for row in rows]


async def seen_ids(tx: Tx, person_id: int, chat_ids: Sequence[int]) -> dict[int, int]:
    """The newest message of each chat that somebody else has read by looking at it; chats without any are left out."""
    rows = await tx.rows(
        "SELECT chat_id, max(read_id) FROM members WHERE chat_id = ANY($1) AND person_id <> $2 AND read_at > 0"
        " GROUP BY chat_id",
        list(chat_ids),
        person_id,
    )
    return {row[0]: row[1] for row in rows}
