"""``event.offline.error``: note what a process could not work off.

Source: spec ``bitrix24-transport.md`` §10.2; docs ``event.offline.error``.
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
    MESSAGE_ID: tuple[str, ...] = ()  # these messages; nothing = all that the process has


@method("event.offline.error", scope="", params=Params)
async def event_offline_error(tx: Tx, call: Call, params: Params) -> bool:
    """Answer true, also when nothing was left."""
    queue = queue_of(call, "")
    if not params.PROCESS_ID:
        raise ApiError(ERROR_ARGUMENT, text="Argument 'PROCESS_ID' is null or empty", argument="PROCESS_ID")
    await offline_events.fail(tx, queue.application_id, params.PROCESS_ID, params.MESSAGE_ID)
    return True
