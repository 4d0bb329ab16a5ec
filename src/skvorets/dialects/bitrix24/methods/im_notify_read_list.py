"""``im.notify.read.list``: mark some notifications as read; those that ask for an answer stay as they are.

Source: spec ``bitrix24-im.md`` §14.2; seed and docs "im.notify.read.list".
"""

from __future__ import annotations

from itertools import takewhile
from typing import Literal

from msgspec import Struct

from skvorets.core import notifications
from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.notifying import lock_of_caller
from skvorets.dialects.bitrix24.params import Anything
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.values import BadValue, to_flag, to_int_list, to_structure

NO_IDS = Fault("PARAMS_ERROR", "No IDS param or it is not an array")


class Params(Struct, frozen=True):
    """Parameters as documented."""

    IDS: Anything  # list of ids; the first one that is not above 0 ends it
    ACTION: Anything | None = None  # Y: read (as when not given); everything else: unread


@method("im.notify.read.list", scope="im", params=Params, faults={"IDS": NO_IDS}, lock=lock_of_caller)
async def im_notify_read_list(tx: Tx, call: Call, params: Params) -> Literal[True]:
    """Mark the caller's own notifications; foreign ones are left alone."""
    try:
        ids = to_int_list(to_structure(params.IDS.value))
        is_read = params.ACTION is None or to_flag(params.ACTION.value, default=False)
    except BadValue:
        raise ApiError(NO_IDS) from None
    wanted = list(takewhile(lambda one: one > 0, ids))
    if wanted:
        await notifications.read_some(tx, call.caller.person, wanted, is_read=is_read, with_confirmations=False)
    return True
