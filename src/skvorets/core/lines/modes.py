"""Switches of a conversation: the silent mode, and pinning it against its automatic end."""

from __future__ import annotations

from skvorets.core.lines import phrases
from skvorets.core.lines.conversation import ANSWERED, MS, chat_of, line_of, say, tell, write_data_1
from skvorets.core.lines.sessions import EXPIRE_S, PIN_S
from skvorets.core.lines.settings import settings_of
from skvorets.errors import SessionClosedError
from skvorets.storage import chats, line_sessions
from skvorets.storage.database import Tx
from skvorets.storage.line_sessions import LineSession
from skvorets.storage.people import Person


async def set_silent(tx: Tx, actor: Person, session: LineSession, *, is_on: bool) -> None:
    """Keep everything that operators write from the customer, or no more. Raises SessionClosedError."""
    if not session.is_open:
        raise SessionClosedError
    chat = await chat_of(tx, session)
    if (chat.entity_data_3 == "Y") == is_on:
        return
    await chats.change(tx, chat.id, entity_data_3="Y" if is_on else "N")
    await say(tx, session, phrases.silent(tx.portal.language, actor, is_on=is_on), actor_id=actor.id)
    await tell(tx, session, "silent", actor.id)


async def set_pinned(tx: Tx, actor: Person, session: LineSession, *, is_on: bool) -> LineSession:
    """Let a conversation not be finished by itself for a week, or again. Raises SessionClosedError."""
    if not session.is_open:
        raise SessionClosedError
    if bool(session.pinned) == is_on:
        return session
    session = await line_sessions.change(tx, session, pinned=int(is_on))
    settings = settings_of(await line_of(tx, session))
    if session.operator_id and settings.auto_close_s and session.answered_at:
        usual = settings.auto_close_s if session.status == ANSWERED else max(settings.auto_close_s, EXPIRE_S)
        seconds = max(usual, PIN_S) if is_on else usual
        await line_sessions.set_timer(tx, session.id, "auto_close", tx.now + seconds * MS)
    await write_data_1(tx, session)
    await say(tx, session, phrases.pinned(tx.portal.language, actor, is_on=is_on), actor_id=actor.id)
    await tell(tx, session, "pinned", actor.id)
    return session
