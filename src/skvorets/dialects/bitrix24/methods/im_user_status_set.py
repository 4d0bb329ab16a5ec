"""``im.user.status.set``: choose a status.

Source: spec ``bitrix24-im.md`` §10, §4.2; seed "im.user.status.set"; docs (the statuses, exactly as written).
"""

from __future__ import annotations

from msgspec import Struct

from skvorets.core import presence
from skvorets.dialects.bitrix24.errors import Fault
from skvorets.dialects.bitrix24.naming import lock_of_caller
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import WrongStatusError

STATUS_ERROR = Fault("STATUS_ERROR", "Status is not available")


class Params(Struct, frozen=True):
    """Parameters as documented."""

    STATUS: str  # online, dnd, away, break; in lower case


@method(
    "im.user.status.set",
    scope="im",
    params=Params,
    faults={"STATUS": STATUS_ERROR},
    errors={WrongStatusError: STATUS_ERROR},
    lock=lock_of_caller,
)
async def im_user_status_set(tx: Tx, call: Call, params: Params) -> bool:
    """Choose it; those who see the caller are told when it is another one."""
    await presence.choose_status(tx, call.caller.person.id, params.STATUS)
    return True
