"""What operators look at: conversations with their customers, whole pages in one query each."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from skvorets.storage.database import Tx
from skvorets.storage.line_clients import LineClient
from skvorets.storage.line_sessions import LineSession


class Talk(msgspec.Struct, frozen=True):
    """The newest session of an operators' chat with what is shown of it."""

    session: LineSession
    client: LineClient
    line_name: str
    is_offered: bool  # does an offer to the reader stand?


class ServedLine(msgspec.Struct, frozen=True):
    """A line that somebody serves."""

    id: int
    name: str
    avatar: str  # digest in the blob store or empty
    active: int
    paused: int  # does he get nothing new?
    waiting: int  # conversations which nobody has taken
    open: int  # his own ones


class PastTalk(msgspec.Struct, frozen=True):
    """One conversation of a customer. Times are unix milliseconds."""

    id: int
    line_id: int
    chat_id: int
    status: int
    operator_id: int
    bot_id: int
    started_at: int
    closed_at: int
    vote: int
    vote_comment: str
    first_message_id: int  # where it begins in the operators' chat, 0 = nothing is left of it


_SESSION, _CLIENT = LineSession.__struct_fields__, LineClient.__struct_fields__
_SERVES = (
    "(EXISTS (SELECT 1 FROM line_queue q WHERE q.line_id = s.line_id AND q.person_id = $1) OR EXISTS ("
    "SELECT 1 FROM line_queue q JOIN department_people d ON d.department_id = q.department_id"
    " WHERE q.line_id = s.line_id AND d.person_id = $1))"
)
_TALKS = (
    f"SELECT {', '.join(f's.{name}' for name in _SESSION)}, {', '.join(f'c.{name}' for name in _CLIENT)}, l.name,"
    f" CASE WHEN o.person_id IS NULL THEN 0 ELSE 1 END"
    " FROM line_sessions s JOIN line_clients c ON c.id = s.client_id JOIN lines l ON l.id = s.line_id"
    " LEFT JOIN line_offers o ON o.session_id = s.id AND o.person_id = $1 AND o.ended_at = 0"
)
# Nobody has taken it, and no bot serves it alone.
_WAITS = "s.closed_at = 0 AND s.operator_id = 0 AND s.queued_at <> 0"
_MINE = (
    "SELECT l.id, l.name, l.avatar, l.active, coalesce(o.paused, 0),"
    f" (SELECT count(*) FROM line_sessions s WHERE s.line_id = l.id AND {_WAITS}),"
    " (SELECT count(*) FROM line_sessions s WHERE s.line_id = l.id AND s.operator_id = $1 AND s.closed_at = 0)"
    " FROM lines l LEFT JOIN line_operators o ON o.line_id = l.id AND o.person_id = $1"
    " WHERE l.deleted_at = 0 AND l.id IN (SELECT line_id FROM line_queue WHERE person_id = $1"
    " UNION SELECT q.line_id FROM line_queue q JOIN department_people d ON d.department_id = q.department_id"
    " WHERE d.person_id = $1 AND q.department_id <> 0) ORDER BY l.name, l.id"
)
_PAST = (
    "SELECT s.id, s.line_id, s.chat_id, s.status, s.operator_id, s.bot_id, s.started_at, s.closed_at, s.vote,"
    " s.vote_comment, coalesce((SELECT min(m.id) FROM messages m WHERE m.chat_id = s.chat_id"
    " AND m.created_at >= s.started_at), 0)"
    " FROM line_sessions s JOIN line_clients c ON c.chat_id = s.chat_id WHERE c.id = $1 AND c.chat_id <> 0"
    " AND s.id < $2 ORDER BY s.id DESC LIMIT $3"
)


async def talks_of(tx: Tx, person_id: int, chat_ids: Iterable[int]) -> dict[int, Talk]:
    """The newest conversations of these operators' chats, by chat; no query for none."""
    wanted = sorted(set(chat_ids))
    if not wanted:
        return {}
    where = " WHERE s.id IN (SELECT max(n.id) FROM line_sessions n WHERE n.chat_id = ANY($2) GROUP BY n.chat_id)"
    return {one.session.chat_id: one for one in await _talks(tx, where, person_id, wanted)}


async def waiting_of(tx: Tx, person_id: int, line_id: int, limit: int) -> list[Talk]:
    """The conversations of a line which nobody has taken, who waits longest first."""
    return await _talks(tx, f" WHERE s.line_id = $2 AND {_WAITS} ORDER BY s.queued_at, s.id LIMIT $3",
                        person_id, line_id, limit)  # fmt: skip


async def lines_of(tx: Tx, person_id: int) -> list[ServedLine]:
    """The lines that a person serves, by name: one query."""
    return [ServedLine(*row) for row in await tx.rows(_MINE, person_id)]


async def serves(tx: Tx, person_id: int, line_id: int) -> bool:
    """Is a person in the queue of a line, by himself or with his department?"""
    found = await tx.val(f"SELECT 1 FROM lines s WHERE s.id = $2 AND {_SERVES.replace('s.line_id', 's.id')}",
                         person_id, line_id)  # fmt: skip
    return found is not None


async def had_talk(tx: Tx, line_id: int, client_id: int) -> bool:
    """Did a line ever serve a customer?"""
    found = await tx.val(
        "SELECT 1 FROM line_sessions s JOIN line_clients c ON c.chat_id = s.chat_id"
        " WHERE c.id = $2 AND c.chat_id <> 0 AND s.line_id = $1 LIMIT 1",
        line_id,
        client_id,
    )
    return found is not None


async def past_of(tx: Tx, client_id: int, below_id: int, limit: int) -> list[PastTalk]:
    """The conversations of a customer before one of them, the newest first."""
    return [PastTalk(*row) for row in await tx.rows(_PAST, client_id, below_id, limit)]


async def _talks(tx: Tx, where: str, *args: object) -> list[Talk]:
    own, others = len(_SESSION), len(_CLIENT)
    return [
        Talk(
            LineSession(*row[:own]),
            LineClient(*row[own : own + others]),
            row[own + others],
            bool(row[own + others + 1]),
        )
        for row in await tx.rows(_TALKS + where, *args)
    ]
