"""What follows in an open line from what is done in the operators' chat: the customer gets it, too.

Whoever writes, changes, deletes, likes, reads or types there does it by the same functions as everywhere; those tell
here. Nothing is asked of the database for other chats.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from skvorets.storage import network_lines
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.messages import Message
from skvorets.storage.people import Person

if TYPE_CHECKING:
    from skvorets.core.messages import MessageChange

NETWORK_ENTITY: Final = "NETWORK"
"""Entity type of a private dialog with a bot that stands for a line."""
HIDDEN_CLASS: Final = "bx-messenger-content-item-system"
"""CLASS of what somebody wrote in the operators' chat for other operators only. [source: imol]"""


def params_of(chat: Chat, params: dict[str, Any], author_id: int, *, is_whisper: bool) -> dict[str, Any]:
    """Give the params of a new message: what the customer does not get is marked for those who do."""
    if chat.kind != "line" or not author_id or not (is_whisper or is_silent(chat)) or "CLASS" in params:
        return params
    return {**params, "CLASS": HIDDEN_CLASS}


def is_silent(chat: Chat) -> bool:
    """Is everything that is written in the operators' chat kept from the customer? [source: imol]"""
    return chat.entity_data_3 == "Y"


def is_hidden(params: Mapping[str, Any]) -> bool:
    """Is a message of the operators' chat kept from the customer?"""
    return params.get("CLASS") == HIDDEN_CLASS


def _is_network(chat: Chat) -> bool:
    return chat.entity_type == NETWORK_ENTITY and chat.is_private


async def may_look(tx: Tx, person: Person, chat: Chat) -> bool:
    """May somebody who is no member read the chat, since he serves its line?"""
    if chat.kind != "line":
        return False
    from skvorets.core.lines import desk  # noqa: PLC0415 — lines stand on access, which asks them

    return await desk.may_look(tx, person, chat)


async def come_in(tx: Tx, person: Person, chat: Chat) -> bool:
    """Let somebody who serves a line into a chat of it without a word; False for other chats."""
    if chat.kind != "line":
        return False
    from skvorets.core.lines import sessions  # noqa: PLC0415 — lines stand on chats, which tell them

    await sessions.come_in(tx, person, chat)
    return True


async def opened(tx: Tx, chat: Chat, opener: Person, other: Person) -> Chat:
    """Tell of a new private dialog; the chat as it is then."""
    if "network" not in {opener.kind, other.kind}:
        return chat
    from skvorets.core.lines import network_dialogs  # noqa: PLC0415 — lines stand on chats, which tell them

    return await network_dialogs.opened(tx, chat, opener, other)


async def posting(tx: Tx, chat: Chat, author_id: int, params: Mapping[str, Any]) -> None:
    """Let an operator have the conversation in which he is about to answer.

    Wait for the operators' chat before a message is written into a person's dialog with a line: both are written.
    """
    if chat.kind == "line" and author_id and not is_hidden(params):
        from skvorets.core.lines import sessions  # noqa: PLC0415 — lines stand on messages, which tell them

        await sessions.note_operators_write(tx, chat.id, author_id)
    elif _is_network(chat):
        await network_lines.wait_for_operators(tx, chat.id)


async def posted(tx: Tx, chat: Chat, message: Message) -> None:
    """Pass on a new message."""
    if chat.kind == "line":
        from skvorets.core.lines import relay  # noqa: PLC0415 — lines stand on messages, which tell them

        await relay.operators_wrote(tx, chat, message)
    elif _is_network(chat):
        from skvorets.core.lines import network_dialogs  # noqa: PLC0415 — as above

        await network_dialogs.person_wrote(tx, chat, message)


async def changed(tx: Tx, person: Person, chat: Chat, message: Message, change: MessageChange) -> None:
    """Pass on the change of a message, unless it is for operators only."""
    if chat.kind == "line" and not change.skips_connector:
        from skvorets.core.lines import relay  # noqa: PLC0415 — as above

        await relay.operators_changed(tx, person, message, change)
    elif _is_network(chat):
        from skvorets.core.lines import network_dialogs  # noqa: PLC0415 — as above

        await network_dialogs.person_changed(tx, person, chat, message, change)


async def deleted(tx: Tx, person: Person, chat: Chat, message: Message, *, is_complete: bool) -> None:
    """Pass on the deletion of a message."""
    if chat.kind == "line":
        from skvorets.core.lines import relay  # noqa: PLC0415 — as above

        await relay.operators_deleted(tx, person, message, is_complete=is_complete)
    elif _is_network(chat):
        from skvorets.core.lines import network_dialogs  # noqa: PLC0415 — as above

        await network_dialogs.person_deleted(tx, person, chat, message, is_complete=is_complete)


async def liked(tx: Tx, person: Person, chat: Chat, message: Message, *, is_liked: bool) -> None:
    """Pass on a like."""
    if chat.kind == "line":
        from skvorets.core.lines import relay  # noqa: PLC0415 — as above

        await relay.operators_liked(tx, person, message, is_liked=is_liked)


async def read(tx: Tx, chat: Chat, reader_id: int, message_id: int) -> None:
    """Pass on that somebody has read."""
    if chat.kind == "line":
        from skvorets.core.lines import relay  # noqa: PLC0415 — as above

        await relay.operators_read(tx, chat, reader_id, message_id)
    elif _is_network(chat):
        from skvorets.core.lines import network_dialogs  # noqa: PLC0415 — as above

        await network_dialogs.person_read(tx, chat, reader_id, message_id)


async def typing(tx: Tx, person: Person, chat: Chat) -> None:
    """Pass on that somebody is writing."""
    if chat.kind == "line":
        from skvorets.core.lines import relay  # noqa: PLC0415 — as above

        await relay.operators_type(tx, person, chat)
    elif _is_network(chat):
        from skvorets.core.lines import network_dialogs  # noqa: PLC0415 — as above

        await network_dialogs.person_types(tx, person, chat.id)


async def left(tx: Tx, chat: Chat, person: Person) -> None:
    """Let a conversation go on after somebody has left the operators' chat."""
    from skvorets.core.lines import leaving  # noqa: PLC0415 — as above

    await leaving.somebody_left(tx, chat, person)


async def typing_to(tx: Tx, person: Person, other: Person, chat_id: int) -> None:
    """Pass on that somebody is writing in his private dialog with another one."""
    if other.kind == "network":
        from skvorets.core.lines import network_dialogs  # noqa: PLC0415 — as above

        await network_dialogs.person_types(tx, person, chat_id)
