"""What the methods ``event.offline.*`` share: fields of filters, and the event as they show it.

Source: spec ``bitrix24-transport.md`` §10.2; docs ``event.offline.get``, ``event.offline.list``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from skvorets.core.offline_events import Queue
from skvorets.dialects.bitrix24 import filters
from skvorets.dialects.bitrix24.context import application_of
from skvorets.dialects.bitrix24.errors import ADMINISTRATOR_REQUIRED, ApiError
from skvorets.dialects.bitrix24.filters import Field
from skvorets.dialects.bitrix24.registry import Call
from skvorets.dialects.bitrix24.values import to_int, to_text
from skvorets.dialects.bitrix24.views import Frame, View
from skvorets.storage.offline_events import OfflineEvent


def queue_of(call: Call, connector: str) -> Queue:
    """Give the queue of the caller's application. Raises ApiError ACCESS_DENIED: none, or no administrator."""
    application = application_of(call)
    if not call.caller.person.admin:
        raise ApiError(ADMINISTRATOR_REQUIRED)
    return Queue(application.id, connector)


def fields_of(call: Call) -> Mapping[str, Field]:
    """Give the documented fields of filters and orders."""
    return {
        "ID": Field("id", to_int),
        "TIMESTAMP_X": Field("at", filters.moment(call.surroundings.config.utc_offset_minutes)),
        "EVENT_NAME": Field("event", lambda value: to_text(value).upper()),
        "MESSAGE_ID": Field("message_id"),
        "PROCESS_ID": Field("process_id"),
        "ERROR": Field("failed", filters.flag),
    }


def event_view(event: OfflineEvent, frame: Frame) -> View:
    """Give the documented object; numbers are texts. COMPAT(bitrix24): `false` where there is no data."""
    data: Any = msgspec.json.decode(event.data)
    return {
        "ID": str(event.id),
        "TIMESTAMP_X": frame.date(event.at),
        "EVENT_NAME": event.event,
        "EVENT_DATA": data or False,
        "EVENT_ADDITIONAL": False,
        "MESSAGE_ID": event.message_id,
    }
