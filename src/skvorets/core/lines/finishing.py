"""The end of a conversation: closing text, rating, closing for good; spam; and beginning it again.

    finish ──► closing text, question for a rating ──► 50, until the customer had time (timer) or a second finish ──► 60
           └─► neither of them, or the line is off ────────────────────────────────────────────────────────────────► 60

Rules: spec ``bitrix24-openlines.md`` §3.2.
"""

from __future__ import annotations

from typing import Final

from skvorets.core.lines import phrases, queue, speaking
from skvorets.core.lines.conversation import (
    CLOSED,
    CLOSING,
    MS,
    SPAM,
    TAKEN,
    client_of,
    end_silence,
    line_of,
    open_session,
    require_operator,
    say,
    seat,
    seated_but_client,
    tell,
    tell_client,
    unseat,
    write_data_1,
)
from skvorets.core.lines.settings import settings_of
from skvorets.errors import NotALineChatError, NothingChangedError, SessionClosedError
from skvorets.storage import line_clients, line_sessions
from skvorets.storage.database import Tx
from skvorets.storage.line_clients import NETWORK, LineClient
from skvorets.storage.line_sessions import LineSession
from skvorets.storage.people import Person

END_CLASS: Final = "bx-messenger-content-item-ol-end"
"""CLASS of the line of the system with which a conversation ends. [source: imol]"""
VOTES: Final = range(1, 6)
# Characters of what a customer writes to his rating.
MAX_COMMENT: Final = 1000


async def finish_session(tx: Tx, actor: Person | None, session: LineSession) -> LineSession:
    """Finish a conversation by the line's rules (None: its time is over); a second time closes it at once.

    Raises SessionClosedError.
    """
    if not session.is_open:
        raise SessionClosedError
    line = await line_of(tx, session)
    settings = settings_of(line)
    text = settings.closing_text if actor is not None else settings.auto_close_text
    asks = settings.asks_rating and not session.vote and session.client_messages > 0
    is_over = session.status == CLOSING or not line.active or line.deleted_at > 0
    if is_over or not (text or asks):
        return await close_session(tx, session, actor)
    client = await client_of(tx, session)
    await end_silence(tx, session)
    await say(tx, session, phrases.finishing(tx.portal.language, actor), actor_id=actor.id if actor else 0)
    if text:
        await speaking.send_to_client(tx, client, text)
    if asks:
        await _ask_for_rating(tx, session, client)
    await line_sessions.end_offers(tx, session.id)
    await line_sessions.stop_timers(tx, session.id)
    if settings.full_close_s:
        await line_sessions.set_timer(tx, session.id, "full_close", tx.now + settings.full_close_s * MS)
    session = await line_sessions.change(tx, session, status=CLOSING, awaits_vote=int(asks))
    await write_data_1(tx, session)
    await tell(tx, session, "finishing", actor.id if actor else 0)
    await tell_client(tx, session, "rating")
    return session


async def close_session(
    tx: Tx, session: LineSession, actor: Person | None = None, *, status: int = CLOSED, text: str = ""
) -> LineSession:
    """Close a conversation for good: everybody but the customer leaves its chat. Raises SessionClosedError."""
    if not session.is_open:
        raise SessionClosedError
    actor_id = actor.id if actor is not None else 0
    end = {"CLASS": END_CLASS, "IMOL_VOTE_SID": session.id}
    await say(tx, session, text or phrases.finished(tx.portal.language, actor), actor_id=actor_id, **end)
    await end_silence(tx, session)
    await line_sessions.stop_timers(tx, session.id)
    await line_sessions.end_offers(tx, session.id)
    session = await line_sessions.change(
        tx, session, status=status, closed_at=tx.now, closed_by=actor_id, awaits_vote=0, pinned=0
    )
    await write_data_1(tx, session)
    await tell(tx, session, "spam" if status == SPAM else "closed", actor_id)
    await tell_client(tx, session, "closed")
    await unseat(tx, session, await seated_but_client(tx, session, bots=True))
    await queue.retry_waiting(tx, session.line_id)
    return session


async def mark_spam(tx: Tx, actor: Person, session: LineSession) -> LineSession:
    """Close a conversation and take nothing from its customer any more. Raises SessionClosedError."""
    await line_clients.change(tx, session.client_id, blocked=1)
    return await close_session(tx, session, actor, status=SPAM, text=phrases.spam(tx.portal.language, actor))


async def reopen_session(tx: Tx, actor: Person, client: LineClient) -> LineSession:
    """Let a customer's last conversation go on with this operator; one who was blocked may write again.

    Raises NotALineChatError (there was none), NothingChangedError (it goes on), WrongOperatorError.
    """
    require_operator(actor)
    session = await line_sessions.newest_of_chat(tx, client.chat_id) if client.chat_id else None
    if session is None:
        raise NotALineChatError
    if session.is_open:
        raise NothingChangedError
    if client.blocked:
        await line_clients.change(tx, client.id, blocked=0)
    session = await line_sessions.change(
        tx,
        session,
        status=TAKEN,
        operator_id=actor.id,
        bot_id=0,
        queued_at=session.queued_at or tx.now,
        taken_at=tx.now,
        closed_at=0,
        closed_by=0,
    )
    await seat(tx, session, actor)
    await write_data_1(tx, session)
    await say(tx, session, phrases.reopened(tx.portal.language, actor), actor_id=actor.id)
    await tell(tx, session, "taken", actor.id)
    await tell_client(tx, session, "taken")
    return session


async def rate_session(tx: Tx, client: LineClient, vote: int, comment: str) -> LineSession:
    """Keep a customer's rating, 1 to 5, of his last conversation: while it is asked for, and after the end; once.

    Raises NothingChangedError when there is nothing to rate.
    """
    session = await line_sessions.newest_of_chat(tx, client.chat_id) if client.chat_id else None
    if session is None or session.vote or vote not in VOTES or not (session.awaits_vote or session.status == CLOSED):
        raise NothingChangedError
    comment = comment.strip()[:MAX_COMMENT]
    session = await line_sessions.change(tx, session, vote=vote, vote_comment=comment, awaits_vote=0)
    await say(tx, session, phrases.rated(tx.portal.language, vote, comment), actor_id=client.person_id)
    await tell(tx, session, "rated", client.person_id)
    await tell_client(tx, session, "rated")
    return session


async def _ask_for_rating(tx: Tx, session: LineSession, client: LineClient) -> None:
    """Ask; the widget shows buttons of its own."""
    if client.connector == NETWORK:
        await speaking.send_to_client(tx, client, phrases.rating_question(client.language or tx.portal.language))
    else:
        await say(tx, session, phrases.rating_asked(tx.portal.language))


async def close_open_session(tx: Tx, client: LineClient, actor: Person | None = None) -> None:
    """Close the conversation of a customer at once, if one goes on."""
    session = await open_session(tx, client.chat_id) if client.chat_id else None
    if session is not None:
        await close_session(tx, session, actor)
