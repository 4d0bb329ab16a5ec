"""``im.notify.read``: mark a notification and all newer ones as read, or only the one.

Source: spec ``bitrix24-im.md`` §14.2; seed and docs "im.notify.read".
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from skvorets.core import notifications
from skvorets.dialects.bitrix24.notifying import lock_of_caller
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.values import to_int


class Params(Struct, frozen=True):
    """Parameters as documented."""

    ID: str = ""  # a number; without one nothing is done
    ONLY_CURRENT: bool = False  # only this one, not the newer ones
    ACTION: bool = True  # N makes unread again


@method("im.notify.read", scope="im", params=Params, lock=lock_of_caller)
async def im_notify_read(tx: Tx, call: Call, params: Params) -> Literal[True]:
    """Mark the caller's own notifications; foreign ones are left alone."""
    # COMPAT(bitrix24): 0 stands for all of them, but what is no number must not.
    number = to_int(params.ID) if params.ID.strip().isdecimal() else -1
    if number >= 0:
        if params.ONLY_CURRENT:
            await notifications.read_some(tx, call.caller.person, [number], is_read=params.ACTION)
        else:
            await notifications.read_from(tx, call.caller.person, number, is_read=params.ACTION)
    return True
