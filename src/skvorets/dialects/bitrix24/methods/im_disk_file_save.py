"""``im.disk.file.save``: put a copy of a file among the caller's own, into the folder of saved files.

Source: spec ``bitrix24-im.md`` §9; seed "im.disk.file.save".
"""

from __future__ import annotations

import msgspec

from skvorets.core.files import save_file
from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.methods.im_disk_file_delete import FILE_ID_EMPTY
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.views import View
from skvorets.errors import NoSuchFileError
from skvorets.storage.database import lock_key

FILE_SAVE_ERROR = Fault("FILE_SAVE_ERROR", "File ID can't be saved")


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    DISK_ID: int  # of the file, > 0; other name FILE_ID


def _lock(call: Call, params: Params) -> int:
    return lock_key("drive", call.caller.person.id)


@method(
    "im.disk.file.save",
    scope="im",
    params=Params,
    aliases={"FILE_ID": "DISK_ID"},
    faults={"DISK_ID": FILE_ID_EMPTY},
    errors={NoSuchFileError: FILE_SAVE_ERROR},
    lock=_lock,
)
async def im_disk_file_save(tx: Tx, call: Call, params: Params) -> View:
    """Save it; the folder and the copy."""
    if params.DISK_ID <= 0:
        raise ApiError(FILE_ID_EMPTY)
    folder, copy = await save_file(tx, call.caller.person, params.DISK_ID)
    return {"folder": {"id": folder.id, "name": folder.name}, "file": {"id": copy.id, "name": copy.name}}
