"""Folders: one of each chat, and of each person a root with "Saved files" in it. Made when they are needed.

Rules: spec ``bitrix24-im.md`` §9; seed "im.disk.folder.get", "im.disk.file.save".
"""

from __future__ import annotations

import msgspec

from skvorets.core import access, file_names
from skvorets.core.access import Dialog, Seat
from skvorets.core.restrictions import require
from skvorets.errors import ChatNotFoundError, NoSuchFolderError
from skvorets.storage import chats, files
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.files import File
from skvorets.storage.people import Person


class Shelf(msgspec.Struct, frozen=True):
    """A folder as one person sees it."""

    folder: File
    seat: Seat | None  # None: of a person's own folders

    @property
    def first_id(self) -> int:
        """Files of messages with smaller ids are hidden from the person."""
        return self.seat.first_id if self.seat else 0


async def folder_of_chat(tx: Tx, chat: Chat, person: Person) -> File:
    """Give the folder of a chat that ``access`` gave, made by the person when there is none yet."""
    folder = await files.root_of_chat(tx, chat.id)
    if folder is not None:
        return folder
    name = chat.title or f"chat{chat.id}"
    folder = await files.insert(tx, _new_folder(tx, name, person, chat_id=chat.id))
    await chats.change(tx, chat.id, folder_id=folder.id)
    return folder


async def saved_files_of(tx: Tx, person: Person) -> File:
    """Give the person's folder of saved files, made when there is none yet."""
    is_russian = tx.portal.language == "ru"
    root = await files.root_of_person(tx, person.id)
    if root is None:
        new = _new_folder(tx, "Мой диск" if is_russian else "My Drive", person, person_id=person.id)
        root = await files.insert(tx, new)
    name = "Сохраненные файлы" if is_russian else "Saved files"
    folder = await files.find_named(tx, root.id, file_names.key_of(name))
    if folder is not None and folder.is_folder:
        return folder
    name = await file_names.free_name(tx, root.id, name)
    new = _new_folder(tx, name, person, person_id=person.id)
    return await files.insert(tx, msgspec.structs.replace(new, parent_id=root.id, root_id=root.id))


async def folder_to_read(tx: Tx, person: Person, folder_id: int) -> Shelf:
    """Give the folder if the person sees it: his own, or that of a chat which he reads. Raises NoSuchFolderError."""
    folder = await files.find(tx, folder_id)
    if folder is None or not folder.is_folder:
        raise NoSuchFolderError
    if not folder.chat_id:
        if folder.person_id != person.id:
            raise NoSuchFolderError
        return Shelf(folder, None)
    try:
        seat = await access.chat_to_read(tx, person, Dialog(chat_id=folder.chat_id))
    except ChatNotFoundError:
        raise NoSuchFolderError from None
    return Shelf(folder, seat)


async def folder_to_fill(tx: Tx, person: Person, folder_id: int) -> File:
    """Give the folder if the person may put files into it. Raises NoSuchFolderError, NotAllowedError.

    That of an open chat may be filled before joining: posting what was put there joins.
    """
    shelf = await folder_to_read(tx, person, folder_id)
    if shelf.seat is not None:
        require(shelf.seat.chat, "send")
    return shelf.folder


def _new_folder(tx: Tx, name: str, person: Person, *, chat_id: int = 0, person_id: int = 0) -> File:
    return File(
        is_folder=1,
        chat_id=chat_id,
        person_id=person_id,
        name=name,
        name_key=file_names.key_of(name),
        author_id=person.id,
        created_at=tx.now,
        changed_at=tx.now,
    )
