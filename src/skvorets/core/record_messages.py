"""Messages about records: reading, writing, changing and deleting them by whoever may see the record.

They are ordinary messages of an ordinary chat; only who may do what is not asked of the chat's members.
Rules: spec ``bpium-messages.md`` §4.4, §4.5.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from skvorets.core import file_names, folders
from skvorets.core import files as file_rules
from skvorets.core import messages as message_rules
from skvorets.core.mention_names import MENTIONS
from skvorets.core.messages import MessageChange, NewMessage
from skvorets.core.record_chats import Topic, open_chat, seat_at
from skvorets.errors import (
    EmptyMessageError,
    MessageNotFoundError,
    NoSuchFileError,
    NotAllowedError,
    ReplyElsewhereError,
)
from skvorets.storage import files, messages, record_files
from skvorets.storage import record_chats as rows
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.messages import Message
from skvorets.storage.people import Person
from skvorets.storage.record_chats import RecordSeat

NO_LIMIT: Final = 2**31
"""More than any conversation holds."""


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What a message says; None = as it was, or nothing in a new one."""

    text: str | None = None
    mentions: Sequence[int] | None = None  # people mentioned beside the text
    attach: Sequence[Mapping[str, Any]] | None = None  # stored form of attachments, such as links to files elsewhere
    file_ids: Sequence[int] | None = None  # own uploads, or what the message shows already
    reply_to: int | None = None  # a message of the same conversation, 0 = none


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Which part of a conversation is wanted."""

    above_id: int = 0
    limit: int = NO_LIMIT
    offset: int = 0
    is_newest_first: bool = False


async def messages_about(
    tx: Tx, person: Person, topic: Topic, page: Page
) -> tuple[RecordSeat | None, Sequence[Message]]:
    """Give messages about a record, deleted ones in their empty form, and the person's seat there: two queries."""
    seat = await seat_at(tx, person, topic)
    if seat is None:
        return None, []
    shown = await rows.page(
        tx,
        seat.chat.id,
        above_id=page.above_id,
        limit=page.limit,
        offset=page.offset,
        is_reversed=page.is_newest_first,
    )
    return seat, shown


async def message_about(tx: Tx, person: Person, topic: Topic, message_id: int) -> tuple[RecordSeat, Message]:
    """Give one message about this very record. Raises MessageNotFoundError."""
    message = await messages.find(tx, message_id)
    seat = await seat_at(tx, person, topic) if message is not None else None
    if message is None or seat is None or message.chat_id != seat.chat.id:
        raise MessageNotFoundError
    return seat, message


async def write_about(tx: Tx, person: Person, topic: Topic, words: Words, *, client_id: str | None = None) -> Message:
    """Write about a record. Raises EmptyMessageError, ReplyElsewhereError, NoSuchFileError."""
    if not (words.text or "").strip() and not words.attach and not words.file_ids:
        raise EmptyMessageError
    chat = (await open_chat(tx, person, topic)).chat
    await _check_reply(tx, chat, words.reply_to)
    params: dict[str, Any] = {}
    if words.attach:
        params["ATTACH"] = list(words.attach)
    if words.mentions:
        params[MENTIONS] = list(words.mentions)
    if words.reply_to:
        params["REPLY_ID"] = words.reply_to
    if words.file_ids:
        params["FILE_ID"] = await _shown(tx, person, chat, words.file_ids, [])
    new = NewMessage(
        chat=chat,
        author_id=person.id,
        actor_id=person.id,
        text=words.text or "",
        params=params,
        client_id=client_id,
        calls_bots=not person.is_bot,
    )
    return await message_rules.post_message(tx, new)


async def change_about(tx: Tx, person: Person, topic: Topic, message_id: int, words: Words) -> Message:
    """Change a message about a record; only its author may.

    Raises MessageNotFoundError also for deleted ones, NotAllowedError, EmptyMessageError when nothing would be left,
    ReplyElsewhereError, NoSuchFileError.
    """
    seat, message = await message_about(tx, person, topic, message_id)
    if message.deleted_at:
        raise MessageNotFoundError
    if message.author_id != person.id or message.is_forwarded:
        raise NotAllowedError
    params = message.read_params()
    text = message.text if words.text is None else words.text.strip()
    attach = params.get("ATTACH") if words.attach is None else words.attach
    file_ids = params.get("FILE_ID") if words.file_ids is None else words.file_ids
    if not text and not attach and not file_ids:
        raise EmptyMessageError
    changes: dict[str, Any] = {}
    if words.reply_to is not None:
        await _check_reply(tx, seat.chat, words.reply_to, message)
        changes["REPLY_ID"] = words.reply_to or None
    if words.mentions is not None:
        changes[MENTIONS] = list(words.mentions) or None
    if words.attach is not None:
        changes["ATTACH"] = list(words.attach) or None
    if words.file_ids is not None:
        changes["FILE_ID"] = await _show_other_files(tx, person, seat.chat, message, words.file_ids) or None
    change = MessageChange(text=words.text, params=changes, touches=True)
    return await message_rules.apply_change(tx, person, seat.chat, message, change)


async def delete_about(tx: Tx, person: Person, topic: Topic, message_id: int, *, is_warden: bool) -> Message:
    """Empty a message about a record: its author may, and wardens. Nothing happens to one that is empty already.

    Raises MessageNotFoundError, NotAllowedError.
    """
    seat, message = await message_about(tx, person, topic, message_id)
    if message.author_id != person.id and not is_warden:
        raise NotAllowedError
    if message.deleted_at:
        return message
    return await message_rules.empty_message(tx, person, seat.chat, message)


async def _check_reply(tx: Tx, chat: Chat, reply_to: int | None, message: Message | None = None) -> None:
    if not reply_to:
        return
    answered = await messages.find(tx, reply_to)
    if answered is None or answered.chat_id != chat.id or answered.deleted_at:
        raise ReplyElsewhereError
    if message is not None and answered.id >= message.id:  # nothing answers itself, or what came after it
        raise ReplyElsewhereError


async def _show_other_files(tx: Tx, person: Person, chat: Chat, message: Message, file_ids: Sequence[int]) -> list[int]:
    before = message.read_params().get("FILE_ID", [])
    shown = await _shown(tx, person, chat, file_ids, before)
    if new := [one for one in shown if one not in before]:
        await files.show_in(tx, message.id, chat.id, new)
    if gone := [one for one in before if one not in shown]:
        await files.delete_of_message(tx, message.id, gone, person.id)
    return shown


async def _shown(tx: Tx, person: Person, chat: Chat, file_ids: Sequence[int], present: Sequence[int]) -> list[int]:
    """Give the ids of files as the message shows them: what the person has uploaded moves into the chat's folder.

    A file hangs in one place only: raises NoSuchFileError for one of a record or of another message.
    """
    wanted = list(dict.fromkeys(file_ids))
    new = [one for one in wanted if one not in present]
    if not new:
        return wanted
    readable = {one.id: one for one in await file_rules.files_to_read(tx, person, new)}
    hanging = await record_files.record_of(tx, new)
    folder = await folders.folder_of_chat(tx, chat, person)
    for number in new:
        file = readable.get(number)
        is_free = file is not None and file.id not in hanging and not file.message_id
        if file is None or not is_free or file.chat_id not in {0, chat.id}:
            raise NoSuchFileError
        if not file.chat_id:
            name = await file_names.free_name(tx, folder.id, file.name)
            await files.move_to_chat(tx, file.id, folder, name, file_names.key_of(name))
    return wanted
