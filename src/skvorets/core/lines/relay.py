"""The same conversation in two chats: what a customer writes comes to the operators, what they answer to him.

    customer   client_writes ──► operators' chat (author: his guest; bots hear it) ──► customer's chat, paired
    operators  post_message  ──► operators' chat ──► operators_wrote ──► customer's chat, paired

Kept from the customer: lines of the system, whispers, everything in silent mode; what was kept from him at first stays
so when it is edited. Both copies are written in one unit of work, the operators' first. How a customer is reached says
``outlets.py`` by his connector. Rules: spec ``bitrix24-openlines.md`` §3.5, §6.
"""

from __future__ import annotations

from typing import Any

import msgspec

from skvorets.core import access, line_hooks, reads
from skvorets.core.access import Dialog
from skvorets.core.events import TypingStarted, record
from skvorets.core.lines import clients, outlets, sessions
from skvorets.core.lines.copies import copy_files
from skvorets.core.lines.settings import settings_of
from skvorets.core.lines.speaking import AUTOMATIC_CLASS, pass_on, send_to_client
from skvorets.core.messages import (
    MessageChange,
    NewMessage,
    apply_change,
    empty_message,
    like_message,
    post_message,
    post_system_message,
)
from skvorets.errors import CannotEditError, EmptyMessageError, LineClosedError, MessageNotFoundError
from skvorets.storage import chats, line_clients, line_sessions, lines, messages, people
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.line_clients import LineClient
from skvorets.storage.messages import Message
from skvorets.storage.people import Person

__all__ = ["AUTOMATIC_CLASS", "ClientMessage", "copy_files", "send_to_client"]


class ClientMessage(msgspec.Struct, frozen=True, kw_only=True):
    """What a customer sends."""

    text: str
    params: dict[str, Any] = {}
    client_id: str | None = None  # id of his program; a repeated send gives the first message back
    file_ids: tuple[int, ...] = ()  # files in the folder of his chat
    reply_to: int = 0  # message of his chat that he answers, 0 = none
    remote_id: int = 0  # its number among those of other servers, 0 = written here
    posted: Message | None = None  # it stands in his chat already: the dialog with a bot of the network
    quote: str = ""  # what operators are shown before it


# ---------------------------------------------------------------------------------------------------- from the customer


async def client_writes(tx: Tx, client: LineClient, given: ClientMessage) -> Message:
    """Take a customer's message; the one in his own chat (in the operators' chat when he writes elsewhere).

    Raises LineClosedError, EmptyMessageError; MessageNotFoundError for an answered message that he does not see.
    """
    if given.client_id is not None and (known := await _known(tx, client, given.client_id)) is not None:
        return known
    line = await lines.find(tx, client.line_id)
    if line is None or not line.active or line.deleted_at or client.blocked:
        raise LineClosedError
    if not given.text.strip() and not given.file_ids:
        raise EmptyMessageError
    guest = await clients.guest_of(tx, client)
    client, chat = await clients.ensure_operator_chat(tx, client)
    session = await sessions.session_to_write(tx, client, line)
    chat = await chats.find(tx, chat.id) or chat  # the session has written into it
    params = given.params
    if given.quote:
        await post_system_message(tx, chat, 0, given.quote)
    if given.file_ids:  # those that came from another server lie in the operators' chat already
        copies = given.file_ids if given.remote_id else await copy_files(tx, guest, given.file_ids, chat)
        params = {**params, "FILE_ID": list(copies)}
    message = await post_message(
        tx,
        NewMessage(
            chat=chat,
            author_id=guest.id,
            actor_id=guest.id,
            text=given.text,
            params=params,
            reply_to=await line_clients.message_of(tx, given.reply_to) if given.reply_to else 0,
            calls_commands=False,  # COMPAT(bitrix24): slash commands of customers are not executed
            client_id=given.client_id if not client.client_chat_id else None,
            is_relayed=True,
        ),
    )
    own = given.posted
    if own is None and client.client_chat_id:
        own = await _in_own_chat(tx, client, guest, given)
    if own is not None or given.remote_id:
        await line_clients.pair(tx, message.id, own.id if own else -given.remote_id)
    await sessions.note_client_wrote(tx, client, session, message)
    return own or message


async def client_changes(tx: Tx, client: LineClient, message_id: int, text: str) -> Message:
    """Change the text of a customer's own message. Raises CannotEditError."""
    guest = await clients.guest_of(tx, client)
    message, seat = await access.message_to_edit(tx, guest, message_id)
    if message.chat_id != client.client_chat_id or not text.strip():
        raise CannotEditError
    change = MessageChange(text=text)
    twin = await _operators_twin(tx, message)
    if twin is not None and (chat := await chats.find(tx, twin.chat_id)) is not None:
        await apply_change(tx, guest, chat, twin, change)
    return await apply_change(tx, guest, seat.chat, message, change)


async def client_deletes(tx: Tx, client: LineClient, message_id: int) -> Message:
    """Empty a customer's own message. Raises CannotEditError."""
    guest = await clients.guest_of(tx, client)
    message, seat = await access.message_to_delete(tx, guest, message_id)
    if message.chat_id != client.client_chat_id or message.deleted_at:
        raise CannotEditError
    twin = await _operators_twin(tx, message)
    if twin is not None and (chat := await chats.find(tx, twin.chat_id)) is not None:
        await empty_message(tx, guest, chat, twin)
    return await empty_message(tx, guest, seat.chat, message)


async def client_likes(tx: Tx, client: LineClient, message_id: int, *, wish: bool | None) -> bool:
    """Like a message or take that back; the new state. Raises NothingChangedError, MessageNotFoundError."""
    guest = await clients.guest_of(tx, client)
    message, _ = await access.message_to_read(tx, guest, message_id)
    if message.chat_id != client.client_chat_id:
        raise MessageNotFoundError
    is_liked = await like_message(tx, guest, message_id, wish=wish)
    twin = await _operators_twin(tx, message)
    if twin is not None:
        await like_message(tx, guest, twin.id, wish=is_liked)
    return is_liked


async def client_reads(tx: Tx, client: LineClient, message_id: int) -> None:
    """Mark what the customer has seen; operators see that, too."""
    guest = await clients.guest_of(tx, client)
    seat = await access.chat_of_member(tx, guest, Dialog(chat_id=client.client_chat_id))
    if await reads.read_up_to(tx, seat, message_id) is None or not client.chat_id:
        return
    twin_id = await line_clients.newest_client_pair_up_to(tx, client.client_chat_id, message_id)
    if twin_id:
        await reads.read_up_to(tx, await access.chat_of_member(tx, guest, Dialog(chat_id=client.chat_id)), twin_id)


async def client_types(tx: Tx, client: LineClient) -> None:
    """Show the operators that the customer is writing."""
    if client.chat_id:
        await record(tx, TypingStarted(chat_id=client.chat_id, actor_id=client.person_id))


# ------------------------------------------------------------------------------------------------------ to the customer


async def operators_wrote(tx: Tx, chat: Chat, message: Message) -> None:
    """Pass on what was written in the operators' chat, unless it is for them alone."""
    params = message.read_params()
    client = await line_clients.of_chat(tx, chat.id)
    if client is None or not message.author_id or message.author_id == client.person_id or line_hooks.is_hidden(params):
        return
    author = await people.find(tx, message.author_id)
    if author is None:
        return
    await sessions.note_operators_wrote(tx, client, author)
    await pass_on(tx, client, chat, message)


async def operators_changed(tx: Tx, person: Person, message: Message, change: MessageChange) -> None:
    """Pass on a change; what the customer never got stays so."""
    client = await line_clients.of_chat(tx, message.chat_id)
    if client is None or person.id == client.person_id:
        return
    twin_id = await line_clients.client_message_of(tx, message.id)
    if twin_id:
        await outlets.change(tx, client, person, twin_id, change)


async def operators_deleted(tx: Tx, person: Person, message: Message, *, is_complete: bool) -> None:
    """Pass on a deletion."""
    client = await line_clients.of_chat(tx, message.chat_id)
    if client is None or person.id == client.person_id:
        return
    twin_id = await line_clients.client_message_of(tx, message.id)
    if twin_id:
        await outlets.delete(tx, client, person, twin_id, is_complete=is_complete)


async def operators_liked(tx: Tx, person: Person, message: Message, *, is_liked: bool) -> None:
    """Pass on a like."""
    client = await line_clients.of_chat(tx, message.chat_id)
    if client is None or person.id == client.person_id:
        return
    twin_id = await line_clients.client_message_of(tx, message.id)
    if twin_id:
        await outlets.like(tx, client, person, twin_id, is_liked=is_liked)


async def operators_read(tx: Tx, chat: Chat, reader_id: int, message_id: int) -> None:
    """Pass on that the one who serves has read: others only look."""
    client = await line_clients.of_chat(tx, chat.id)
    if client is None or reader_id == client.person_id:
        return
    session = await line_sessions.newest_of_chat(tx, chat.id)
    if session is None or session.operator_id != reader_id:
        return
    twin_id = await line_clients.newest_pair_up_to(tx, chat.id, message_id)
    if twin_id > 0:
        await outlets.read(tx, client, twin_id)


async def operators_type(tx: Tx, person: Person, chat: Chat) -> None:
    """Pass on that the one who serves is writing, if the line shows that."""
    client = await line_clients.of_chat(tx, chat.id)
    if client is None or person.id == client.person_id or line_hooks.is_silent(chat):
        return
    session = await line_sessions.newest_of_chat(tx, chat.id)
    line = await lines.find(tx, client.line_id)
    if session is None or line is None or person.id not in {session.operator_id, session.bot_id}:
        return
    if settings_of(line).shows_typing:
        await outlets.typing(tx, client, person)


# ---------------------------------------------------------------------------------------------------------------- parts


async def _in_own_chat(tx: Tx, client: LineClient, guest: Person, given: ClientMessage) -> Message:
    """Store the customer's copy, which is the one that his program knows."""
    chat = await chats.find(tx, client.client_chat_id)
    if chat is None:
        raise LookupError(client.client_chat_id)
    params = {**given.params, "FILE_ID": list(given.file_ids)} if given.file_ids else given.params
    return await post_message(
        tx,
        NewMessage(
            chat=chat,
            author_id=guest.id,
            actor_id=guest.id,
            text=given.text,
            params=params,
            client_id=given.client_id,
            reply_to=given.reply_to,
            calls_bots=False,
            is_relayed=True,
        ),
    )


async def _known(tx: Tx, client: LineClient, client_id: str) -> Message | None:
    return await messages.find_by_client_id(tx, client.person_id, client_id)


async def _operators_twin(tx: Tx, message: Message) -> Message | None:
    twin_id = await line_clients.message_of(tx, message.id)
    return await messages.find(tx, twin_id) if twin_id else None
