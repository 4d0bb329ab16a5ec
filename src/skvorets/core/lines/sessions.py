"""Conversations with customers: how they begin, and what each message does to them.

    first message ──► the line welcomes ──► the bot in front, if there is one ──► "0", time or the bot ──► queue.py
                                        └─► otherwise the queue at once
    an operator writes ──► he has it, answered    the customer writes ──► he waits again

A customer who writes after the end begins the next conversation in the same chats. Rules: spec
``bitrix24-openlines.md`` §3.
"""

from __future__ import annotations

from typing import Final

from skvorets.core import members
from skvorets.core.lines import phrases, queue, speaking
from skvorets.core.lines.conversation import (
    ANSWERED,
    ASKED,
    ASKED_AGAIN,
    CLOSED,
    CLOSING,
    DUPLICATE,
    MS,
    NEW,
    SILENTLY_CLOSED,
    SPAM,
    TAKEN,
    WAITING,
    awaits_operator,
    chat_of,
    has_bot_in_charge,
    line_of,
    open_session,
    say,
    seat,
    tell,
    tell_client,
    write_data_1,
)
from skvorets.core.lines.settings import LineSettings, is_working_time, settings_of
from skvorets.errors import NothingChangedError
from skvorets.storage import bots, line_clients, line_sessions, lines, people
from skvorets.storage import members as member_rows
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.line_clients import NETWORK, LineClient
from skvorets.storage.line_sessions import LineSession
from skvorets.storage.lines import Line
from skvorets.storage.messages import Message
from skvorets.storage.people import Person

__all__ = [
    "ANSWERED",
    "ASKED",
    "ASKED_AGAIN",
    "CLOSED",
    "CLOSING",
    "DUPLICATE",
    "NEW",
    "SILENTLY_CLOSED",
    "SPAM",
    "TAKEN",
    "TO_OPERATOR",
    "WAITING",
    "awaits_operator",
    "come_in",
    "has_bot_in_charge",
    "note_client_wrote",
    "note_operators_write",
    "note_operators_wrote",
    "open_session",
    "session_to_write",
    "start_by_operator",
    "write_data_1",
]

TO_OPERATOR: Final = "0"
"""What a customer writes to any bot to get to people. [seed]"""
EXPIRE_S: Final = 24 * 3600
"""Seconds after a customer's last word to an operator until the conversation is finished by itself. [source: imol]"""
PIN_S: Final = 7 * 24 * 3600
"""Seconds for which a pinned conversation is not finished by itself. [source: imol]"""
# What a customer without buttons sends to rate. [source: imol]
_VOTES = {"1": 5, "0": 1}


async def session_to_write(tx: Tx, client: LineClient, line: Line) -> LineSession:
    """Give the conversation to which a customer's message belongs: that which goes on, or a new one."""
    return await open_session(tx, client.chat_id) or await _start_for_client(tx, client, line)


async def start_by_operator(tx: Tx, operator: Person, client: LineClient, line: Line) -> LineSession:
    """Begin a conversation that its operator wants: no bot, no queue. Raises NothingChangedError when one goes on."""
    if await open_session(tx, client.chat_id) is not None:
        raise NothingChangedError
    session = await _insert(tx, client, line)
    text = phrases.started_by(tx.portal.language, operator, session.id)
    session = await _begin(tx, session, text, operator.id)
    await seat(tx, session, operator)
    session = await line_sessions.change(
        tx, session, status=TAKEN, operator_id=operator.id, queued_at=tx.now, taken_at=tx.now
    )
    await write_data_1(tx, session)
    await tell(tx, session, "taken", operator.id)
    await tell_client(tx, session, "taken")
    return session


async def note_client_wrote(tx: Tx, client: LineClient, session: LineSession, message: Message) -> None:
    """Follow a customer's message: he waits for an answer, leaves the bot by "0", or rates by it."""
    session = await line_sessions.find(tx, session.id) or session
    word = message.text.strip()
    if session.awaits_vote and client.connector == NETWORK and word in _VOTES:
        from skvorets.core.lines import finishing  # noqa: PLC0415 — the end of a conversation stands on its middle

        await finishing.rate_session(tx, client, _VOTES[word], "")
        return
    wants_operator = has_bot_in_charge(session) and word == TO_OPERATOR
    is_left_alone = session.operator_id and not await _is_active(tx, session.operator_id)
    status = session.status
    session = await line_sessions.change(
        tx,
        session,
        status=_asked(session),
        client_wrote_at=tx.now,
        client_messages=session.client_messages + 1,
        awaits_vote=0,
    )
    if session.operator_id:
        await _set_auto_close(tx, session, settings_of(await line_of(tx, session)))
    if status == CLOSING:
        await write_data_1(tx, session)
        await _go_on(tx, session)
    if wants_operator or is_left_alone:
        await queue.to_queue(tx, session)
    elif status != session.status:
        await tell(tx, session, "asked", client.person_id)


async def note_operators_write(tx: Tx, chat_id: int, author_id: int) -> None:
    """Follow that somebody is about to write for the customer: an operator takes the conversation, or begins one."""
    session = await line_sessions.newest_of_chat(tx, chat_id)
    if session is not None and session.is_open and session.operator_id:
        return
    author = await people.find(tx, author_id)
    if author is None or author.kind != "human" or author.extranet:
        return
    if session is not None and session.is_open:
        await queue.take_session(tx, author, session)
        return
    client = await line_clients.of_chat(tx, chat_id)
    if client is not None:
        await start_by_operator(tx, author, client, await _line_of_client(tx, client))


async def note_operators_wrote(tx: Tx, client: LineClient, author: Person) -> None:
    """Follow what was written for the customer: he has an answer."""
    session = await open_session(tx, client.chat_id)
    if session is None:
        return
    if author.is_bot:
        await line_sessions.change(tx, session, bot_messages=session.bot_messages + 1)
        return
    if not session.operator_id:  # somebody from outside, who was invited to help
        await line_sessions.change(tx, session, operator_messages=session.operator_messages + 1)
        return
    status = session.status
    session = await line_sessions.change(
        tx,
        session,
        status=ANSWERED,
        answered_at=session.answered_at or tx.now,
        operator_wrote_at=tx.now,
        operator_messages=session.operator_messages + 1,
        awaits_vote=0,
    )
    await _set_auto_close(tx, session, settings_of(await line_of(tx, session)))
    if status == ANSWERED:
        return
    if status == CLOSING:
        await line_sessions.stop_timers(tx, session.id, "full_close")
        await write_data_1(tx, session)
    await tell(tx, session, "answered", author.id)


async def come_in(tx: Tx, person: Person, chat: Chat) -> None:
    """Let an operator into a chat of his line without a word."""
    session = await line_sessions.newest_of_chat(tx, chat.id)
    if session is not None:
        await seat(tx, session, person)
    else:
        await members.seat_members(tx, chat, [person], person, shows_history=True)


async def _start_for_client(tx: Tx, client: LineClient, line: Line) -> LineSession:
    settings = settings_of(line)
    is_first = client.session_id == 0
    session = await _insert(tx, client, line)
    has_said = (await chat_of(tx, session)).last_message_id > 0  # a welcome, when the customer opened the dialog
    session = await _begin(tx, session, phrases.started(tx.portal.language, session.id), client.person_id)
    is_first_word = is_first and not has_said and client.connector != NETWORK  # whom the bot has welcomed already
    text = _first_text(settings, tx.now, is_first=is_first_word)
    if text:
        await speaking.send_to_client(tx, client, text)
    bot = await _bot_of(tx, settings) if is_first or settings.bot_joins == "always" else None
    if bot is None:
        return await queue.to_queue(tx, session, actor_id=client.person_id)
    return await _give_to_bot(tx, session, bot, settings)


async def _insert(tx: Tx, client: LineClient, line: Line) -> LineSession:
    new = LineSession(0, line.id, line.id, client.id, client.chat_id, NEW, 0, 0, 0, tx.now)
    session_id = await line_sessions.insert(tx, new)
    await line_clients.change(tx, client.id, session_id=session_id)
    session = await line_sessions.find(tx, session_id)
    if session is None:
        raise LookupError(session_id)
    return session


async def _begin(tx: Tx, session: LineSession, text: str, actor_id: int) -> LineSession:
    await write_data_1(tx, session)
    first = await say(tx, session, text, actor_id=actor_id)
    session = await line_sessions.change(tx, session, first_id=first.id)
    await tell(tx, session, "started", actor_id)
    await tell_client(tx, session, "started")
    return session


def _first_text(settings: LineSettings, now: int, *, is_first: bool) -> str:
    if not is_working_time(settings, now) and settings.working_hours.away_text:
        return settings.working_hours.away_text
    return settings.welcome_text if is_first or settings.welcomes_each_session else ""


async def _bot_of(tx: Tx, settings: LineSettings) -> Person | None:
    """Give the bot in front if it is still there and serves lines."""
    if not settings.bot_id:
        return None
    bot, person = await bots.find(tx, settings.bot_id), await people.find(tx, settings.bot_id)
    return person if bot is not None and bot.serves_lines and person is not None and person.active else None


async def _give_to_bot(tx: Tx, session: LineSession, bot: Person, settings: LineSettings) -> LineSession:
    client = await line_clients.find(tx, session.client_id)
    guest = await people.find(tx, client.person_id) if client is not None else None
    if await member_rows.find(tx, session.chat_id, bot.id) is None and guest is not None:
        await members.seat_members(tx, await chat_of(tx, session), [bot], guest, shows_history=True)
    await member_rows.change(tx, session.chat_id, bot.id, manager=1)
    session = await line_sessions.change(tx, session, bot_id=bot.id, first_bot_id=bot.id)
    await _set_bot_timer(tx, session, settings)
    await write_data_1(tx, session)
    return session


async def _go_on(tx: Tx, session: LineSession) -> None:
    """Take up a conversation that was about to be closed."""
    await line_sessions.stop_timers(tx, session.id, "full_close")
    if has_bot_in_charge(session):
        await _set_bot_timer(tx, session, settings_of(await line_of(tx, session)))
    elif awaits_operator(session):
        await queue.to_queue(tx, session)


async def _set_bot_timer(tx: Tx, session: LineSession, settings: LineSettings) -> None:
    if settings.bot_s:
        await line_sessions.set_timer(tx, session.id, "bot", tx.now + settings.bot_s * MS)


async def _set_auto_close(tx: Tx, session: LineSession, settings: LineSettings) -> None:
    """Let it be finished by itself some time after the last word; a customer without an answer waits longer."""
    if not settings.auto_close_s:
        return
    is_answered = session.status == ANSWERED
    seconds = settings.auto_close_s if is_answered else max(settings.auto_close_s, EXPIRE_S)
    if session.pinned:
        seconds = max(seconds, PIN_S)
    await line_sessions.set_timer(tx, session.id, "auto_close", tx.now + seconds * MS)


async def _is_active(tx: Tx, person_id: int) -> bool:
    person = await people.find(tx, person_id)
    return person is not None and bool(person.active)


def _asked(session: LineSession) -> int:
    """Give the status after a customer's message."""
    if session.operator_id:
        return ASKED_AGAIN if session.answered_at else ASKED
    if session.status != CLOSING:
        return session.status
    return WAITING if session.queued_at else NEW


async def _line_of_client(tx: Tx, client: LineClient) -> Line:
    line = await lines.find(tx, client.line_id)
    if line is None:
        raise LookupError(client.line_id)
    return line
