"""``calendar.event.add``: put an event into a calendar, and invite people to it.

Source: docs ``calendar.event.add``.
"""

from __future__ import annotations

from skvorets.core import calendar
from skvorets.core.meetings import Meeting, MeetingRules
from skvorets.dialects.bitrix24.calendar import (
    NOT_CREATED,
    EventParams,
    clock_of,
    errors_of,
    faults_of,
    place_of,
    read_content,
    read_meeting,
    required,
)
from skvorets.dialects.bitrix24.errors import ApiError
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.values import BadValue

_NAME = "calendar.event.add"


class Params(EventParams, frozen=True, kw_only=True):
    """Parameters as documented."""


@method(
    _NAME,
    scope="calendar",
    params=Params,
    faults=faults_of(_NAME, NOT_CREATED),
    errors=errors_of(_NAME, NOT_CREATED),
)
async def calendar_event_add(tx: Tx, call: Call, params: Params) -> int:
    """Add the event; its id."""
    place = place_of(call, params, _NAME)
    if params.NAME is None:
        raise ApiError(required("name", _NAME))
    for name in ("FROM", "TO"):
        if not getattr(params, name) and getattr(params, f"{name}_TS") is None:
            raise ApiError(required(name.lower(), _NAME))
    content = read_content(call, params, None, NOT_CREATED)
    event = await calendar.add_event(tx, call.caller.person, place, content, _meeting(params), clock_of(call))
    return event.id


def _meeting(params: Params) -> Meeting | None:
    """Give who is to take part. COMPAT(bitrix24): a meeting without ``attendees`` or ``host`` is not created."""
    if not params.IS_MEETING:
        return None
    try:
        meeting = read_meeting(params, 0, None, MeetingRules())
    except BadValue:
        raise ApiError(NOT_CREATED) from None
    if meeting.host_id <= 0 or not meeting.attendee_ids:
        raise ApiError(NOT_CREATED)
    return meeting
