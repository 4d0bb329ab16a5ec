"""``im.dialog.writing``: tell the others of a dialog that one is writing.

Source: spec ``bitrix24-im.md`` §7.2; seed "im.dialog.writing".
"""

from __future__ import annotations

from msgspec import Struct

from skvorets.core import chats
from skvorets.dialects.bitrix24.errors import ACTION_UNAVAILABLE, DIALOG_ID_EMPTY, ApiError
from skvorets.dialects.bitrix24.naming import CHAT_FAULTS, dialog_of, lock_of_dialog
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import NotAllowedError, NotFoundError


class Params(Struct, frozen=True):
    """Parameters as documented."""

    DIALOG_ID: str | None = None  # required: chatN or the id of a person …
    CHAT_ID: int | None = None  # … or the number of a chat here


@method(
    "im.dialog.writing",
    scope="im",
    params=Params,
    faults=CHAT_FAULTS,
    errors={NotFoundError: ACTION_UNAVAILABLE, NotAllowedError: ACTION_UNAVAILABLE},
    lock=lock_of_dialog,
)
async def im_dialog_writing(tx: Tx, call: Call, params: Params) -> bool:
    """Tell them: shown for some 25 seconds or until the message comes."""
    dialog = dialog_of(params)
    if dialog is None:
        raise ApiError(DIALOG_ID_EMPTY)
    await chats.show_typing(tx, call.caller.person, dialog)
    return True
