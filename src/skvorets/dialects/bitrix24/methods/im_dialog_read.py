"""``im.dialog.read``: mark everything up to a message as read.

Source: spec ``bitrix24-im.md`` §7.2; seed "im.dialog.read".
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from skvorets.core import access, reads
from skvorets.core.access import Dialog
from skvorets.dialects.bitrix24.errors import DIALOG_ID_EMPTY, MESSAGE_ID_ERROR, ApiError
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import NotAllowedError, NotFoundError


class Params(Struct, frozen=True):
    """Parameters as documented."""

    DIALOG_ID: Dialog  # chatN or the id of a person
    MESSAGE_ID: int  # last message that was read


@method(
    "im.dialog.read",
    scope="im",
    params=Params,
    aliases={"LAST_ID": "MESSAGE_ID"},
    faults={"DIALOG_ID": DIALOG_ID_EMPTY, "MESSAGE_ID": MESSAGE_ID_ERROR},
)
async def im_dialog_read(tx: Tx, call: Call, params: Params) -> dict[str, Any] | Literal[False]:
    """Move the mark; False when it could not be moved: no access, nothing there, or read further already."""
    if params.MESSAGE_ID <= 0:
        raise ApiError(MESSAGE_ID_ERROR)
    try:
        seat = await access.chat_of_member(tx, call.caller.person, params.DIALOG_ID)
    except (NotFoundError, NotAllowedError):
        return False
    mark = await reads.read_up_to(tx, seat, params.MESSAGE_ID)
    if mark is None:
        return False
    person_id = params.DIALOG_ID.person_id
    return {
        "dialogId": str(person_id) if person_id else f"chat{seat.chat.id}",
        "chatId": seat.chat.id,
        "counter": mark.unread,
        "lastId": mark.message_id,
    }
