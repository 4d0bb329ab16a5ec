"""``im.user.status.get``: the status that the caller has chosen.

Source: spec ``bitrix24-im.md`` §10, §4.2; seed "im.user.status.get".
"""

from __future__ import annotations

from typing import Literal

from skvorets.dialects.bitrix24.registry import Call, NoParams, Tx, method
from skvorets.storage import people


@method("im.user.status.get", scope="im", mode="read")
async def im_user_status_get(tx: Tx, call: Call, params: NoParams) -> str | Literal[False]:
    """Give it, whether he is away or not; False when he has never chosen one."""
    person = await people.find(tx, call.caller.person.id)
    return (person is not None and person.status) or False
