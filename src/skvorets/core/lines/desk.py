"""The door for people who serve customers: ask by fetching, as ``core.access`` does for chats.

Who may: members of the operators' chat, operators of its line, administrators; nobody from outside. Hidden and absent
chats look the same. Rules: spec ``bitrix24-openlines.md`` §3.6.
"""

from __future__ import annotations

import msgspec

from skvorets.core.lines.conversation import line_of
from skvorets.errors import ChatNotFoundError, NotALineChatError
from skvorets.storage import line_clients, line_sessions, lines, members
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.line_clients import LineClient
from skvorets.storage.line_sessions import LineSession
from skvorets.storage.lines import Line
from skvorets.storage.people import Person


class Served(msgspec.Struct, frozen=True):
    """A conversation with what belongs to it."""

    line: Line  # which serves it now
    client: LineClient
    session: LineSession  # the newest one, open or closed
    chat: Chat  # of the operators


async def session_to_serve(tx: Tx, person: Person, chat_id: int) -> Served:
    """Give the newest conversation of an operators' chat to somebody who may act in it.

    Raises ChatNotFoundError, NotALineChatError (a chat that he sees but of another kind, or nothing was said in it).
    """
    chat = await chat_to_look_at(tx, person, chat_id)
    client = await line_clients.of_chat(tx, chat.id)
    session = await line_sessions.newest_of_chat(tx, chat.id)
    if client is None or session is None:
        raise NotALineChatError
    return Served(await line_of(tx, session), client, session, chat)


async def chat_to_look_at(tx: Tx, person: Person, chat_id: int) -> Chat:
    """Give an operators' chat to somebody who may read it. Raises as ``session_to_serve`` does."""
    found = await members.chat_and_member(tx, chat_id, person.id)
    if found is None:
        raise ChatNotFoundError
    chat, member = found
    if chat.kind != "line":
        if member is None:
            raise ChatNotFoundError
        raise NotALineChatError
    if not is_staff(person) or (member is None and not await may_look(tx, person, chat)):
        raise ChatNotFoundError
    return chat


async def may_look(tx: Tx, person: Person, chat: Chat) -> bool:
    """May somebody who is no member read an operators' chat: an administrator, or an operator of its line?"""
    if chat.kind != "line" or not is_staff(person):
        return False
    if person.admin:
        return True
    client = await line_clients.of_chat(tx, chat.id)
    if client is None:
        return False
    mine = {one.id for one in await lines.of_operator(tx, person.id)}
    session = await line_sessions.newest_of_chat(tx, chat.id)
    return client.line_id in mine or (session is not None and session.line_id in mine)


def is_staff(person: Person) -> bool:
    """Is this an employee?"""
    return person.kind == "human" and bool(person.active) and not person.extranet
