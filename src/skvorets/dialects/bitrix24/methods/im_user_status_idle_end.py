"""``im.user.status.idle.end``: the caller is back.

Source: spec ``bitrix24-im.md`` §10; seed "im.user.status.idle.end".
"""

from __future__ import annotations

from skvorets.core import presence
from skvorets.dialects.bitrix24.naming import lock_of_caller
from skvorets.dialects.bitrix24.registry import Call, NoParams, Tx, method


@method("im.user.status.idle.end", scope="im", lock=lock_of_caller)
async def im_user_status_idle_end(tx: Tx, call: Call, params: NoParams) -> bool:
    """Note that he is no longer away."""
    await presence.end_idle(tx, call.caller.person.id)
    return True
