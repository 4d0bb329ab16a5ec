"""``im.dialog.read``: mark everything up to a message as read.

Source: spec ``bitrix24-im.md`` §7.2; seed "im.dialog.read".
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from skvorets.core import access, notifications, reads, recents
from skvorets.dialects.bitrix24.conversations import lock_of_conversation
from skvorets.dialects.bitrix24.errors import DIALOG_ID_EMPTY, MESSAGE_ID_ERROR, ApiError
from skvorets.dialects.bitrix24.params import Conversation
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import NotAllowedError, NotFoundError


class Params(Struct, frozen=True):
    """Parameters as documented."""

    DIALOG_ID: Conversation  # chatN, the id of a person, or notify
    MESSAGE_ID: int  # last message, or notification, that was read


@method(
    "im.dialog.read",
    scope="im",
    params=Params,
    aliases={"LAST_ID": "MESSAGE_ID"},
    faults={"DIALOG_ID": DIALOG_ID_EMPTY, "MESSAGE_ID": MESSAGE_ID_ERROR},
    lock=lock_of_conversation,
)
async def im_dialog_read(tx: Tx, call: Call, params: Params) -> dict[str, Any] | Literal[False]:
    """Move the mark; False when it could not be moved: no access, nothing there, or read further already."""
    if params.MESSAGE_ID <= 0:
        raise ApiError(MESSAGE_ID_ERROR)
    dialog = params.DIALOG_ID.dialog
    if dialog is None:
        return await _read_notifications(tx, call, params.MESSAGE_ID)
    try:
        seat = await access.chat_of_member(tx, call.caller.person, dialog)
    except (NotFoundError, NotAllowedError):
        return False
    mark = await reads.read_up_to(tx, seat, params.MESSAGE_ID)
    if mark is None:
        return False
    return {
        "dialogId": str(dialog.person_id) if dialog.person_id else f"chat{seat.chat.id}",
        "chatId": seat.chat.id,
        "counter": mark.unread,
        "lastId": mark.message_id,
    }


async def _read_notifications(tx: Tx, call: Call, last_id: int) -> dict[str, Any] | Literal[False]:
    """Read the notifications up to one of them; False when there is none so old."""
    person = call.caller.person
    newest = await notifications.read_up_to(tx, person, last_id)
    if newest is None:
        return False
    seat = await notifications.seat_of(tx, person)
    await recents.mark_unread(tx, seat, is_marked=False)
    unread = await notifications.count_unread(tx, person)
    return {"dialogId": "notify", "chatId": seat.chat.id, "counter": unread, "lastId": newest}
