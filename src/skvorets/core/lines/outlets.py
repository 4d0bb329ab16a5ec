"""How a customer is reached: what operators do in their chat, done on his side.

The connector ``livechat`` has a chat on this server in which he reads; that of ``network`` is in ``network.py``.
"""

from __future__ import annotations

from typing import Any

import msgspec

from skvorets.core.events import MessageLiked, TypingStarted, record
from skvorets.core.events_lines import LineClientChanged
from skvorets.core.lines.copies import copy_files
from skvorets.core.lines.visitor_content import content_for_visitors
from skvorets.core.messages import MessageChange, NewMessage, apply_change, empty_message, post_message
from skvorets.storage import chats, messages, people
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.line_clients import LIVECHAT, LineClient
from skvorets.storage.messages import Message
from skvorets.storage.people import Person


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """A message of the operators' chat on its way to the customer."""

    message: Message
    chat: Chat  # the operators'
    params: dict[str, Any]  # without those that belong to that chat
    file_ids: list[int]  # in that chat's folder
    reply_to: int  # the customer's side of the answered message, 0 = none


async def send(tx: Tx, client: LineClient, copy: Copy) -> int:
    """Hand over a new message; its id on the customer's side, 0 = it is not known yet."""
    if client.connector != LIVECHAT:
        sent: int = await _network().send(tx, client, copy)
        return sent
    chat = await _chat_of(tx, client)
    author = await people.find(tx, copy.message.author_id)
    params = {name: value for name, value in content_for_visitors(copy.params).items() if value is not None}
    if copy.file_ids and author is not None:
        params["FILE_ID"] = await copy_files(tx, author, copy.file_ids, chat)
    if copy.reply_to > 0:
        params["REPLY_ID"] = copy.reply_to
    posted = await post_message(
        tx,
        NewMessage(
            chat=chat,
            author_id=copy.message.author_id,
            actor_id=0,
            text=copy.message.text,
            params=params,
            calls_bots=False,
            previews_links=False,  # the card of the operators' message is passed on as its change
            is_relayed=True,
        ),
    )
    return posted.id


async def change(tx: Tx, client: LineClient, person: Person, message_id: int, wanted: MessageChange) -> None:
    """Change a message on the customer's side."""
    if client.connector != LIVECHAT:
        await _network().change(tx, client, person, message_id, wanted)
        return
    message = await messages.find(tx, message_id)
    if message is not None:
        kept = {name: value for name, value in wanted.params.items() if name not in {"CLASS", "FILE_ID", "REPLY_ID"}}
        wanted = msgspec.structs.replace(wanted, params=content_for_visitors(kept), previews_links=False)
        await apply_change(tx, person, await _chat_of(tx, client), message, wanted)


async def delete(tx: Tx, client: LineClient, person: Person, message_id: int, *, is_complete: bool) -> None:
    """Delete a message on the customer's side."""
    if client.connector != LIVECHAT:
        await _network().delete(tx, client, person, message_id, is_complete=is_complete)
        return
    message = await messages.find(tx, message_id)
    if message is not None:
        await empty_message(tx, person, await _chat_of(tx, client), message, is_complete=is_complete)


async def like(tx: Tx, client: LineClient, person: Person, message_id: int, *, is_liked: bool) -> None:
    """Show a like on the customer's side."""
    if client.connector != LIVECHAT:
        return  # another portal does not know who it was
    message = await messages.find(tx, message_id)
    if message is None:
        return
    await (
        messages.insert_like(tx, message_id, person.id) if is_liked else messages.delete_like(tx, message_id, person.id)
    )
    likes = (await messages.likes_of(tx, [message_id])).get(message_id, [])
    await record(
        tx,
        MessageLiked(
            id=message_id,
            chat_id=message.chat_id,
            author_id=message.author_id,
            actor_id=person.id,
            is_liked=is_liked,
            likes=likes,
        ),
    )


async def read(tx: Tx, client: LineClient, message_id: int) -> None:
    """Show the customer up to which message he was read: kept in his chat's first entity data. [source: imol]"""
    if client.connector != LIVECHAT:
        await _network().read(tx, client, message_id)
        return
    await chats.change(tx, client.client_chat_id, entity_data_1=f"Y|{message_id}|{tx.now // 1000}|{client.session_id}")
    await record(tx, LineClientChanged(chat_id=client.client_chat_id, session_id=client.session_id, change="read"))


async def typing(tx: Tx, client: LineClient, person: Person) -> None:
    """Show the customer that somebody is writing."""
    if client.connector != LIVECHAT:
        await _network().typing(tx, client, person)
        return
    await record(tx, TypingStarted(chat_id=client.client_chat_id, actor_id=person.id))


def seen_id_of(chat: Chat) -> int:
    """Up to which message of a customer's chat operators have read, 0 = nothing."""
    fields = chat.entity_data_1.split("|")
    return int(fields[1]) if fields[0] == "Y" and len(fields) > 1 and fields[1].isdigit() else 0


async def _chat_of(tx: Tx, client: LineClient) -> Chat:
    chat = await chats.find(tx, client.client_chat_id)
    if chat is None:
        raise LookupError(client.client_chat_id)
    return chat


def _network() -> Any:
    from skvorets.core.lines import network  # noqa: PLC0415 — it stands on the relay, which tells it

    return network
