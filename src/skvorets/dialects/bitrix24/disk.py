"""What the methods ``disk.*`` share: errors, and a new file on its way into a folder.

Source: docs ``disk.folder.uploadfile``, ``disk.folder.getchildren``, ``disk.file.get``; spec ``bitrix24-transport.md``
§12.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from skvorets.core import files, folders
from skvorets.core.files import Content
from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.errors import EmptyNameError, NameTakenError, NoSuchFileError, NoSuchFolderError, NotAllowedError
from skvorets.storage.database import Tx, lock_key
from skvorets.storage.files import File
from skvorets.storage.people import Person

NOT_FOUND = Fault("ERROR_NOT_FOUND", "Could not find entity with id")
NAME_REQUIRED = Fault("DISK_BASE_SERVICE_22001", "Error: required parameter NAME (DISK_BASE_SERVICE_22001)")
NAME_TAKEN = Fault("DISK_OBJ_22000", "Error: the name is not unique (DISK_OBJ_22000)")
NOT_SAVED = Fault("ERROR_COULD_NOT_SAVE_FILE", "Could not save file")
ACCESS_DENIED = Fault("ACCESS_DENIED", "Access denied")
# Of one file the number is the first parameter, of a folder's children the second; so the docs count.
FILE_ID_WRONG = Fault("ERROR_ARGUMENT", "Invalid value of parameter {Parameter #0}")
FOLDER_ID_WRONG = Fault("ERROR_ARGUMENT", "Invalid value of parameter {Parameter #1}")

ERRORS: Mapping[type[Exception], Fault] = {
    EmptyNameError: NAME_REQUIRED,
    NameTakenError: NAME_TAKEN,
    NoSuchFileError: NOT_FOUND,
    NoSuchFolderError: NOT_FOUND,
    NotAllowedError: ACCESS_DENIED,
}


class NewFile(msgspec.Struct, frozen=True):
    """A file whose bytes are kept already, and where it is to lie."""

    folder_id: int
    name: str
    content: Content
    renames: bool  # a taken name gets a number


def not_found(object_id: int) -> ApiError:
    """Refuse because there is no such file or folder, or the caller may not know that there is."""
    return ApiError(NOT_FOUND, text=f"Could not find entity with id `{object_id}`")


def lock_of_folder(folder_id: int) -> int:
    """Key for ``Store.write``: names within one folder are given one after another."""
    return lock_key("folder", folder_id)


async def add_new_file(tx: Tx, person: Person, new: NewFile) -> File:
    """Put the file into its folder; rights are asked again, since its bytes may have been long on their way."""
    folder = await folders.folder_to_fill(tx, person, new.folder_id)
    return await files.add_file(tx, person, folder, new.name, new.content, renames=new.renames)
