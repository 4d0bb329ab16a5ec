"""``im.notify.personal.add``: tell a person something in the caller's name.

Source: spec ``bitrix24-im.md`` §14.1; seed "im.notify.personal.add".
"""

from __future__ import annotations

from typing import Literal

from skvorets.dialects.bitrix24.notifying import ALIASES, FAULTS, NotifyParams, lock_of_recipient, send
from skvorets.dialects.bitrix24.registry import Call, Tx, method


@method(
    "im.notify.personal.add", scope="im", params=NotifyParams, faults=FAULTS, aliases=ALIASES, lock=lock_of_recipient
)
async def im_notify_personal_add(tx: Tx, call: Call, params: NotifyParams) -> int | Literal[False]:
    """Tell the person; the notification's id, false when he cannot be told."""
    return await send(tx, call, params, is_system=False)
