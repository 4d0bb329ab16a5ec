"""What administrators do to chats they need not be in: members, owner, title, closing. They read nothing there.

Who calls these functions was found to be an administrator. Dialogs of two and the chats of notifications are nobody
else's business: they look absent here. What the kind of a chat forbids to everybody is forbidden to administrators, too
(``core/restrictions.py``).
"""

from __future__ import annotations

from skvorets.core import chats, members
from skvorets.core.access import Seat
from skvorets.core.events import ChatChanged, MembersLeft, record
from skvorets.core.restrictions import raise_fixed, require
from skvorets.errors import ChatNotFoundError, NothingChangedError
from skvorets.storage import chats as rows
from skvorets.storage import members as member_rows
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.line_clients import CLIENT_ENTITY
from skvorets.storage.people import Person

_SHOWN = frozenset({"group", "open", "line"})


async def chat_to_oversee(tx: Tx, chat_id: int) -> Chat:
    """Give a chat of several people. Raises ChatNotFoundError."""
    chat = await rows.find(tx, chat_id)
    if chat is None or chat.kind not in _SHOWN:
        raise ChatNotFoundError
    return chat


async def rename(tx: Tx, actor: Person, chat_id: int, title: str) -> Chat:
    """Change the title; the chat as it was. Errors as of ``chats.rename_chat``."""
    chat = await chat_to_oversee(tx, chat_id)
    await chats.rename_chat(tx, actor, Seat(chat, None), title)
    return chat


async def add_members(tx: Tx, actor: Person, chat_id: int, ids: list[int], *, shows_history: bool) -> list[Person]:
    """Bring people in; those who came. Errors as of ``members.add_members``."""
    chat = await chat_to_oversee(tx, chat_id)
    return await members.bring_in(tx, actor, chat, ids, shows_history=shows_history)


async def remove_member(tx: Tx, actor: Person, chat_id: int, person_id: int) -> Chat:
    """Put somebody out; a chat of his goes to the one who was there longest. Raises NotMemberError, FixedChatError."""
    chat = await chat_to_oversee(tx, chat_id)
    require(chat, "leave_owner" if chat.owner_id == person_id else "leave")
    await members.put_out(tx, actor, chat, person_id)
    return chat


async def change_owner(tx: Tx, actor: Person, chat_id: int, person_id: int) -> Chat:
    """Give the chat to another member. Raises NotMemberError, FixedChatError, NothingChangedError."""
    chat = await chat_to_oversee(tx, chat_id)
    require(chat, "leave_owner")
    if chat.owner_id == person_id:
        raise NothingChangedError
    await chats.hand_over(tx, actor, chat, person_id)
    return chat


async def close(tx: Tx, actor: Person, chat_id: int) -> Chat:
    """Take the chat from everybody: it vanishes from all lists, nobody can read it or come in.

    Messages and files stay in the database. Raises FixedChatError, GeneralChatError, NothingChangedError (closed).
    """
    chat = await chat_to_oversee(tx, chat_id)
    require(chat, "leave_owner")
    if chat.kind == "line" or chat.entity_type == CLIENT_ENTITY:
        raise_fixed(chat)  # conversations of open lines are finished, not closed
    if not chat.member_count and chat.kind != "open":
        raise NothingChangedError
    # An open chat could be joined by everybody: it is open no more.
    await rows.change(tx, chat.id, owner_id=0, **({"kind": "group"} if chat.kind == "open" else {}))
    await record(tx, ChatChanged(chat_id=chat.id, actor_id=actor.id, changed=["owner"]))
    for ids in (await member_rows.remove_all(tx, [chat.id])).values():
        await record(tx, MembersLeft(chat_id=chat.id, person_ids=ids, actor_id=actor.id))
    return chat
