"""``im.notify``: tell a person something, as oneself or as the system.

Source: docs ``im.notify``; spec ``bitrix24-im.md`` §14.1.
"""

from __future__ import annotations

from typing import Literal

from skvorets.dialects.bitrix24.notifying import ALIASES, FAULTS, NotifyParams, lock_of_recipient, send
from skvorets.dialects.bitrix24.registry import Call, Tx, method


class Params(NotifyParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    TYPE: str = "USER"  # USER or SYSTEM


@method("im.notify", scope="im", params=Params, faults=FAULTS, aliases=ALIASES, lock=lock_of_recipient)
async def im_notify(tx: Tx, call: Call, params: Params) -> int | Literal[False]:
    """Tell the person; the notification's id, false when he cannot be told."""
    return await send(tx, call, params, is_system=params.TYPE.strip().upper() == "SYSTEM")
