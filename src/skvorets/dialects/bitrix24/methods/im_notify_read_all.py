"""``im.notify.read.all``: mark all notifications of the caller as read.

Source: docs "im.notify.read.all"; spec ``bitrix24-im.md`` §14.2.
"""

from __future__ import annotations

from typing import Any

from skvorets.core import notifications
from skvorets.dialects.bitrix24.notifying import lock_of_caller
from skvorets.dialects.bitrix24.registry import Call, NoParams, Tx, method


@method("im.notify.read.all", scope="im", lock=lock_of_caller)
async def im_notify_read_all(tx: Tx, call: Call, params: NoParams) -> dict[str, Any]:
    """Mark; what is unread then."""
    return {"result": True, "newCounter": await notifications.read_from(tx, call.caller.person, 0)}
