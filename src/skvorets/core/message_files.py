"""Files in messages: posting them, and taking one out of a message.

Rules: spec ``bitrix24-im.md`` §9, §8.3; seed "im.disk.file.commit", "im.disk.file.delete".
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from skvorets.core import files as file_rules
from skvorets.core import folders, phrases
from skvorets.core.access import Seat
from skvorets.core.events import MessageChanged, record
from skvorets.core.messages import NewMessage, delete_message, post_message
from skvorets.errors import NoSuchFileError
from skvorets.storage import files, messages
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.files import File
from skvorets.storage.messages import Message
from skvorets.storage.people import Person


class FilePost(msgspec.Struct, frozen=True, kw_only=True):
    """Files to be posted as one message."""

    file_ids: Sequence[int]
    text: str = ""
    client_id: str | None = None  # id of the sender's program; a repeated send gives the first message back
    skips_connector: bool = False  # is it kept from the client of an open line?
    reply_to: int = 0  # id of the answered message of the same chat, 0 = none


async def post_files(tx: Tx, person: Person, chat: Chat, post: FilePost) -> Message:
    """Post one message with files into a chat that ``seat_to_write`` gave.

    The person's own uploads into the chat's folder are shown as they are, of everything else a copy is. Files that he
    may not read are left out; raises NoSuchFileError when none is left.
    """
    if post.client_id is not None:
        known = await messages.find_by_client_id(tx, person.id, post.client_id)
        if known is not None:
            return known
    shown = await _own_or_copied(tx, person, chat, post.file_ids)
    if not shown:
        raise NoSuchFileError
    return await post_message(
        tx,
        NewMessage(
            chat=chat,
            author_id=person.id,
            actor_id=person.id,
            text=post.text,
            params={"FILE_ID": shown},
            client_id=post.client_id,
            skips_connector=post.skips_connector,
            reply_to=post.reply_to,
        ),
    )


async def remove_file(tx: Tx, person: Person, seat: Seat, file_id: int) -> bool:
    """Delete a file of the chat for all; was it done? Only who put it there may.

    A message with nothing else in it is deleted, too. Raises NoSuchFileError.
    """
    file = await file_rules.file_to_read(tx, person, file_id)
    if file.chat_id != seat.chat.id:
        raise NoSuchFileError
    if file.author_id != person.id:
        return False
    message = await messages.find(tx, file.message_id) if file.message_id else None
    if message is None:
        await files.delete(tx, [file.id], person.id)
        return True
    left = [one for one in message.read_params().get("FILE_ID", []) if one != file.id]
    is_empty = not message.text and not left and "ATTACH" not in message.read_params()
    if is_empty and message.author_id == person.id and not message.deleted_at:
        await delete_message(tx, person, message.id)  # and its files with it
        return True
    await files.delete(tx, [file.id], person.id)
    await _show_fewer(tx, person, message, left)
    return True


async def take_down(tx: Tx, actor: Person, file_id: int) -> File:
    """Delete any file for all; the file as it was. Who calls was found to be an administrator.

    A message with nothing else in it says what befell its file. Raises NoSuchFileError.
    """
    file = await files.find(tx, file_id)
    if file is None or file.is_folder:
        raise NoSuchFileError
    await files.delete(tx, [file.id], actor.id)
    message = await messages.find(tx, file.message_id) if file.message_id else None
    if message is not None and not message.deleted_at:
        params = message.read_params()
        left = [one for one in params.get("FILE_ID", []) if one != file.id]
        if not message.text and not left and "ATTACH" not in params:
            message = msgspec.structs.replace(message, text=phrases.file_taken_down(tx.portal.language))
        await _show_fewer(tx, actor, message, left)
    return file


async def _own_or_copied(tx: Tx, person: Person, chat: Chat, file_ids: Sequence[int]) -> list[int]:
    shown: list[int] = []
    folder = None
    for file in await file_rules.files_to_read(tx, person, file_ids):
        if file.chat_id == chat.id and not file.message_id:
            shown.append(file.id)
            continue
        folder = folder or await folders.folder_of_chat(tx, chat, person)
        shown.append((await file_rules.copy_file(tx, person, file, folder)).id)
    return shown


async def _show_fewer(tx: Tx, person: Person, message: Message, left: Sequence[int]) -> None:
    params = message.read_params()
    params.pop("FILE_ID", None)
    if left:
        params["FILE_ID"] = list(left)
    encoded = msgspec.json.encode(params).decode() if params else None
    await messages.change(tx, msgspec.structs.replace(message, params=encoded))
    await record(
        tx,
        MessageChanged(
            id=message.id,
            chat_id=message.chat_id,
            author_id=message.author_id,
            actor_id=person.id,
            created_at=message.created_at,
            edited_at=message.edited_at,
            text=message.text,
            params=params or None,
            calls_bots=not person.is_bot and message.author_id != 0,
        ),
    )
