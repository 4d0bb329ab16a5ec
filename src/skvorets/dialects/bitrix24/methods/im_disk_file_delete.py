"""``im.disk.file.delete``: delete a file of a chat for everybody; only who sent it may.

Source: spec ``bitrix24-im.md`` §9; seed "im.disk.file.delete"; docs for the two kinds of "nothing was done".
"""

from __future__ import annotations

import msgspec

from skvorets.core import access
from skvorets.core.message_files import remove_file
from skvorets.dialects.bitrix24.errors import CHAT_ID_EMPTY, ApiError, Fault
from skvorets.dialects.bitrix24.naming import CHAT_FAULTS, dialog_of, lock_of_dialog
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import NotAllowedError, NotFoundError

FILE_ID_EMPTY = Fault("FILE_ID_EMPTY", "File ID can't be empty")


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    DISK_ID: int  # of the file, > 0; other name FILE_ID
    CHAT_ID: int | None = None  # required: the number of a chat …
    DIALOG_ID: str | None = None  # … or chatN, or the id of a person here


@method(
    "im.disk.file.delete",
    scope="im",
    params=Params,
    aliases={"FILE_ID": "DISK_ID"},
    faults={**CHAT_FAULTS, "DISK_ID": FILE_ID_EMPTY},
    lock=lock_of_dialog,
)
async def im_disk_file_delete(tx: Tx, call: Call, params: Params) -> bool:
    """Delete it; a message with nothing else in it is deleted, too."""
    dialog = dialog_of(params)
    if dialog is None:
        raise ApiError(CHAT_ID_EMPTY)
    if params.DISK_ID <= 0:
        raise ApiError(FILE_ID_EMPTY)
    person = call.caller.person
    try:
        seat = await access.chat_of_member(tx, person, dialog)
        await remove_file(tx, person, seat, params.DISK_ID)
    except (NotFoundError, NotAllowedError):
        return False
    # COMPAT(bitrix24): a member who did not send the file is told true, and the file stays. [docs]
    return True
