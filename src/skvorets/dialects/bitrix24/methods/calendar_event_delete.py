"""``calendar.event.delete``: delete an event, a series as a whole.

Source: docs ``calendar.event.delete``.
"""

from __future__ import annotations

import msgspec

from skvorets.core import calendar
from skvorets.dialects.bitrix24.calendar import clock_of
from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import CalendarEventNotFoundError, NotAllowedError

ID_MISSING = Fault("", "Event id not specified")
NOT_DELETED = Fault("", "An error occurred while deleting the event")


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    ID: int  # > 0


@method(
    "calendar.event.delete",
    scope="calendar",
    params=Params,
    faults={"ID": ID_MISSING},
    errors={CalendarEventNotFoundError: NOT_DELETED, NotAllowedError: NOT_DELETED},
)
async def calendar_event_delete(tx: Tx, call: Call, params: Params) -> bool:
    """Delete it; who was to take part is told."""
    if params.ID <= 0:
        raise ApiError(ID_MISSING)
    await calendar.delete_event(tx, call.caller.person, params.ID, clock_of(call))
    return True
