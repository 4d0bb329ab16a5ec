"""``im.notify.system.add``: tell a person something in the name of the calling application.

Source: spec ``bitrix24-im.md`` §14.1; seed "im.notify.system.add".
"""

from __future__ import annotations

from typing import Literal

from skvorets.dialects.bitrix24.notifying import ALIASES, FAULTS, NotifyParams, lock_of_recipient, send
from skvorets.dialects.bitrix24.registry import Call, Tx, method


@method("im.notify.system.add", scope="im", params=NotifyParams, faults=FAULTS, aliases=ALIASES, lock=lock_of_recipient)
async def im_notify_system_add(tx: Tx, call: Call, params: NotifyParams) -> int | Literal[False]:
    """Tell the person; the text begins with the application's name. The notification's id, false as for others."""
    return await send(tx, call, params, is_system=True)
