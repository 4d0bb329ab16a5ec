"""What the methods ``calendar.*`` share: errors, parameters of an event, how they become what the core knows.

Source: docs ``calendar.event.add``, ``calendar.event.update``. COMPAT(bitrix24): the error code is an empty text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

import msgspec
from msgspec import Struct

from skvorets.core import calendar_zones, calendars
from skvorets.core.calendar import Content, Reminder, read_recurrence
from skvorets.core.calendar_zones import is_zone, portal_zone, zone_named
from skvorets.core.calendars import Place
from skvorets.core.meetings import Meeting, MeetingRules
from skvorets.core.recurrence import FREQUENCIES, MAX_COUNT, MAX_INTERVAL, WEEKDAYS, Recurrence
from skvorets.dialects.bitrix24.calendar_times import GivenTime, read_time
from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.params import Anything, Structure
from skvorets.dialects.bitrix24.registry import Call
from skvorets.dialects.bitrix24.values import BadValue, to_flag, to_int, to_int_list, to_list, to_text
from skvorets.errors import (
    CalendarEventNotFoundError,
    CalendarNotFoundError,
    EmptyTitleError,
    NotAllowedError,
    TooLargeError,
    WrongTimeError,
)
from skvorets.php_forms import Value
from skvorets.storage.calendar import CalendarEvent

ACCESS_DENIED = Fault("", "Access denied")
WRONG_NAME = Fault("", 'Invalid value for the "name" parameter')
WRONG_DESCRIPTION = Fault("", 'Invalid value for the "description" parameter')
WRONG_SECTION = Fault("", "You have specified an invalid calendar section ID or the user does not have access to it")
WRONG_CRM_LINKS = Fault("", "The event's CRM link list must be an array")
NOT_CREATED = Fault("", "An error occurred while creating the event")
NOT_CHANGED = Fault("", "An error occurred while modifying the event")
_DAY_MS = 24 * 3600 * 1000
_COLOR = re.compile(r"(?:#|%23)([0-9a-fA-F]{6})>?")
_REMINDER_TYPES = ("min", "hour", "day")
_MAX_REMINDER = 100_000
_NAMES = {"NAME": WRONG_NAME, "DESCRIPTION": WRONG_DESCRIPTION, "CRM_FIELDS": WRONG_CRM_LINKS}


class EventParams(Struct, frozen=True, kw_only=True):
    """Parameters of ``calendar.event.add`` and ``calendar.event.update`` as documented; None = not given."""

    TYPE: str | None = None  # user, group or company_calendar
    OWNERID: int | None = None  # the person or the group; 0 or empty for the company
    FROM: str | None = None  # ISO 8601, or as the site writes dates
    TO: str | None = None
    FROM_TS: int | None = None  # instead of FROM, unix seconds
    TO_TS: int | None = None
    SECTION: int | None = None  # the calendar
    AUTO_DETECT_SECTION: bool = True  # is a calendar looked for when SECTION is none of the owner's?
    NAME: str | None = None  # longer than 255 characters is cut
    SKIP_TIME: bool | None = None  # whole days?
    TIMEZONE_FROM: str | None = None  # IANA name, for times without an offset
    TIMEZONE_TO: str | None = None
    DESCRIPTION: str | None = None
    COLOR: str | None = None  # #rrggbb
    TEXT_COLOR: str | None = None
    ACCESSIBILITY: str | None = None  # busy, absent, quest, free
    IMPORTANCE: str | None = None  # high, normal, low
    PRIVATE_EVENT: bool | None = None
    RRULE: Anything | None = None  # map: FREQ, INTERVAL, COUNT, UNTIL, BYDAY; or the text of iCalendar
    IS_MEETING: bool | None = None
    LOCATION: str | None = None
    REMIND: Structure | None = None  # list of {type: min, hour or day; count}
    ATTENDEES: Structure | None = None  # list of people's ids
    HOST: int | None = None  # who holds the meeting
    MEETING: Structure | None = None  # map: notify, reinvite, allow_invite, hide_guests
    CRM_FIELDS: Structure | None = None  # list of texts: C_5, L_11 …


def required(name: str, method: str) -> Fault:
    """Give the documented error for a parameter that is missing."""
    return Fault("", f'The required parameter "{name}" for the method "{method}" is not set')


def faults_of(method: str, otherwise: Fault) -> Mapping[str, Fault]:
    """Give the documented error for each unreadable parameter of an event."""
    needed = {"TYPE": required("type", method), "OWNERID": required("ownerId", method)}
    return dict.fromkeys(EventParams.__struct_fields__, otherwise) | _NAMES | needed


def errors_of(method: str, otherwise: Fault) -> Mapping[type[Exception], Fault]:
    """Give the documented error for each refusal of the core."""
    return {
        NotAllowedError: ACCESS_DENIED,
        # Hidden and absent look the same.
        CalendarEventNotFoundError: ACCESS_DENIED,
        CalendarNotFoundError: WRONG_SECTION,
        EmptyTitleError: required("name", method),
        WrongTimeError: otherwise,
        TooLargeError: otherwise,
    }


def clock_of(call: Call) -> tzinfo:
    """Give the portal's clock."""
    return portal_zone(call.surroundings.config.utc_offset_minutes)


def deny_outsiders(call: Call) -> None:
    """Refuse people from outside. Raises ApiError."""
    if call.caller.person.extranet:
        raise ApiError(ACCESS_DENIED)


def place_of(call: Call, given: EventParams, method: str) -> Place:
    """Give the calendar that is meant. Raises ApiError when the kind or the owner is not said."""
    kind = (given.TYPE or "").strip().lower()
    if not kind:
        raise ApiError(required("type", method))
    if given.OWNERID is None and kind != calendars.COMPANY:
        raise ApiError(required("ownerId", method))
    if not given.SECTION and not given.AUTO_DETECT_SECTION:
        raise ApiError(WRONG_SECTION)
    return Place(
        kind=kind,
        owner_id=0 if kind == calendars.COMPANY else given.OWNERID or 0,
        section_id=given.SECTION or 0,
        may_be_other=given.AUTO_DETECT_SECTION,
    )


def read_content(call: Call, given: EventParams, known: CalendarEvent | None, fault: Fault) -> Content:
    """Give what an event is to be like: what is given, the rest as it was. Raises ApiError, WrongTimeError.

    For a new event name, FROM and TO are there: the method looked.
    """
    clock = clock_of(call)
    try:
        times = _read_times(given, known, clock)
        rule = _read_rule(given.RRULE, known, zone_named(times["starts_zone"], clock))
        reminders = None if given.REMIND is None else _read_reminders(given.REMIND)
        links = None if given.CRM_FIELDS is None else tuple(to_text(one) for one in to_list(given.CRM_FIELDS.value))
    except BadValue:
        raise ApiError(fault) from None
    changed = {
        "name": given.NAME,
        "description": given.DESCRIPTION,
        "location": given.LOCATION,
        "accessibility": given.ACCESSIBILITY,
        "importance": given.IMPORTANCE,
        "is_private": given.PRIVATE_EVENT,
        "color": _color(given.COLOR),
        "text_color": _color(given.TEXT_COLOR),
        "reminders": reminders,
        "crm_links": links,
    }
    values = {name: value for name, value in changed.items() if value is not None}
    if known is None:
        return Content(**{"name": "", **times, "recurrence": rule, **values})
    return msgspec.structs.replace(content_of(known), **times, recurrence=rule, **values)


def content_of(event: CalendarEvent) -> Content:
    """Give what an event is like now."""
    return Content(
        name=event.name,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        is_whole_day=bool(event.is_whole_day),
        starts_zone=event.starts_zone,
        ends_zone=event.ends_zone,
        description=event.description,
        location=event.location,
        accessibility=event.accessibility,
        importance=event.importance,
        is_private=bool(event.is_private),
        color=event.color,
        text_color=event.text_color,
        recurrence=read_recurrence(event),
        reminders=read_reminders(event),
        crm_links=read_crm_links(event),
    )


def read_reminders(event: CalendarEvent) -> tuple[Reminder, ...]:
    """Give how long before the event somebody wants to be reminded."""
    return msgspec.json.decode(event.reminders, type=tuple[Reminder, ...])


def read_crm_links(event: CalendarEvent) -> tuple[str, ...]:
    """Give the things outside that the event belongs to, as they were given."""
    return msgspec.json.decode(event.crm_links, type=tuple[str, ...])


def read_meeting_rules(event: CalendarEvent) -> MeetingRules:
    """Give what the meeting is like for those who take part."""
    return msgspec.json.decode(event.meeting, type=MeetingRules)


def read_meeting(given: EventParams, host_id: int, attendees: list[int] | None, rules: MeetingRules) -> Meeting:
    """Give who is to take part: what is given, the rest as the arguments say. Raises BadValue."""
    ids = to_int_list(given.ATTENDEES.value) if given.ATTENDEES is not None else attendees or []
    value = given.MEETING.value if given.MEETING is not None else None
    wishes = {name.lower(): one for name, one in value.items()} if isinstance(value, dict) else {}
    flags = {name: to_flag(wishes[name], getattr(rules, name)) for name in rules.__struct_fields__ if name in wishes}
    return Meeting(
        host_id=given.HOST or host_id,
        attendee_ids=tuple(one for one in ids if one > 0),
        rules=msgspec.structs.replace(rules, **flags),
    )


def _read_times(given: EventParams, known: CalendarEvent | None, clock: tzinfo) -> dict[str, Any]:
    is_whole_day = bool(known and known.is_whole_day) if given.SKIP_TIME is None else given.SKIP_TIME
    starts = _given_time(given.FROM, given.FROM_TS, clock)
    ends = _given_time(given.TO, given.TO_TS, clock)
    old_starts_zone, old_ends_zone = (known.starts_zone, known.ends_zone) if known else ("", "")
    starts_zone = _zone(given.TIMEZONE_FROM, starts, old_starts_zone)
    # Only the first given: it counts for both. [docs]
    ends_zone = _zone(given.TIMEZONE_TO or given.TIMEZONE_FROM, ends, old_ends_zone)
    if is_whole_day:
        starts_at = starts.midnight(clock) if starts else _day_of(known.starts_at if known else 0, clock)
        ends_at = ends.midnight(clock) if ends else _day_of(known.ends_at if known else 0, clock)
        return {"starts_at": starts_at, "ends_at": ends_at, "is_whole_day": True, "starts_zone": "", "ends_zone": ""}
    starts_at = starts.moment(zone_named(starts_zone, clock)) if starts else known.starts_at if known else 0
    ends_at = ends.moment(zone_named(ends_zone, clock)) if ends else known.ends_at if known else 0
    if known is not None and ends is None and starts is not None:
        ends_at = starts_at + known.ends_at - known.starts_at  # moved: it takes as long as before
    return {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "is_whole_day": False,
        "starts_zone": starts_zone,
        "ends_zone": ends_zone,
    }


def _given_time(text: str | None, timestamp: int | None, clock: tzinfo) -> GivenTime | None:
    if text is not None and text.strip():
        return read_time(text)
    if timestamp is None:
        return None
    return GivenTime(calendar_zones.wall_time(calendar_zones.checked(_in_bounds(timestamp) * 1000), clock))


def _in_bounds(seconds: int) -> int:
    """Keep a product by 1000 within what can be checked."""
    return max(min(seconds, calendar_zones.LAST_MOMENT), -calendar_zones.LAST_MOMENT)


def _zone(name: str | None, time: GivenTime | None, old: str) -> str:
    """Give the zone that is kept: none for a time that had an offset, nor for an unknown name."""
    if time is None:
        return old
    if time.has_zone or name is None:
        return ""
    return name if is_zone(name) else ""


def _day_of(moment: int, clock: tzinfo) -> int:
    wall = calendar_zones.wall_time(moment, clock)
    return calendar_zones.moment_of(wall.replace(hour=0, minute=0, second=0, microsecond=0))


def _read_rule(given: Anything | None, known: CalendarEvent | None, zone: tzinfo) -> Recurrence | None:
    if given is None:
        return read_recurrence(known) if known else None
    fields = _rule_fields(given.value)
    frequency = to_text(fields.get("FREQ", "")).strip().upper()
    if frequency not in FREQUENCIES:
        return None
    until = to_text(fields.get("UNTIL", "")).strip()
    last_day = read_time(until).midnight(zone) if until else None
    count = to_int(fields.get("COUNT", 0))
    return Recurrence(
        frequency=frequency,
        interval=min(max(to_int(fields.get("INTERVAL", 1)), 1), MAX_INTERVAL),
        count=min(max(count, 0), MAX_COUNT),
        until=0 if last_day is None else last_day + _DAY_MS - 1,
        weekdays=_weekdays(fields.get("BYDAY")),
    )


def _rule_fields(value: Value) -> dict[str, Value]:
    """Read a map, or the text of iCalendar: ``FREQ=WEEKLY;BYDAY=MO,WE``."""
    if isinstance(value, dict):
        return {name.upper(): one for name, one in value.items()}
    if not isinstance(value, str) or "=" not in value:
        return {}
    parts = (part.partition("=") for part in value.removeprefix("RRULE:").split(";")[:10])
    return {name.strip().upper(): text.strip() for name, _, text in parts}


def _weekdays(value: Value) -> tuple[str, ...]:
    items = value.split(",") if isinstance(value, str) and not value.lstrip().startswith(("[", "{")) else to_list(value)
    given = {to_text(one).strip().upper()[-2:] for one in items[:100]}
    return tuple(day for day in WEEKDAYS if day in given)


def _read_reminders(given: Structure) -> tuple[Reminder, ...]:
    reminders = []
    for one in to_list(given.value):
        if not isinstance(one, dict):
            raise BadValue("a list of maps was expected")
        kind, count = to_text(one.get("type", "min")), to_int(one.get("count"))
        if kind in _REMINDER_TYPES and 0 <= count <= _MAX_REMINDER:
            reminders.append(Reminder(kind, count))
    return tuple(reminders)


def _color(text: str | None) -> str | None:
    """Read ``#9cbe1c``; programs write the first sign as %23, too. Anything else is no colour."""
    if text is None:
        return None
    match = _COLOR.fullmatch(text.strip())
    return f"#{match[1].lower()}" if match else ""
