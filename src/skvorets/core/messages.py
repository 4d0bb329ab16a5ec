"""Posting, changing, deleting and liking: the only ways in which messages come to exist and change.

Rules: spec ``bitrix24-im.md`` §8, ``bitrix24-events.md`` §3 and §5.5.
"""

from __future__ import annotations

from typing import Any

import msgspec

from skvorets.core import access, commands, line_hooks, link_previews, markup, message_notices
from skvorets.core.events import MessageAdded, MessageChanged, MessageDeleted, MessageLiked, record
from skvorets.core.mention_names import MENTIONS, mentioned_by, with_names
from skvorets.errors import (
    CannotEditError,
    EmptyMessageError,
    MessageNotFoundError,
    NothingChangedError,
    ReplyElsewhereError,
)
from skvorets.storage import files, letters, messages, people, reads, record_chats
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.messages import Message
from skvorets.storage.people import Person

# Shown as a line of the system, not as somebody's words. [source: im]
SYSTEM_CLASS = "bx-messenger-content-item-system"
# Params that make a message without text worth posting.
_CONTENT_PARAMS = ("ATTACH", "FILE_ID")


class NewMessage(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be posted. The caller has fetched ``chat`` through ``access``."""

    chat: Chat
    author_id: int  # 0 = system
    actor_id: int  # who caused it: his dialog is read up to the message; 0 = nobody
    text: str
    params: dict[str, Any] = {}  # documented message params, only keys that differ from their default
    client_id: str | None = None  # id of the sender's program; a repeated send gives the first message back
    calls_bots: bool = True  # may bots and slash commands react?
    platform: str = ""
    reply_to: int = 0  # id of the answered message of the same chat, 0 = none
    skips_connector: bool = False  # is it kept from the client of an open line?
    previews_links: bool = True  # may links be shown as cards?
    calls_commands: bool = True  # may slash commands in it be called, if bots are?
    is_relayed: bool = False  # does core/lines/relay.py post it, which sees to both chats itself?


async def post_message(tx: Tx, new: NewMessage) -> Message:
    """Post a message: the only way a message comes to exist.

    The text is trimmed, cut at 20,000 characters and empty mentions get their names. Raises EmptyMessageError;
    MessageNotFoundError and ReplyElsewhereError when the answered message is not one that the author sees in the chat.
    """
    if new.client_id is not None:
        known = await messages.find_by_client_id(tx, new.author_id, new.client_id)
        if known is not None:
            return known
    text = markup.cut(new.text.strip())
    if not text and not any(new.params.get(name) for name in _CONTENT_PARAMS):
        raise EmptyMessageError
    params = line_hooks.params_of(new.chat, new.params, new.author_id, is_whisper=new.skips_connector)
    if new.reply_to:
        await _check_reply(tx, new)
        params = {**params, "REPLY_ID": new.reply_to}
    if "[" in text:
        text = await with_names(tx, text)
    if not new.is_relayed:
        await line_hooks.posting(tx, new.chat, new.author_id, params)
    message = await messages.insert(
        tx,
        Message(
            id=0,
            chat_id=new.chat.id,
            seq=0,
            author_id=new.author_id,
            created_at=tx.now,
            text=text,
            params=_encode(params),
            client_id=new.client_id,
            edited_at=0,
            deleted_at=0,
        ),
        new.actor_id,
    )
    await _keep_books(tx, new, message)
    calls_bots = new.calls_bots
    is_own = messages.FORWARD_ID not in new.params  # what somebody said elsewhere calls nobody here
    if (
        calls_bots
        and new.calls_commands
        and is_own
        and "/" in text
        and await commands.call_typed(tx, new.chat, new.actor_id, message)
    ):
        calls_bots = False  # a message with a command reaches no bot as a message [source: im]
    await record(tx, _added(new, message, params, calls_bots=calls_bots))
    if is_own and ("[" in text or MENTIONS in params) and new.params.get("NOTIFY") != "N":
        await message_notices.tell_mentioned(tx, new.chat, message)
    if not new.is_relayed:
        await line_hooks.posted(tx, new.chat, message)
    return message


async def post_system_message(tx: Tx, chat: Chat, actor_id: int, text: str, **params: object) -> Message:
    """Post a line of the system (author 0), such as "A invited B". ``actor_id`` caused it."""
    return await post_message(
        tx,
        NewMessage(
            chat=chat,
            author_id=0,
            actor_id=actor_id,
            text=text,
            params={"CLASS": SYSTEM_CLASS, **params},
            calls_bots=False,
            previews_links=False,
        ),
    )


class MessageChange(msgspec.Struct, frozen=True, kw_only=True):
    """What is to become of a message; None = stays as it is."""

    text: str | None = None
    # Params to set; a value of None removes the param.
    params: dict[str, Any] = {}
    marks_edited: bool = True
    previews_links: bool = True  # may links in the new text be shown as cards?
    touches: bool = False  # is the time of the change noted also when the text stays as it is?
    skips_connector: bool = False  # is it kept from the client of an open line?


async def change_message(tx: Tx, person: Person, message_id: int, change: MessageChange) -> Message:
    """Change text or content; an empty text deletes the message. Raises CannotEditError."""
    message, seat = await access.message_to_edit(tx, person, message_id)
    if change.text is not None and not change.text.strip():
        return await empty_message(tx, person, seat.chat, message, skips_connector=change.skips_connector)
    return await apply_change(tx, person, seat.chat, message, change)


async def apply_change(tx: Tx, person: Person, chat: Chat, message: Message, change: MessageChange) -> Message:
    """Change a message of this chat for somebody who may; an empty text empties the text only."""
    params = message.read_params()
    text = message.text
    if change.text is not None:
        text = await with_names(tx, markup.cut(change.text.strip()))
    is_reworded = text != message.text
    if "ATTACH" in change.params:
        link_previews.take_out(params)
    elif is_reworded:
        link_previews.reconsider(params, message.text, text, is_wanted=change.previews_links)
    for name, value in change.params.items():
        params.pop(name, None)
        if value is not None:
            params[name] = value
    if "KEYBOARD" in change.params:
        # Clients that wait for the bot's answer to a click see by it that the keyboard is another one. [source: im]
        params["KEYBOARD_UID"] = params.get("KEYBOARD_UID", 0) + 1
    if is_reworded and change.marks_edited:
        params["IS_EDITED"] = "Y"
    params.pop("IS_DELETED", None)
    edited_at = tx.now if is_reworded or change.touches else message.edited_at
    changed = msgspec.structs.replace(message, text=text, params=_encode(params), edited_at=edited_at, deleted_at=0)
    await messages.change(tx, changed)
    if message.deleted_at and chat.entity_type == record_chats.ENTITY_TYPE:
        await record_chats.count_again(tx, chat.id, more=1)
    await record(
        tx,
        MessageChanged(
            id=changed.id,
            chat_id=changed.chat_id,
            author_id=changed.author_id,
            actor_id=person.id,
            created_at=changed.created_at,
            edited_at=changed.edited_at,
            text=changed.text,
            params=params or None,
            calls_bots=not person.is_bot and changed.author_id != 0,
            previews_links=is_reworded and change.previews_links,
        ),
    )
    await line_hooks.changed(tx, person, chat, message, change)
    return changed


async def delete_message(tx: Tx, person: Person, message_id: int, *, is_complete: bool = False) -> Message:
    """Empty a message, or remove it without trace. Raises CannotEditError, also for one that is emptied already."""
    message, seat = await access.message_to_delete(tx, person, message_id)
    if message.deleted_at and not is_complete:
        raise CannotEditError
    return await empty_message(tx, person, seat.chat, message, is_complete=is_complete)


async def like_message(tx: Tx, person: Person, message_id: int, *, wish: bool | None) -> bool:
    """Like (True), take back (False) or toggle (None); the new state.

    Raises NothingChangedError when it was so already, MessageNotFoundError for strangers.
    """
    message, seat = await access.message_to_read(tx, person, message_id)
    if seat.member is None or message.deleted_at:
        raise NothingChangedError
    likes = (await messages.likes_of(tx, [message_id])).get(message_id, [])
    is_liked = person.id not in likes if wish is None else wish
    is_changed = await (
        messages.insert_like(tx, message_id, person.id) if is_liked else messages.delete_like(tx, message_id, person.id)
    )
    if not is_changed:
        raise NothingChangedError
    likes = [*likes, person.id] if is_liked else [one for one in likes if one != person.id]
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
    if is_liked:
        await message_notices.tell_liked(tx, seat.chat, message, person)
    else:
        await message_notices.untell_liked(tx, message, person)
    await line_hooks.liked(tx, person, seat.chat, message, is_liked=is_liked)
    return is_liked


async def empty_message(
    tx: Tx,
    person: Person,
    chat: Chat,
    message: Message,
    *,
    is_complete: bool = False,
    skips_connector: bool = False,
) -> Message:
    """Empty a message of this chat, or remove it without trace, for somebody who was found to be allowed to."""
    mentioned = list(mentioned_by(message.text, message.read_params()))
    if shown := message.read_params().get("FILE_ID"):
        await files.delete_of_message(tx, message.id, shown, person.id)
    emptied = msgspec.structs.replace(
        message, text="", params=_encode(_params_after_deletion(message)), deleted_at=tx.now
    )
    if is_complete:
        await messages.delete(tx, message.id)
        if await messages.insert_uncounted(tx, message.chat_id, message.seq):
            await reads.forget_own_unread(tx, message.chat_id, message.author_id, message.seq)
        if chat.last_message_id == message.id:
            await messages.repair_last(tx, message.chat_id)
    else:
        await messages.change(tx, emptied)
    if not message.deleted_at and chat.entity_type == record_chats.ENTITY_TYPE:
        await record_chats.count_again(tx, chat.id, more=-1)
    await record(
        tx,
        MessageDeleted(
            id=message.id,
            chat_id=message.chat_id,
            author_id=message.author_id,
            actor_id=person.id,
            created_at=message.created_at,
            is_complete=is_complete,
            mentioned=mentioned,
            calls_bots=not person.is_bot and message.author_id != 0,
        ),
    )
    await message_notices.forget_message(tx, message.id)
    if not skips_connector:
        await line_hooks.deleted(tx, person, chat, message, is_complete=is_complete)
    return emptied


def _params_after_deletion(message: Message) -> dict[str, Any]:
    kept = {name: value for name, value in message.read_params().items() if name in {"CLASS", "CODE", "NOTIFY"}}
    return {**kept, "IS_DELETED": "Y"}


def _encode(params: dict[str, Any]) -> str | None:
    return msgspec.json.encode(params).decode() if params else None


async def _check_reply(tx: Tx, new: NewMessage) -> None:
    author = await people.find(tx, new.actor_id)
    if author is None:
        raise MessageNotFoundError
    answered, _ = await access.message_to_read(tx, author, new.reply_to)
    if answered.chat_id != new.chat.id:
        raise ReplyElsewhereError


async def _keep_books(tx: Tx, new: NewMessage, message: Message) -> None:
    """Note what stands beside a new message: its files, whether it counts, the record or letter that it belongs to."""
    if shown := new.params.get("FILE_ID"):
        await files.show_in(tx, message.id, new.chat.id, shown)
    if new.params.get("NOTIFY") == "N":
        await messages.insert_uncounted(tx, new.chat.id, message.seq)
    if new.chat.entity_type == record_chats.ENTITY_TYPE:
        await record_chats.count_added(tx, message)
    elif new.chat.entity_type == letters.ENTITY_TYPE and new.author_id:
        await letters.send_to_members(tx, message)


def _added(new: NewMessage, message: Message, params: dict[str, Any], *, calls_bots: bool) -> MessageAdded:
    return MessageAdded(
        id=message.id,
        chat_id=message.chat_id,
        seq=message.seq,
        author_id=message.author_id,
        actor_id=new.actor_id,
        created_at=message.created_at,
        text=message.text,
        params=params or None,
        client_id=message.client_id,
        calls_bots=calls_bots,
        platform=new.platform,
        skips_connector=new.skips_connector,
        previews_links=new.previews_links,
    )
