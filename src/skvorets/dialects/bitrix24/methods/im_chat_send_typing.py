"""``im.chat.sendTyping``: tell the others of a chat or dialog that one is writing.

Source: spec ``bitrix24-im.md`` §6.2: the same as ``im.dialog.writing``, which may name the chat by ``CHAT_ID``.
"""

from __future__ import annotations

from msgspec import Struct

from skvorets.core import chats
from skvorets.dialects.bitrix24.errors import ACTION_UNAVAILABLE, CHAT_ID_EMPTY, ApiError
from skvorets.dialects.bitrix24.naming import CHAT_FAULTS, dialog_of, lock_of_dialog
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import NotAllowedError, NotFoundError


class Params(Struct, frozen=True):
    """Parameters as documented; one of the two."""

    CHAT_ID: int | None = None
    DIALOG_ID: str | None = None  # chatN or the id of a person


@method(
    "im.chat.sendTyping",
    scope="im",
    params=Params,
    faults=CHAT_FAULTS,
    errors={NotFoundError: ACTION_UNAVAILABLE, NotAllowedError: ACTION_UNAVAILABLE},
    lock=lock_of_dialog,
)
async def im_chat_send_typing(tx: Tx, call: Call, params: Params) -> bool:
    """Tell them."""
    dialog = dialog_of(params)
    if dialog is None:
        raise ApiError(CHAT_ID_EMPTY)
    await chats.show_typing(tx, call.caller.person, dialog)
    return True
