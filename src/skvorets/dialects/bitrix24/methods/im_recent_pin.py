"""``im.recent.pin``: pin a conversation on top of the caller's recent list.

Source: spec ``bitrix24-im.md`` §12; seed "im.recent.pin".
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
    PIN: bool = True  # N unpins


@method("im.recent.pin", scope="im", params=Params, faults={"DIALOG_ID": DIALOG_ID_EMPTY}, aliases={"ACTION": "PIN"})
async def im_recent_pin(tx: Tx, call: Call, params: Params) -> bool:
    """Pin or unpin; false when 25 conversations are pinned already."""
    seat = await chat_of_member(tx, call.caller.person, params.DIALOG_ID)
    return await recents.pin(tx, call.caller.person, seat, is_pinned=params.PIN)
