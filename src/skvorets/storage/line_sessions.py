"""Rows of ``line_sessions``, ``line_offers`` and ``line_timers``: conversations of open lines and what awaits them."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from skvorets.storage.columns import columns_of
from skvorets.storage.database import Tx


class LineSession(msgspec.Struct, frozen=True):
    """One conversation with a customer. Times are unix milliseconds, 0 = never."""

    id: int
    line_id: int  # which serves it now
    first_line_id: int  # to which the customer came
    client_id: int
    chat_id: int  # of the operators
    status: int  # see core/lines/sessions.py
    operator_id: int  # who has taken it, 0 = nobody
    bot_id: int  # the bot in charge, 0 = none
    first_bot_id: int  # the bot it began with
    started_at: int
    queued_at: int = 0  # when it came to people
    taken_at: int = 0
    answered_at: int = 0  # first answer of an operator
    client_wrote_at: int = 0  # last time
    operator_wrote_at: int = 0  # last time
    client_messages: int = 0
    bot_messages: int = 0
    operator_messages: int = 0
    transfers: int = 0
    pinned: int = 0  # is not finished by itself
    awaits_vote: int = 0
    told_of_waiting: int = 0  # was the text sent that nobody has answered?
    vote: int = 0  # 1 to 5, 0 = none
    vote_comment: str = ""
    closed_at: int = 0
    closed_by: int = 0  # 0 = by itself
    first_id: int = 0  # the line of the system with which it begins in the operators' chat

    @property
    def is_open(self) -> bool:
        """Is it going on?"""
        return self.closed_at == 0


class Timer(msgspec.Struct, frozen=True):
    """What is to happen to a session at a time (unix milliseconds)."""

    session_id: int
    kind: str
    due_at: int


class Offer(msgspec.Struct, frozen=True):
    """A session that an operator was offered."""

    person_id: int
    offered_at: int
    ended_at: int  # 0 = it stands


_COLUMNS = ", ".join(LineSession.__struct_fields__)
_CHANGEABLE = columns_of("line_sessions", LineSession, "id", "first_line_id", "client_id", "chat_id", "started_at")


async def find(tx: Tx, session_id: int) -> LineSession | None:
    """The session with this id."""
    row = await tx.row(f"SELECT {_COLUMNS} FROM line_sessions WHERE id = $1", session_id)
    return None if row is None else LineSession(*row)


async def find_many(tx: Tx, ids: Iterable[int]) -> dict[int, LineSession]:
    """The sessions with these ids, by id; no query for none."""
    wanted = sorted(set(ids))
    rows = await tx.rows(f"SELECT {_COLUMNS} FROM line_sessions WHERE id = ANY($1)", wanted) if wanted else []
    return {row[0]: LineSession(*row) for row in rows}


async def newest_of_chat(tx: Tx, chat_id: int) -> LineSession | None:
    """The newest session of an operators' chat, open or closed."""
    row = await tx.row(f"SELECT {_COLUMNS} FROM line_sessions WHERE chat_id = $1 ORDER BY id DESC LIMIT 1", chat_id)
    return None if row is None else LineSession(*row)


async def newest_of_chats(tx: Tx, chat_ids: Iterable[int]) -> dict[int, LineSession]:
    """The newest session of each of these chats, by chat; no query for none."""
    wanted = sorted(set(chat_ids))
    if not wanted:
        return {}
    rows = await tx.rows(
        f"SELECT {_COLUMNS} FROM line_sessions WHERE id IN"
        " (SELECT max(s.id) FROM line_sessions s WHERE s.chat_id = ANY($1) GROUP BY s.chat_id)",
        wanted,
    )
    return {one.chat_id: one for one in (LineSession(*row) for row in rows)}


async def bot_until(tx: Tx, chat_id: int, at: int) -> int:
    """The bot with which a session began that came to people at this time (unix milliseconds), 0 = none."""
    found: int | None = await tx.val(
        "SELECT first_bot_id FROM line_sessions WHERE chat_id = $1 AND queued_at = $2 ORDER BY id DESC LIMIT 1",
        chat_id,
        at,
    )
    return found or 0


async def previous_id(tx: Tx, session: LineSession) -> int:
    """The session before this one in the same chat, 0 = it was the first."""
    found: int | None = await tx.val(
        "SELECT max(id) FROM line_sessions WHERE chat_id = $1 AND id < $2", session.chat_id, session.id
    )
    return found or 0


async def open_of_line(tx: Tx, line_id: int) -> list[LineSession]:
    """The open sessions that a line serves now, oldest first."""
    rows = await tx.rows(
        f"SELECT {_COLUMNS} FROM line_sessions WHERE line_id = $1 AND closed_at = 0 ORDER BY id", line_id
    )
    return [LineSession(*row) for row in rows]


async def count_open(tx: Tx, line_id: int, person_ids: Iterable[int]) -> dict[int, int]:
    """How many open sessions of a line each of these operators has taken; who has none is left out."""
    rows = await tx.rows(
        "SELECT operator_id, count(*) FROM line_sessions WHERE operator_id = ANY($2) AND line_id = $1 AND closed_at = 0"
        " GROUP BY operator_id",
        line_id,
        sorted(set(person_ids)),
    )
    return {row[0]: row[1] for row in rows}


async def load_of(tx: Tx, line_id: int, person_ids: Iterable[int]) -> dict[int, int]:
    """How many open sessions of a line each of these operators has taken or is being offered; who has none is out."""
    rows = await tx.rows(
        "SELECT x.person_id, count(*) FROM ("
        "SELECT s.operator_id AS person_id FROM line_sessions s"
        " WHERE s.line_id = $1 AND s.closed_at = 0 AND s.operator_id = ANY($2)"
        " UNION ALL SELECT o.person_id FROM line_sessions s JOIN line_offers o ON o.session_id = s.id"
        " WHERE s.line_id = $1 AND s.closed_at = 0 AND s.operator_id = 0 AND o.ended_at = 0 AND o.person_id = ANY($2)"
        ") x GROUP BY x.person_id",
        line_id,
        sorted(set(person_ids)),
    )
    return {row[0]: row[1] for row in rows}


async def is_behind_another(tx: Tx, session: LineSession) -> bool:
    """Does a session of the same line wait longer than this one, offered to nobody?"""
    found = await tx.val(
        "SELECT 1 FROM line_sessions s JOIN line_timers t ON t.session_id = s.id AND t.kind = 'retry'"
        " WHERE s.line_id = $1 AND s.closed_at = 0 AND s.operator_id = 0"
        " AND (s.queued_at < $2 OR (s.queued_at = $2 AND s.id < $3)) LIMIT 1",
        session.line_id,
        session.queued_at,
        session.id,
    )
    return found is not None


async def authors_of(tx: Tx, session: LineSession) -> set[int]:
    """Who has written since a session began, customer and bots included."""
    rows = await tx.rows(
        "SELECT DISTINCT author_id FROM messages WHERE chat_id = $1 AND id > $2", session.chat_id, session.first_id
    )
    return {row[0] for row in rows}


async def mark_before_client(tx: Tx, session: LineSession, guest_id: int) -> tuple[int, int] | None:
    """Number and id of the message before the customer's first one in a session; None when he has not written."""
    row = await tx.row(
        "SELECT seq, id FROM messages WHERE chat_id = $1 AND id < (SELECT min(m.id) FROM messages m"
        " WHERE m.chat_id = $1 AND m.id > $2 AND m.author_id = $3) ORDER BY id DESC LIMIT 1",
        session.chat_id,
        session.first_id,
        guest_id,
    )
    return None if row is None else (row[0], row[1])


async def insert(tx: Tx, session: LineSession) -> int:
    """Store a new session (its ``id`` is ignored); its id."""
    names = LineSession.__struct_fields__[1:]
    places = ", ".join(f"${number}" for number in range(1, len(names) + 1))
    new_id: int = await tx.val(
        f"INSERT INTO line_sessions ({', '.join(names)}) VALUES ({places}) RETURNING id",
        *msgspec.structs.astuple(session)[1:],
    )
    return new_id


async def change(tx: Tx, session: LineSession, **values: object) -> LineSession:
    """Set columns of a session; the session as it is then."""
    await _CHANGEABLE.change(tx, session.id, values)
    return msgspec.structs.replace(session, **values)


# --------------------------------------------------------------------------------------------------------------- offers


async def offer(tx: Tx, session_id: int, person_id: int) -> None:
    """Offer a session to an operator, perhaps again."""
    await tx.do(
        "INSERT INTO line_offers (session_id, person_id, offered_at) VALUES ($1, $2, $3)"
        " ON CONFLICT (session_id, person_id) DO UPDATE SET offered_at = excluded.offered_at, ended_at = 0",
        session_id,
        person_id,
        tx.now,
    )


async def offers_of(tx: Tx, session_id: int) -> list[Offer]:
    """Who was offered a session, in that order."""
    rows = await tx.rows(
        "SELECT person_id, offered_at, ended_at FROM line_offers WHERE session_id = $1 ORDER BY offered_at, person_id",
        session_id,
    )
    return [Offer(*row) for row in rows]


async def end_offers(tx: Tx, session_id: int, person_id: int = 0) -> None:
    """End the offers of a session, or that to one person."""
    await tx.do(
        "UPDATE line_offers SET ended_at = $3 WHERE session_id = $1 AND ended_at = 0"
        " AND (person_id = $2 OR CAST($2 AS BIGINT) = 0)",
        session_id,
        person_id,
        tx.now,
    )


async def forget_offers(tx: Tx, session_id: int) -> None:
    """Let everybody be asked anew."""
    await tx.do("DELETE FROM line_offers WHERE session_id = $1", session_id)


# --------------------------------------------------------------------------------------------------------------- timers


async def set_timer(tx: Tx, session_id: int, kind: str, due_at: int) -> None:
    """Let something happen at a time (unix milliseconds); a timer of the kind is set anew."""
    await tx.do(
        "INSERT INTO line_timers (session_id, kind, due_at) VALUES ($1, $2, $3)"
        " ON CONFLICT (session_id, kind) DO UPDATE SET due_at = excluded.due_at",
        session_id,
        kind,
        due_at,
    )


async def stop_timers(tx: Tx, session_id: int, *kinds: str) -> None:
    """Stop timers of these kinds, or all of the session."""
    if not kinds:
        await tx.do("DELETE FROM line_timers WHERE session_id = $1", session_id)
    for kind in kinds:
        await tx.do("DELETE FROM line_timers WHERE session_id = $1 AND kind = $2", session_id, kind)


async def hurry_retry(tx: Tx, line_id: int) -> None:
    """Let the session of a line that waits longest, offered to nobody, be tried again at once."""
    await tx.do(
        "UPDATE line_timers SET due_at = $2 WHERE kind = 'retry' AND due_at > $2 AND session_id = ("
        "SELECT s.id FROM line_sessions s JOIN line_timers t ON t.session_id = s.id AND t.kind = 'retry'"
        " WHERE s.line_id = $1 AND s.closed_at = 0 ORDER BY s.queued_at, s.id LIMIT 1)",
        line_id,
        tx.now,
    )


async def take_timer(tx: Tx, timer: Timer) -> bool:
    """Take a timer away to do what it says; False when it was set anew, stopped or taken by another process."""
    return bool(
        await tx.do(
            "DELETE FROM line_timers WHERE session_id = $1 AND kind = $2 AND due_at = $3",
            timer.session_id,
            timer.kind,
            timer.due_at,
        )
    )


async def due_timers(tx: Tx, now: int, limit: int) -> list[Timer]:
    """The timers whose time has come, the most urgent first."""
    rows = await tx.rows(
        "SELECT session_id, kind, due_at FROM line_timers WHERE due_at <= $1"
        " ORDER BY due_at, session_id, kind LIMIT $2",
        now,
        limit,
    )
    return [Timer(*row) for row in rows]


async def next_due(tx: Tx) -> int:
    """When the next timer is due (unix milliseconds), 0 = none is set."""
    due: int | None = await tx.val("SELECT min(due_at) FROM line_timers")
    return due or 0
