"""``im.dialog.unread``: make a message and everything after it unread again.

Source: spec ``bitrix24-im.md`` §7.2; seed "im.dialog.unread".
"""

from __future__ import annotations

from msgspec import Struct

from skvorets.core import access, reads
from skvorets.core.access import Dialog
from skvorets.dialects.bitrix24.errors import DIALOG_ID_EMPTY, ApiError, Fault
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import MessageNotFoundError

MESSAGE_ID_ERROR = Fault("MESSAGE_ID_ERROR", "First unread message id can't be empty")


class Params(Struct, frozen=True):
    """Parameters as documented."""

    DIALOG_ID: Dialog  # chatN or the id of a person
    MESSAGE_ID: int  # first message that becomes unread


@method(
    "im.dialog.unread",
    scope="im",
    params=Params,
    faults={"DIALOG_ID": DIALOG_ID_EMPTY, "MESSAGE_ID": MESSAGE_ID_ERROR},
    errors={MessageNotFoundError: MESSAGE_ID_ERROR},
)
async def im_dialog_unread(tx: Tx, call: Call, params: Params) -> bool:
    """Move the mark back."""
    if params.MESSAGE_ID <= 0:
        raise ApiError(MESSAGE_ID_ERROR)
    seat = await access.chat_of_member(tx, call.caller.person, params.DIALOG_ID)
    await reads.mark_unread_from(tx, seat, params.MESSAGE_ID)
    return True
