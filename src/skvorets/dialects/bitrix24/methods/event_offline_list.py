"""``event.offline.list``: look at the queue of events and leave it as it is.

Source: spec ``bitrix24-transport.md`` §10.2; docs ``event.offline.list``.
"""

from __future__ import annotations

import msgspec

from skvorets.core import offline_events
from skvorets.core.offline_events import Wish
from skvorets.dialects.bitrix24 import filters, paging
from skvorets.dialects.bitrix24.offline import event_view, fields_of, queue_of
from skvorets.dialects.bitrix24.params import Anything
from skvorets.dialects.bitrix24.registry import Call, Page, Tx, method
from skvorets.dialects.bitrix24.views import View, frame_of


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    FILTER: Anything | None = None  # ID, TIMESTAMP_X, EVENT_NAME, MESSAGE_ID, PROCESS_ID, ERROR with prefixes
    ORDER: Anything | None = None  # the same fields; by default by ID
    AUTH_CONNECTOR: str = ""  # key of the source


@method("event.offline.list", scope="", params=Params, mode="read")
async def event_offline_list(tx: Tx, call: Call, params: Params) -> Page:
    """Give a page of fifty, also of events that a process has."""
    fields = fields_of(call)
    events, total = await offline_events.listed(
        tx,
        queue_of(call, params.AUTH_CONNECTOR),
        Wish(conditions=filters.read_filter(params.FILTER, fields), order=filters.read_order(params.ORDER, fields)),
        paging.offset_of(call),
        is_counted=paging.is_counted(call),
    )
    frame = frame_of(tx, call)
    items: list[View] = [
        {**event_view(one, frame), "PROCESS_ID": one.process_id, "ERROR": str(one.failed)} for one in events
    ]
    return paging.page(call, items, total)
