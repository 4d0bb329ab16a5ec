"""``im.recent.pin``: pin a conversation on top of the caller's recent list.

Source: spec ``bitrix24-im.md`` §12; seed "im.recent.pin".
"""

from __future__ import annotations

from msgspec import Struct

from skvorets.core import chats, recents
from skvorets.dialects.bitrix24.conversations import lock_of_conversation, seat_in
from skvorets.dialects.bitrix24.errors import DIALOG_ID_EMPTY, Fault
from skvorets.dialects.bitrix24.params import Conversation
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import NotAllowedError, NotFoundError

NO_ACCESS = Fault("ACCESS_ERROR", "You don't have permission to pin this chat")


class Params(Struct, frozen=True):
    """Parameters as documented."""

    DIALOG_ID: Conversation  # chatN, the id of a person, or notify
    PIN: bool = True  # N unpins


@method(
    "im.recent.pin",
    scope="im",
    params=Params,
    faults={"DIALOG_ID": DIALOG_ID_EMPTY},
    errors={NotFoundError: NO_ACCESS, NotAllowedError: NO_ACCESS},
    aliases={"ACTION": "PIN"},
    lock=lock_of_conversation,
)
async def im_recent_pin(tx: Tx, call: Call, params: Params) -> bool:
    """Pin or unpin; false when 25 conversations are pinned already. A dialog of two is opened by being pinned."""
    seat = await seat_in(tx, call, params.DIALOG_ID, chats.seat_of_member)
    return await recents.pin(tx, call.caller.person, seat, is_pinned=params.PIN)
