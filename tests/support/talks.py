"""People, chats and messages by the core's own rules, without a server: what tests of the message index talk about."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from skvorets.core import access, messages
from skvorets.core.access import Dialog
from skvorets.core.chats import NewChat, create_chat
from skvorets.core.messages import MessageChange, NewMessage
from skvorets.core.people import NewPerson, add_person
from skvorets.search.indexer import MessageIndexer
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.messages import Message
from skvorets.storage.people import Person
from support.stores import AnyStore


@asynccontextmanager
async def indexing(store: AnyStore) -> AsyncIterator[MessageIndexer]:
    """Give a running indexer of the store."""
    wake = asyncio.Event()
    store.on_log_growth = wake.set
    indexer = MessageIndexer(store, wake)
    await indexer.start()
    try:
        yield indexer
    finally:
        await indexer.stop()
        store.on_log_growth = lambda: None


async def meet(tx: Tx, *names: str) -> tuple[list[Person], Chat]:
    """Make people and a chat of all of them."""
    people = [await add_person(tx, NewPerson(first_name=name)) for name in names]
    new = NewChat(title="Talk", member_ids=tuple(one.id for one in people))
    return people, await create_chat(tx, people[0], new)


async def say(tx: Tx, author: Person, chat: Chat, *texts: str) -> list[Message]:
    """Post messages as somebody of the chat."""
    seat = await access.chat_to_read(tx, author, Dialog(chat_id=chat.id))
    return [
        await messages.post_message(tx, NewMessage(chat=seat.chat, author_id=author.id, actor_id=author.id, text=text))
        for text in texts
    ]


async def reword(tx: Tx, author: Person, message_id: int, text: str) -> None:
    """Change a message's text; an empty one deletes it."""
    await messages.change_message(tx, author, message_id, MessageChange(text=text))


async def wipe(tx: Tx, author: Person, message_ids: Sequence[int]) -> None:
    """Remove messages without trace."""
    for message_id in message_ids:
        await messages.delete_message(tx, author, message_id, is_complete=True)
