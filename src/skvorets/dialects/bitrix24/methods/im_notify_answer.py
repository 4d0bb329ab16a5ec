"""``im.notify.answer``: answer a notification with words, where it takes them.

Source: spec ``bitrix24-im.md`` §14.2; seed and docs "im.notify.answer".
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from skvorets.core import notifications, quick_answers
from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.notifying import lock_of_caller
from skvorets.dialects.bitrix24.registry import Call, Tx, method

quick_answers.enter()

# The seed's sample shows NOTIFY_ID_ERROR, its table ID_ERROR; the table counts.
ID_ERROR = Fault("ID_ERROR", "Notification ID can't be empty")
ANSWER_TEXT_ERROR = Fault("ANSWER_TEXT_ERROR", "ANSWER_TEXT can't be empty")


class Params(Struct, frozen=True):
    """Parameters as documented."""

    ID: int  # a notification that takes answers
    ANSWER_TEXT: str  # BB codes


@method(
    "im.notify.answer",
    scope="im",
    params=Params,
    aliases={"NOTIFY_ID": "ID"},
    faults={"ID": ID_ERROR, "ANSWER_TEXT": ANSWER_TEXT_ERROR},
    lock=lock_of_caller,
)
async def im_notify_answer(tx: Tx, call: Call, params: Params) -> dict[str, Any]:
    """Answer; what is shown then, false when the notification does not take answers."""
    if params.ID <= 0:
        raise ApiError(ID_ERROR)
    if not params.ANSWER_TEXT.strip():
        raise ApiError(ANSWER_TEXT_ERROR)
    shown = await notifications.answer(tx, call.caller.person, params.ID, params.ANSWER_TEXT)
    return {"result_message": False if shown is None else [shown]}
