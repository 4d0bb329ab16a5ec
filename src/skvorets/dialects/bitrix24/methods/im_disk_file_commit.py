"""``im.disk.file.commit``: publish files in a chat, as one message.

Source: spec ``bitrix24-im.md`` §9; seed "im.disk.file.commit"; docs for FILE_ID and several files.
"""

from __future__ import annotations

import msgspec

from skvorets.core import chats
from skvorets.core.message_files import FilePost, post_files
from skvorets.dialects.bitrix24.errors import ACTION_UNAVAILABLE, CHAT_ID_EMPTY, ApiError, Fault
from skvorets.dialects.bitrix24.methods.im_message_add import MAX_TEMPLATE_ID
from skvorets.dialects.bitrix24.naming import CHAT_FAULTS, dialog_of, lock_of_dialog
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import NoSuchFileError, NotAllowedError, NotFoundError

FILES_ERROR = Fault("FILES_ERROR", "List of files in not specified")
SAVE_ERROR = Fault("SAVE_ERROR", "Error during saving file to chat")

# Files of one message. Undocumented.
MAX_FILES = 100


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented; of the three lists of files the first that is given counts."""

    CHAT_ID: int | None = None  # required: the number of a chat …
    DIALOG_ID: str | None = None  # … or chatN, or the id of a person here
    UPLOAD_ID: tuple[int, ...] = ()  # number or list: what was uploaded into the chat's folder
    DISK_ID: tuple[int, ...] = ()  # number or list: other files that the caller may read; copies are published
    FILE_ID: tuple[int, ...] = ()  # the same
    MESSAGE: str = ""  # text beside the files
    SILENT_MODE: bool = False  # COMPAT(bitrix24): Y = kept from the client of an open line; the docs say the opposite
    TEMPLATE_ID: str = ""  # id made by the client: a repeated call is answered, not repeated


@method(
    "im.disk.file.commit",
    scope="im",
    params=Params,
    faults={**CHAT_FAULTS, "UPLOAD_ID": FILES_ERROR, "DISK_ID": FILES_ERROR, "FILE_ID": FILES_ERROR},
    errors={
        NoSuchFileError: SAVE_ERROR,
        NotFoundError: ACTION_UNAVAILABLE,
        NotAllowedError: ACTION_UNAVAILABLE,
    },
    lock=lock_of_dialog,
)
async def im_disk_file_commit(tx: Tx, call: Call, params: Params) -> bool:
    """Post the message."""
    dialog = dialog_of(params)
    if dialog is None:
        raise ApiError(CHAT_ID_EMPTY)
    wanted = [one for one in params.UPLOAD_ID or params.DISK_ID or params.FILE_ID if one > 0]
    if not 0 < len(wanted) <= MAX_FILES:
        raise ApiError(FILES_ERROR)
    person = call.caller.person
    seat = await chats.seat_to_write(tx, person, dialog)
    post = FilePost(
        file_ids=wanted,
        text=params.MESSAGE,
        client_id=params.TEMPLATE_ID[:MAX_TEMPLATE_ID] or None,
        skips_connector=params.SILENT_MODE,
    )
    await post_files(tx, person, seat.chat, post)
    return True
