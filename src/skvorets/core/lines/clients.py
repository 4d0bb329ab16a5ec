"""Customers of open lines: who comes gets a guest of the directory and a chat of his own.

    visitor opens the widget ──► guest + customer's chat (entity LIVECHAT) + a secret, kept by his browser
    his first message        ──► the operators' chat (kind line, entity LINES)

The secret is the only thing that leads to his conversation; its hash is stored. Rules: spec
``bitrix24-openlines.md`` §2, §6.
"""

from __future__ import annotations

import hashlib
import random
import secrets

import msgspec

from skvorets.core import colors, members, people
from skvorets.core.events import ChatChanged, record
from skvorets.core.events_lines import LineSessionChanged
from skvorets.core.events_people import PersonUpdated
from skvorets.core.people import NewPerson
from skvorets.storage import chats, line_clients, line_sessions, lines
from skvorets.storage import people as people_rows
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.line_clients import CLIENT_ENTITY, LIVECHAT, LineClient
from skvorets.storage.lines import Line
from skvorets.storage.people import Person

OPERATORS_ENTITY = "LINES"
"""Entity type of the chat in which operators answer."""
# The session part of an operators' chat before its first session. [seed]
EMPTY_DATA_1 = "N|NONE|0|N|N|0|0|0|0|0"
# Characters of what a visitor's page tells of itself.
MAX_URL, MAX_TITLE, MAX_NAME, MAX_EMAIL = 2000, 300, 100, 254
# Random bytes of a visitor's secret.
_SECRET_BYTES = 32
# Draws colours; nothing secret comes from it.
looks = random.Random()  # noqa: S311 — looks only


class Visitor(msgspec.Struct, frozen=True, kw_only=True):
    """Who comes, as his page tells."""

    name: str = ""
    email: str = ""
    language: str = ""
    page_url: str = ""
    page_title: str = ""
    address: str = ""  # network address


class Admitted(msgspec.Struct, frozen=True):
    """A new customer and the secret for his browser, told once."""

    client: LineClient
    token: str


def hash_token(token: str) -> str:
    """Give what is stored of a visitor's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


async def admit_visitor(tx: Tx, line: Line, visitor: Visitor) -> Admitted:
    """Make a guest with a chat of his own."""
    token = secrets.token_urlsafe(_SECRET_BYTES)
    guest = await add_guest(tx, visitor)
    chat_id = await chats.insert(tx, _chat(tx, line.name, "group", CLIENT_ENTITY, f"{line.id}|{guest.id}"))
    chat = await _chat_of(tx, chat_id)
    await members.seat_members(tx, chat, [guest], guest, shows_history=True)
    client = await insert_client(
        tx,
        line,
        visitor,
        LineClient(0, line.id, LIVECHAT, guest.id, chat_id, 0, 0, "", hash_token(token), "", "", "", "", 0, 0, 0),
    )
    return Admitted(client, token)


async def insert_client(tx: Tx, line: Line, visitor: Visitor, client: LineClient) -> LineClient:
    """Store a customer with what his page told."""
    client = msgspec.structs.replace(
        client,
        line_id=line.id,
        address=visitor.address[:MAX_NAME],
        page_url=visitor.page_url[:MAX_URL],
        page_title=visitor.page_title[:MAX_TITLE],
        language=visitor.language,
        created_at=tx.now,
        seen_at=tx.now,
    )
    return msgspec.structs.replace(client, id=await line_clients.insert(tx, client))


async def add_guest(tx: Tx, visitor: Visitor) -> Person:
    """Add the guest who stands for a customer; one without a name gets a colourful one."""
    first, last = visitor.name.strip()[:MAX_NAME], ""
    color = colors.random_chat_color(looks)
    if not first:
        number = await chats.next_title_number(tx, f"guest:{color}")
        is_russian = tx.portal.language == "ru"
        word = colors.color_word(color, tx.portal.language)
        first, last = (f"{word} гость", f"№{number}") if is_russian else (f"{word} guest", f"#{number}")
    new = NewPerson(
        first_name=first,
        last_name=last,
        kind="guest",
        color=color,
        email=visitor.email.strip()[:MAX_EMAIL],
        language=visitor.language,
    )
    return await people.add_person(tx, new)


async def client_of_token(tx: Tx, token: str) -> LineClient | None:
    """Give the visitor with this secret."""
    return await line_clients.by_token(tx, hash_token(token)) if token else None


async def guest_of(tx: Tx, client: LineClient) -> Person:
    """Give the guest who stands for a customer."""
    guest = await people_rows.find(tx, client.person_id)
    if guest is None:
        raise LookupError(client.person_id)
    return guest


async def ensure_operator_chat(tx: Tx, client: LineClient) -> tuple[LineClient, Chat]:
    """Give the chat in which operators answer a customer, made with his first message."""
    if client.chat_id:
        return client, await _chat_of(tx, client.chat_id)
    line = await lines.find(tx, client.line_id)
    if line is None:
        raise LookupError(client.line_id)
    guest = await guest_of(tx, client)
    new = _chat(tx, title_of(guest, line), "line", OPERATORS_ENTITY, client.user_code)
    color = guest.color or colors.person_color(guest.id, guest.gender)
    new = msgspec.structs.replace(new, entity_data_1=EMPTY_DATA_1, avatar=guest.avatar, color=color)
    chat_id = await chats.insert(tx, new)
    chat = await _chat_of(tx, chat_id)
    await members.seat_members(tx, chat, [guest], guest, shows_history=True)
    await line_clients.change(tx, client.id, chat_id=chat_id)
    return msgspec.structs.replace(client, chat_id=chat_id), await _chat_of(tx, chat_id)


async def rename_client(tx: Tx, client: LineClient, *, name: str | None = None, email: str | None = None) -> None:
    """Note what a customer told of himself; operators see it in the title of the chat."""
    values: dict[str, object] = {}
    if name is not None and name.strip():
        values |= {"first_name": name.strip()[:MAX_NAME], "last_name": ""}
    if email is not None:
        values["email"] = email.strip()[:MAX_EMAIL]
    if not values:
        return
    await people_rows.change(tx, client.person_id, **values)
    if client.chat_id and "first_name" in values:
        guest, line = await guest_of(tx, client), await lines.find(tx, client.line_id)
        if line is not None:
            await chats.change(tx, client.chat_id, title=title_of(guest, line))
            changed = ["title"]
            await record(tx, ChatChanged(chat_id=client.chat_id, actor_id=client.person_id, changed=changed))
    await _tell_operators(tx, client)


async def note_page(tx: Tx, client: LineClient, visitor: Visitor) -> None:
    """Note on which page a customer is now; operators are told when it is another one."""
    url, title = visitor.page_url[:MAX_URL], visitor.page_title[:MAX_TITLE]
    is_elsewhere = (url, title, visitor.language) != (client.page_url, client.page_title, client.language)
    await line_clients.change(tx, client.id, page_url=url, page_title=title, language=visitor.language, seen_at=tx.now)
    if is_elsewhere:
        await _tell_operators(tx, client)


def title_of(guest: Person, line: Line) -> str:
    """Give the title of the chat in which operators answer a customer. [seed]"""
    return f"{guest.name} - {line.name}"[:255]


async def _tell_operators(tx: Tx, client: LineClient) -> None:
    session = await line_sessions.newest_of_chat(tx, client.chat_id) if client.chat_id else None
    if session is None:
        return
    await record(tx, PersonUpdated(chat_id=client.chat_id, subject_id=client.person_id))
    await record(
        tx,
        LineSessionChanged(
            chat_id=client.chat_id,
            session_id=session.id,
            line_id=session.line_id,
            client_id=client.id,
            change="client",
            status=session.status,
            actor_id=client.person_id,
            operator_id=session.operator_id,
        ),
    )


async def _chat_of(tx: Tx, chat_id: int) -> Chat:
    chat = await chats.find(tx, chat_id)
    if chat is None:
        raise LookupError(chat_id)
    return chat


def _chat(tx: Tx, title: str, kind: str, entity_type: str, entity_id: str) -> Chat:
    return Chat(
        id=0,
        kind=kind,
        title=title,
        description="",
        color=colors.random_chat_color(looks),
        avatar="",
        owner_id=0,
        extranet=0,
        is_general=0,
        entity_type=entity_type,
        entity_id=entity_id,
        entity_data_1="",
        entity_data_2="",
        entity_data_3="",
        created_at=tx.now,
        member_count=0,
        last_seq=0,
        last_message_id=0,
        last_message_at=0,
    )
