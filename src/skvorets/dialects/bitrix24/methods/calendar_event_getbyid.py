"""``calendar.event.getbyid``: one event; of a series its first time.

Source: docs ``calendar.event.getbyid``.
"""

from __future__ import annotations

import msgspec

from skvorets.core import calendar
from skvorets.dialects.bitrix24.calendar import deny_outsiders, required
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.views import View
from skvorets.dialects.bitrix24.views_calendar import Shown, event_view, load_people_of
from skvorets.errors import CalendarEventNotFoundError


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    ID: int


@method(
    "calendar.event.getbyid",
    scope="calendar",
    params=Params,
    mode="read",
    faults={"ID": required("id", "calendar.event.getbyid")},
)
async def calendar_event_getbyid(tx: Tx, call: Call, params: Params) -> View | None:
    """Give the event; null for what the caller may not see, as for what is not there."""
    deny_outsiders(call)
    person = call.caller.person
    try:
        found = await calendar.event_to_read(tx, person, params.ID)
    except CalendarEventNotFoundError:
        return None
    return event_view(found, Shown(person, None), await load_people_of(tx, [found]), call.surroundings.config)
