"""``im.recent.unread``: mark a conversation of the caller as unread by hand.

Source: spec ``bitrix24-im.md`` §12; seed "im.recent.unread".
"""

from __future__ import annotations

from msgspec import Struct

from skvorets.core import recents
from skvorets.core.access import Dialog, chat_of_member
from skvorets.dialects.bitrix24.errors import DIALOG_ID_EMPTY
from skvorets.dialects.bitrix24.registry import Call, Tx, method


class Params(Struct, frozen=True):
    """Parameters as documented."""

    DIALOG_ID: Dialog  # chatN or the id of a person
    ACTION: bool = True  # N takes the mark away and reads the dialog


@method("im.recent.unread", scope="im", params=Params, faults={"DIALOG_ID": DIALOG_ID_EMPTY})
async def im_recent_unread(tx: Tx, call: Call, params: Params) -> bool:
    """Set or remove the mark."""
    seat = await chat_of_member(tx, call.caller.person, params.DIALOG_ID)
    await recents.mark_unread(tx, seat, is_marked=params.ACTION)
    return True
