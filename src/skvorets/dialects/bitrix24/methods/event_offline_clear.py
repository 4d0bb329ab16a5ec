"""``event.offline.clear``: remove what a process has worked off.

Source: spec ``bitrix24-transport.md`` §10.2; docs ``event.offline.clear``.
"""

from __future__ import annotations

import msgspec

from skvorets.core import offline_events
from skvorets.dialects.bitrix24.errors import ERROR_ARGUMENT, ApiError
from skvorets.dialects.bitrix24.offline import queue_of
from skvorets.dialects.bitrix24.registry import Call, Tx, method


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    PROCESS_ID: str  # as event.offline.get gave it
    ID: tuple[int, ...] = ()  # these rows
    MESSAGE_ID: tuple[str, ...] = ()  # these messages; nothing = all that the process has


@method("event.offline.clear", scope="", params=Params)
async def event_offline_clear(tx: Tx, call: Call, params: Params) -> bool:
    """Answer true, also when nothing was left."""
    queue = queue_of(call, "")
    if not params.PROCESS_ID:
        raise ApiError(ERROR_ARGUMENT, text="Argument 'PROCESS_ID' is null or empty", argument="PROCESS_ID")
    await offline_events.clear(tx, queue.application_id, params.PROCESS_ID, params.ID, params.MESSAGE_ID)
    return True
