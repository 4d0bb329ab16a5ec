"""What all steps of a conversation have in common: its state, who sits in its chat, and whom its changes are told.

    0 new ──► 10 taken ──► 20 the customer asks ──► 40 answered ──► 25 asks again ──► 50 rating awaited ──► 60 closed
    5 in the queue, given up by an operator or a bot, or nobody is free                                     65 spam

Rules: spec ``bitrix24-openlines.md`` §2.1, §3.1.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from skvorets.core import members
from skvorets.core.events import MembersLeft, record
from skvorets.core.events_lines import LineClientChanged, LineSessionChanged
from skvorets.core.messages import SYSTEM_CLASS, NewMessage, post_message
from skvorets.errors import WrongOperatorError
from skvorets.storage import chats, line_clients, line_sessions, lines, people
from skvorets.storage import members as member_rows
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.line_clients import LineClient
from skvorets.storage.line_sessions import LineSession
from skvorets.storage.lines import Line
from skvorets.storage.messages import Message
from skvorets.storage.people import Person

NEW: Final = 0
"""Nobody has it yet. [source: imol], as all of these"""
WAITING: Final = 5
"""It waits in the queue: an operator or a bot gave it up, or nobody is free."""
TAKEN: Final = 10
"""An operator has taken it and not answered yet."""
ASKED: Final = 20
"""The customer waits for the first answer."""
ASKED_AGAIN: Final = 25
"""The customer wrote after an answer."""
ANSWERED: Final = 40
CLOSING: Final = 50
"""The closing text was sent or a rating is awaited."""
CLOSED: Final = 60
SPAM: Final = 65
DUPLICATE: Final = 69
SILENTLY_CLOSED: Final = 75
MS: Final = 1000


def has_bot_in_charge(session: LineSession) -> bool:
    """Does a bot serve the customer, before the queue?"""
    return session.is_open and bool(session.bot_id) and not session.queued_at and not session.operator_id


def awaits_operator(session: LineSession) -> bool:
    """Does it wait for an operator to take it?"""
    return session.is_open and session.queued_at > 0 and not session.operator_id


async def open_session(tx: Tx, chat_id: int) -> LineSession | None:
    """Give the conversation that goes on in an operators' chat."""
    session = await line_sessions.newest_of_chat(tx, chat_id)
    return session if session is not None and session.is_open else None


async def line_of(tx: Tx, session: LineSession) -> Line:
    """Give the line that serves a conversation now."""
    line = await lines.find(tx, session.line_id)
    if line is None:
        raise LookupError(session.line_id)
    return line


async def client_of(tx: Tx, session: LineSession) -> LineClient:
    """Give the customer of a conversation."""
    client = await line_clients.find(tx, session.client_id)
    if client is None:
        raise LookupError(session.client_id)
    return client


async def chat_of(tx: Tx, session: LineSession) -> Chat:
    """Give the chat in which operators answer."""
    chat = await chats.find(tx, session.chat_id)
    if chat is None:
        raise LookupError(session.chat_id)
    return chat


async def write_data_1(tx: Tx, session: LineSession) -> None:
    """Write a conversation's state into the documented fields of its chat, and who is responsible as its owner."""
    fields = [
        "N|NONE|0",  # no CRM
        "Y" if session.pinned else "N",
        "Y" if session.status == CLOSING else "N",
        session.id,
        session.started_at // MS,
        session.line_id if session.line_id != session.first_line_id else 0,
        "0|0",  # replies are never blocked
    ]
    owner_id = session.operator_id or (session.bot_id if has_bot_in_charge(session) else 0)
    data = "|".join(map(str, fields))
    await chats.change(tx, session.chat_id, entity_data_1=data, owner_id=owner_id if session.is_open else 0)


async def tell(tx: Tx, session: LineSession, change: str, actor_id: int = 0) -> None:
    """Tell those who sit in the chat that a conversation changed."""
    await record(
        tx,
        LineSessionChanged(
            chat_id=session.chat_id,
            session_id=session.id,
            line_id=session.line_id,
            client_id=session.client_id,
            change=change,
            status=session.status,
            actor_id=actor_id,
            operator_id=session.operator_id,
        ),
    )


async def tell_client(tx: Tx, session: LineSession, change: str) -> None:
    """Tell the customer's own program, if it is one of this server."""
    client = await client_of(tx, session)
    if client.client_chat_id:
        changed = LineClientChanged(
            chat_id=client.client_chat_id, session_id=session.id, change=change, operator_id=session.operator_id
        )
        await record(tx, changed)


async def say(tx: Tx, session: LineSession, text: str, *, actor_id: int = 0, **params: object) -> Message:
    """Write a line of the system, which the customer does not get."""
    return await post_message(
        tx,
        NewMessage(
            chat=await chat_of(tx, session),
            author_id=0,
            actor_id=actor_id,
            text=text,
            params={"CLASS": SYSTEM_CLASS, **params},
            calls_bots=False,
            previews_links=False,
            is_relayed=True,
        ),
    )


def require_operator(person: Person | None) -> Person:
    """Give a person who can serve customers. Raises WrongOperatorError for bots, guests, people from outside …"""
    if person is None or person.kind != "human" or not person.active or person.extranet:
        raise WrongOperatorError
    return person


async def seat(tx: Tx, session: LineSession, person: Person) -> None:
    """Let an operator into the chat without a word; what the customer wrote in this conversation is unread for him."""
    if await member_rows.find(tx, session.chat_id, person.id) is not None:
        return
    client = await client_of(tx, session)
    await members.seat_members(tx, await chat_of(tx, session), [person], person, shows_history=True)
    mark = await line_sessions.mark_before_client(tx, session, client.person_id)
    if mark is not None:
        await member_rows.change(tx, session.chat_id, person.id, read_seq=mark[0], read_id=mark[1])


async def unseat(tx: Tx, session: LineSession, person_ids: Iterable[int], actor_id: int = 0) -> None:
    """Let people out of the chat without a word."""
    gone = [one for one in sorted(set(person_ids)) if await member_rows.delete(tx, session.chat_id, one)]
    if gone:
        await record(tx, MembersLeft(chat_id=session.chat_id, person_ids=gone, actor_id=actor_id))


async def unseat_silent(tx: Tx, session: LineSession, person_ids: Iterable[int]) -> None:
    """Let those of the people out who have not written in this conversation."""
    losers = set(person_ids)
    if losers:
        await unseat(tx, session, losers - await line_sessions.authors_of(tx, session))


async def seated_but_client(tx: Tx, session: LineSession, *, bots: bool) -> list[int]:
    """Give everybody in the chat but the customer, with or without bots."""
    client = await client_of(tx, session)
    found = await member_rows.all_of(tx, session.chat_id)
    return [one.person_id for one in found if one.person_id != client.person_id and (bots or not one.is_bot)]


async def dismiss_bot(tx: Tx, session: LineSession) -> LineSession:
    """Let the bot in charge go."""
    if not session.bot_id:
        return session
    await unseat(tx, session, [session.bot_id])
    return await line_sessions.change(tx, session, bot_id=0)


async def end_silence(tx: Tx, session: LineSession) -> None:
    """Switch the silent mode off, as when a conversation returns to the queue. [source: imol]"""
    chat = await chat_of(tx, session)
    if chat.entity_data_3 == "Y":
        await chats.change(tx, chat.id, entity_data_3="N")


async def person_of(tx: Tx, person_id: int) -> Person | None:
    """Give a person, None for 0."""
    return await people.find(tx, person_id) if person_id else None
