"""``im.user.status.idle.start``: the caller went away.

Source: spec ``bitrix24-im.md`` §10; seed "im.user.status.idle.start".
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from skvorets.core import presence
from skvorets.dialects.bitrix24.naming import lock_of_caller
from skvorets.dialects.bitrix24.registry import Call, Tx, method

USUAL_AGO: Final = 10
MAX_AGO: Final = 366 * 24 * 60
"""A year: nobody's client knows of a longer time. Undocumented."""
_MINUTE_MS = 60_000


class Params(Struct, frozen=True):
    """Parameters as documented."""

    AGO: int = USUAL_AGO  # minutes, at least 1


@method("im.user.status.idle.start", scope="im", params=Params, lock=lock_of_caller)
async def im_user_status_idle_start(tx: Tx, call: Call, params: Params) -> bool:
    """Note since when he is away; it stays until ``im.user.status.idle.end``."""
    ago = min(max(params.AGO, 1), MAX_AGO)
    await presence.start_idle(tx, call.caller.person.id, tx.now - ago * _MINUTE_MS)
    return True
