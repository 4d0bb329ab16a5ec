"""``im.recent.unread``: mark a conversation of the caller as unread by hand.

Source: spec ``bitrix24-im.md`` §12; seed "im.recent.unread".
"""

from __future__ import annotations

from msgspec import Struct

from skvorets.core import chats, notifications, recents
from skvorets.dialects.bitrix24.conversations import lock_of_conversation, seat_in
from skvorets.dialects.bitrix24.errors import DIALOG_ID_EMPTY
from skvorets.dialects.bitrix24.params import Conversation
from skvorets.dialects.bitrix24.registry import Call, Tx, method


class Params(Struct, frozen=True):
    """Parameters as documented."""

    DIALOG_ID: Conversation  # chatN, the id of a person, or notify
    ACTION: bool = True  # N takes the mark away and reads the dialog


@method("im.recent.unread", scope="im", params=Params, faults={"DIALOG_ID": DIALOG_ID_EMPTY}, lock=lock_of_conversation)
async def im_recent_unread(tx: Tx, call: Call, params: Params) -> bool:
    """Set or remove the mark; a dialog of two in which nothing was said yet is opened."""
    if params.DIALOG_ID.dialog is None and not params.ACTION:
        await notifications.read_from(tx, call.caller.person, 0)
    seat = await seat_in(tx, call, params.DIALOG_ID, chats.seat_of_member)
    await recents.mark_unread(tx, seat, is_marked=params.ACTION)
    return True
