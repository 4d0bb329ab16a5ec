"""``im.notify.confirm``: press a button of a notification that asks for an answer.

Source: spec ``bitrix24-im.md`` §14.2; seed and docs "im.notify.confirm".
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from skvorets.core import notifications
from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.notifying import lock_of_caller
from skvorets.dialects.bitrix24.registry import Call, Tx, method

ID_ERROR = Fault("ID_ERROR", "Notification ID can't be empty")
NOTIFY_VALUE_ERROR = Fault("NOTIFY_VALUE_ERROR", "Notification Value can't be empty")


class Params(Struct, frozen=True):
    """Parameters as documented."""

    ID: int  # a notification with buttons
    NOTIFY_VALUE: str  # the value of one of them


@method(
    "im.notify.confirm",
    scope="im",
    params=Params,
    aliases={"NOTIFY_ID": "ID"},
    faults={"ID": ID_ERROR, "NOTIFY_VALUE": NOTIFY_VALUE_ERROR},
    lock=lock_of_caller,
)
async def im_notify_confirm(tx: Tx, call: Call, params: Params) -> dict[str, Any]:
    """Press; what is shown then, false when there is no such button."""
    if params.ID <= 0:
        raise ApiError(ID_ERROR)
    if not params.NOTIFY_VALUE:
        raise ApiError(NOTIFY_VALUE_ERROR)
    shown = await notifications.confirm(tx, call.caller.person, params.ID, params.NOTIFY_VALUE)
    return {"result_message": False if shown is None else [shown]}
