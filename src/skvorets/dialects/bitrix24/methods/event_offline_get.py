"""``event.offline.get``: fetch the next events of the queue.

Source: spec ``bitrix24-transport.md`` §10.2; docs ``event.offline.get``.
"""

from __future__ import annotations

from typing import Any

import msgspec

from skvorets.core import offline_events
from skvorets.core.offline_events import Wish
from skvorets.dialects.bitrix24 import filters
from skvorets.dialects.bitrix24.offline import event_view, fields_of, queue_of
from skvorets.dialects.bitrix24.params import Anything
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.views import frame_of

_MAX_PROCESS_ID_LENGTH = 64


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    FILTER: Anything | None = None  # ID, TIMESTAMP_X, EVENT_NAME, MESSAGE_ID with prefixes
    ORDER: Anything | None = None  # the same fields; by default the oldest first
    LIMIT: int = 50  # at most 50
    CLEAR: bool = True  # take the events for good
    PROCESS_ID: str = ""  # with CLEAR=0: a process that goes on
    AUTH_CONNECTOR: str = ""  # key of the source
    ERROR: bool = False  # those marked by event.offline.error


@method("event.offline.get", scope="", params=Params)
async def event_offline_get(tx: Tx, call: Call, params: Params) -> dict[str, Any]:
    """Give the events; ``process_id`` is null unless they are kept for a process."""
    fields = fields_of(call)
    wish = Wish(
        conditions=filters.read_filter(params.FILTER, fields),
        order=filters.read_order(params.ORDER, fields),
        limit=params.LIMIT,
        clears=params.CLEAR,
        process_id=params.PROCESS_ID[:_MAX_PROCESS_ID_LENGTH],
        failed=params.ERROR,
    )
    process_id, events = await offline_events.fetch(tx, queue_of(call, params.AUTH_CONNECTOR), wish)
    frame = frame_of(tx, call)
    return {"process_id": process_id, "events": [event_view(one, frame) for one in events]}
