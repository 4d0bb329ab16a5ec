"""``im.recent.hide``: take a conversation out of the caller's recent list.

Source: spec ``bitrix24-im.md`` §12; seed "im.recent.hide".
"""

from __future__ import annotations

from msgspec import Struct

from skvorets.core import recents
from skvorets.dialects.bitrix24.conversations import lock_of_conversation, seat_in
from skvorets.dialects.bitrix24.errors import DIALOG_ID_EMPTY
from skvorets.dialects.bitrix24.params import Conversation
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import ChatNotFoundError


class Params(Struct, frozen=True):
    """Parameters as documented."""

    DIALOG_ID: Conversation  # chatN, the id of a person, or notify


@method("im.recent.hide", scope="im", params=Params, faults={"DIALOG_ID": DIALOG_ID_EMPTY}, lock=lock_of_conversation)
async def im_recent_hide(tx: Tx, call: Call, params: Params) -> bool:
    """Hide until something new is said there."""
    try:
        seat = await seat_in(tx, call, params.DIALOG_ID)
    except ChatNotFoundError:
        dialog = params.DIALOG_ID.dialog
        if dialog is None or not dialog.person_id:
            raise
        return True  # two people who have not written to each other yet: nothing is listed
    await recents.hide(tx, seat)
    return True
