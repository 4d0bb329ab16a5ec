"""Forwarding: a message is shown again in other chats, as somebody else's words; its files go along as copies.

The new message names the first author and the first message (``FORWARD_USER_ID``, ``FORWARD_ID``), also when what is
forwarded was forwarded itself. It cannot be edited. Whoever reads it needs no right to the chat that it comes from.
Rules: spec ``bitrix24-im.md`` §4.5, §8.3; who may forward what is undocumented.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from skvorets.core import access, chats
from skvorets.core.access import Dialog
from skvorets.core.files import copy_into_chat
from skvorets.core.messages import SYSTEM_CLASS, NewMessage, post_message
from skvorets.errors import MessageNotFoundError, NotAllowedError
from skvorets.storage import messages
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.messages import FORWARD_ID, Message
from skvorets.storage.people import Person

FORWARD_USER_ID: Final = "FORWARD_USER_ID"
"""The param with who wrote what is forwarded."""
# What a message shows beside its words. Buttons stay where their bot is.
_KEPT = ("ATTACH", "URL_ID", "URL_ONLY")


class Forwarding(msgspec.Struct, frozen=True, kw_only=True):
    """Where a message is to be shown again."""

    chat_ids: Sequence[int]
    client_id: str  # id of the sender's program for all of it; a repeated send gives the same messages back
    text: str = ""  # said before it, as a message of its own


async def forward_message(tx: Tx, person: Person, message_id: int, forwarding: Forwarding) -> list[Message]:
    """Show a message again in some chats; the new messages, chat by chat. In all of them or in none.

    Raises MessageNotFoundError (also for a deleted one), NotAllowedError for a line of the system, and the refusals of
    ``chats.seat_to_write`` and ``post_message``.
    """
    source, _ = await access.message_to_read(tx, person, message_id)
    if source.deleted_at:
        raise MessageNotFoundError
    params = source.read_params()
    if source.author_id == 0 or params.get("CLASS") == SYSTEM_CLASS:
        raise NotAllowedError
    posted: list[Message] = []
    # In the order of ids: two who forward into the same chats never wait for each other.
    for chat_id in sorted(set(forwarding.chat_ids)):
        chat = (await chats.seat_to_write(tx, person, Dialog(chat_id=chat_id))).chat
        client_id = f"{forwarding.client_id}:{chat_id}"
        if forwarding.text.strip():
            words = _words(person, chat, forwarding.text, f"{client_id}:text")
            posted.append(await post_message(tx, words))
        posted.append(await _show_again(tx, person, chat, source, client_id))
    return posted


async def _show_again(tx: Tx, person: Person, chat: Chat, source: Message, client_id: str) -> Message:
    known = await messages.find_by_client_id(tx, person.id, client_id)
    if known is not None:
        return known
    params = source.read_params()
    shown: dict[str, Any] = {name: params[name] for name in _KEPT if name in params}
    shown[FORWARD_ID] = params.get(FORWARD_ID, source.id)
    shown[FORWARD_USER_ID] = params.get(FORWARD_USER_ID, source.author_id)
    if params.get("FILE_ID") and (copies := await copy_into_chat(tx, person, params["FILE_ID"], chat)):
        shown["FILE_ID"] = copies
    again = _words(person, chat, source.text, client_id)
    return await post_message(tx, msgspec.structs.replace(again, params=shown, previews_links="ATTACH" not in shown))


def _words(person: Person, chat: Chat, text: str, client_id: str) -> NewMessage:
    return NewMessage(
        chat=chat,
        author_id=person.id,
        actor_id=person.id,
        text=text,
        client_id=client_id,
        calls_bots=not person.is_bot,
    )
