"""Files: who may read one, putting one into a folder, copying them into chats.

A file that a message shows is read by whoever reads that message; one that no message shows yet only by who put it
there; one of a person's own folders by that person and by whoever reads a post or sees a record that it hangs on. The
bytes are kept before a row names them: ``media/files.py``. Rules: spec ``bitrix24-im.md`` §9.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from skvorets.core import access, destinations, file_names, folders, record_files
from skvorets.core.access import Dialog
from skvorets.errors import ChatNotFoundError, NameTakenError, NoSuchFileError
from skvorets.storage import chats, files, members
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.files import File
from skvorets.storage.people import Person


class Content(msgspec.Struct, frozen=True):
    """Bytes that lie in the blob store, and what they are by themselves."""

    digest: str
    size: int  # bytes
    media_type: str
    width: int = 0  # of pictures, pixels
    height: int = 0


def kind_of(file: File) -> str:
    """Give the kind of a file by its content: image (what can be shown as such), video, audio, file."""
    if file.width:
        return "image"
    kind = file.media_type.partition("/")[0]
    return kind if kind in {"audio", "video"} else "file"


async def file_to_read(tx: Tx, person: Person, file_id: int) -> File:
    """Give the file if the person may read it now. Raises NoSuchFileError for absent, deleted and hidden ones."""
    file = await files.find(tx, file_id)
    if file is None or file.is_folder:
        raise NoSuchFileError
    if not file.chat_id:
        if (
            file.person_id == person.id
            or await destinations.is_file_for(tx, person, file.id)
            or await record_files.is_file_for(tx, person, file.id)
        ):
            return file
        raise NoSuchFileError
    try:
        seat = await access.chat_to_read(tx, person, Dialog(chat_id=file.chat_id))
    except ChatNotFoundError:
        raise NoSuchFileError from None
    if not _is_shown(file, person, seat.first_id):
        raise NoSuchFileError
    return file


async def files_to_read(tx: Tx, person: Person, file_ids: Iterable[int]) -> list[File]:
    """Give those of the files that the person may read now, in the order of the ids: three queries at most."""
    wanted = list(dict.fromkeys(file_ids))
    found = {one.id: one for one in (await files.find_many(tx, wanted)).values() if not one.is_folder}
    chat_ids = sorted({one.chat_id for one in found.values() if one.chat_id})
    places = await chats.find_many(tx, chat_ids) if chat_ids else {}
    seats = await members.of_person_in(tx, person.id, chat_ids) if chat_ids else {}

    def may_read(file: File) -> bool:
        if not file.chat_id:
            return file.person_id == person.id
        chat, member = places.get(file.chat_id), seats.get(file.chat_id)
        if chat is None or not access.is_readable(person, chat, member):
            return False
        return _is_shown(file, person, member.first_id if member else 0)

    return [found[one] for one in wanted if one in found and may_read(found[one])]


async def add_file(tx: Tx, person: Person, folder: File, name: str, content: Content, *, renames: bool) -> File:
    """Put a new file into a folder that ``folders.folder_to_fill`` gave.

    ``renames``: a taken name gets a number. Otherwise raises NameTakenError; EmptyNameError for no name at all.
    """
    name = file_names.clean_name(name)
    free = await file_names.free_name(tx, folder.id, name)
    if free != name and not renames:
        raise NameTakenError
    return await files.insert(
        tx,
        File(
            parent_id=folder.id,
            root_id=folder.storage_id,
            chat_id=folder.chat_id,
            person_id=folder.person_id,
            name=free,
            name_key=file_names.key_of(free),
            digest=content.digest,
            size=content.size,
            media_type=content.media_type,
            width=content.width,
            height=content.height,
            author_id=person.id,
            created_at=tx.now,
            changed_at=tx.now,
        ),
    )


async def copy_into_chat(tx: Tx, person: Person, file_ids: Sequence[int], chat: Chat) -> list[int]:
    """Put copies of files into the folder of a chat that ``access`` gave; ids of the copies.

    Files that the person may not read are left out. Whoever posts the message with these ids in FILE_ID shows them.
    """
    found = await files_to_read(tx, person, file_ids)
    if not found:
        return []
    folder = await folders.folder_of_chat(tx, chat, person)
    return [(await copy_file(tx, person, one, folder)).id for one in found]


async def copy_file(tx: Tx, person: Person, file: File, folder: File) -> File:
    """Put a copy of a readable file into a folder, under a free name."""
    content = Content(file.digest, file.size, file.media_type, file.width, file.height)
    return await add_file(tx, person, folder, file.name, content, renames=True)


async def save_file(tx: Tx, person: Person, file_id: int) -> tuple[File, File]:
    """Put a copy of a file among the person's saved files; the folder and the copy. Raises NoSuchFileError."""
    file = await file_to_read(tx, person, file_id)
    folder = await folders.saved_files_of(tx, person)
    return folder, await copy_file(tx, person, file, folder)


def _is_shown(file: File, person: Person, first_id: int) -> bool:
    return file.message_id >= first_id if file.message_id else file.author_id == person.id
