"""``im.disk.folder.get``: the folder of a chat's files, into which uploads go before they are published.

Source: spec ``bitrix24-im.md`` §9; seed "im.disk.folder.get".
"""

from __future__ import annotations

import msgspec

from skvorets.core import access, chats, folders
from skvorets.dialects.bitrix24.errors import ACCESS_ERROR, CHAT_ID_EMPTY, ApiError
from skvorets.dialects.bitrix24.naming import CHAT_FAULTS, dialog_of, lock_of_dialog
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import NotAllowedError, NotFoundError


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    CHAT_ID: int | None = None  # required: the number of a chat …
    DIALOG_ID: str | None = None  # … or chatN, or the id of a person here


@method(
    "im.disk.folder.get",
    scope="im",
    params=Params,
    faults=CHAT_FAULTS,
    errors={NotFoundError: ACCESS_ERROR, NotAllowedError: ACCESS_ERROR},
    lock=lock_of_dialog,
)
async def im_disk_folder_get(tx: Tx, call: Call, params: Params) -> dict[str, int]:
    """Give the number of the folder; it is made when it is first asked for, like a dialog of two people."""
    dialog = dialog_of(params)
    if dialog is None:
        raise ApiError(CHAT_ID_EMPTY)
    person = call.caller.person
    # Only a dialog is opened by that: an open chat is not joined before something is said there.
    open_seat = chats.seat_to_write if dialog.person_id else access.chat_to_read
    seat = await open_seat(tx, person, dialog)
    return {"ID": (await folders.folder_of_chat(tx, seat.chat, person)).id}
