"""What a chat says of itself beside its title: description and picture. See also ``core/chats.py``."""

from __future__ import annotations

from skvorets.core.access import Seat
from skvorets.core.chats import MAX_DESCRIPTION
from skvorets.core.events import ChatChanged, record
from skvorets.core.restrictions import require
from skvorets.errors import NothingChangedError
from skvorets.storage import chats
from skvorets.storage.database import Tx
from skvorets.storage.people import Person


async def describe_chat(tx: Tx, actor: Person, seat: Seat, description: str) -> None:
    """Change the description; nothing is said in the chat. Raises NothingChangedError, FixedChatError …"""
    require(seat.chat, "rename")
    description = description.strip()[:MAX_DESCRIPTION]
    if seat.chat.description == description:
        raise NothingChangedError
    await chats.change(tx, seat.chat.id, description=description)
    await record(tx, ChatChanged(chat_id=seat.chat.id, actor_id=actor.id, changed=["description"]))


async def remove_avatar(tx: Tx, actor: Person, seat: Seat) -> None:
    """Take the picture away. Raises NothingChangedError when there is none, FixedChatError, GeneralChatError."""
    require(seat.chat, "avatar")
    if not seat.chat.avatar:
        raise NothingChangedError
    await chats.change(tx, seat.chat.id, avatar="")
    await record(tx, ChatChanged(chat_id=seat.chat.id, actor_id=actor.id, changed=["avatar"]))
