"""``calendar.event.update``: change an event; what is not given stays as it is.

Source: docs ``calendar.event.update``. A series is changed as a whole: editing one of its times, or all from one on
(``recurrence_mode`` this, next), is refused with the documented error.
"""

from __future__ import annotations

import msgspec

from skvorets.core import calendar, calendars
from skvorets.core.meetings import HOST, Meeting
from skvorets.dialects.bitrix24.calendar import (
    ACCESS_DENIED,
    NOT_CHANGED,
    EventParams,
    clock_of,
    errors_of,
    faults_of,
    place_of,
    read_content,
    read_meeting,
    read_meeting_rules,
    required,
)
from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.values import BadValue
from skvorets.storage.calendar import Attendee, CalendarEvent

_NAME = "calendar.event.update"
_ID_MISSING = required("id", _NAME)
WRONG_MODE = Fault("", "An invalid type of editing for the recurring event is specified")


class Params(EventParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    ID: int  # > 0
    RECURRENCE_MODE: str = "all"  # this, next or all; only all is served


@method(
    _NAME,
    scope="calendar",
    params=Params,
    faults={**faults_of(_NAME, NOT_CHANGED), "ID": _ID_MISSING, "RECURRENCE_MODE": WRONG_MODE},
    errors=errors_of(_NAME, NOT_CHANGED),
)
async def calendar_event_update(tx: Tx, call: Call, params: Params) -> int:
    """Change the event; its id."""
    if params.ID <= 0:
        raise ApiError(_ID_MISSING)
    place = place_of(call, params, _NAME)
    if params.RECURRENCE_MODE.strip().lower() not in {"", "all"}:
        raise ApiError(WRONG_MODE)
    person, clock = call.caller.person, clock_of(call)
    event = await calendar.event_to_change(tx, person, params.ID)
    attendees = (await calendar.event_to_read(tx, person, params.ID)).attendees
    if place.kind != event.kind or (event.kind == calendars.USER and place.owner_id != event.owner_id):
        raise ApiError(ACCESS_DENIED)
    if params.SECTION:
        section = await calendars.calendar_to_fill(tx, person, msgspec.structs.replace(place, owner_id=event.owner_id))
        event = msgspec.structs.replace(event, section_id=section.id)
    content = read_content(call, params, event, NOT_CHANGED)
    await calendar.change_event(tx, person, event, content, _meeting(params, event, attendees), clock)
    return event.id


def _meeting(params: Params, event: CalendarEvent, attendees: list[Attendee]) -> Meeting | None:
    """Give who takes part from now on: as before where nothing else is said."""
    is_meeting = bool(event.is_meeting) if params.IS_MEETING is None else params.IS_MEETING
    if not is_meeting:
        return None
    present = [one.person_id for one in attendees if one.status != HOST]
    try:
        meeting = read_meeting(params, event.host_id, present, read_meeting_rules(event))
    except BadValue:
        raise ApiError(NOT_CHANGED) from None
    if meeting.host_id <= 0:
        raise ApiError(NOT_CHANGED)
    return meeting
