"""Files that stand in both chats of a customer: each chat has its own copy, of the same bytes."""

from __future__ import annotations

from collections.abc import Sequence

from skvorets.core import files, folders
from skvorets.storage import files as file_rows
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.people import Person


async def copy_files(tx: Tx, person: Person, file_ids: Sequence[int], chat: Chat) -> list[int]:
    """Put copies of files of the one chat into the folder of the other one; their ids."""
    found = await file_rows.find_many(tx, file_ids)
    folder = await folders.folder_of_chat(tx, chat, person)
    wanted = [found[one] for one in file_ids if one in found]
    return [(await files.copy_file(tx, person, one, folder)).id for one in wanted]
