"""Events of the calendar: who may see and change them, what a change means. Invitations: ``core/meetings.py``.

Owner, creator, host and administrators change an event; who takes part in it sees it, too.
Source: docs ``calendar.event.*``; spec ``bitrix24-im.md`` §8.3.
"""

from __future__ import annotations

from datetime import tzinfo
from typing import Any

import msgspec

from skvorets.core import calendars, meetings
from skvorets.core.calendar_zones import checked, zone_named
from skvorets.core.calendars import Place
from skvorets.core.events import record
from skvorets.core.events_calendar import CalendarEventChanged
from skvorets.core.meetings import Meeting
from skvorets.core.recurrence import Recurrence, Span, last_ending, occurrences
from skvorets.errors import CalendarEventNotFoundError, EmptyTitleError, NotAllowedError, TooLargeError, WrongTimeError
from skvorets.storage import calendar
from skvorets.storage.calendar import Attendee, CalendarEvent, EventQuery
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

ACCESSIBILITIES = ("busy", "absent", "quest", "free")
IMPORTANCES = ("high", "normal", "low")
# Undocumented limits.
MAX_NAME = 255  # characters; longer ones are cut, as is the place
MAX_DESCRIPTION = 100_000  # characters
MAX_REMINDERS = 10
MAX_CRM_LINKS = 50
MAX_CRM_LINK = 64  # characters
# Events, and occurrences of them, that are listed at once.
MAX_LISTED = 1000
# Events of whole days last until the midnight after ``ends_at``. The day of a change of clocks counts as 24 hours, too.
DAY_MS = 24 * 3600 * 1000


class Reminder(msgspec.Struct, frozen=True):
    """How long before an event somebody wants to be reminded. Kept and given back; nobody is reminded yet."""

    type: str  # min, hour, day
    count: int


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What an event is like. Times as in ``storage.calendar.CalendarEvent``."""

    name: str
    starts_at: int
    ends_at: int
    is_whole_day: bool = False
    starts_zone: str = ""
    ends_zone: str = ""
    description: str = ""
    location: str = ""
    accessibility: str = "busy"
    importance: str = "normal"
    is_private: bool = False
    color: str = ""
    text_color: str = ""
    recurrence: Recurrence | None = None
    reminders: tuple[Reminder, ...] = ()
    crm_links: tuple[str, ...] = ()


class Occurrence(msgspec.Struct, frozen=True):
    """An event at the time at which it takes place once."""

    event: CalendarEvent
    starts_at: int
    ends_at: int
    attendees: list[Attendee]


async def add_event(
    tx: Tx, actor: Person, place: Place, content: Content, meeting: Meeting | None, clock: tzinfo
) -> CalendarEvent:
    """Put an event into a calendar and invite who is to take part; ``clock`` is the portal's.

    Raises NotAllowedError, CalendarNotFoundError, EmptyTitleError, WrongTimeError, TooLargeError.
    """
    section = await calendars.calendar_to_fill(tx, actor, place)
    event = CalendarEvent(
        id=0,
        section_id=section.id,
        kind=section.kind,
        owner_id=section.owner_id,
        created_by=actor.id,
        **_columns(content, clock),
        is_meeting=0,
        host_id=0,
        meeting="{}",
        version=1,
        chat_id=place.chat_id,
        created_at=tx.now,
        changed_at=tx.now,
    )
    event = msgspec.structs.replace(event, id=await calendar.insert(tx, event))
    if meeting is not None:
        event = await meetings.set_meeting(tx, actor, event, meeting, clock)
    await _record(tx, actor, event, "added")
    return event


async def change_event(
    tx: Tx, actor: Person, event: CalendarEvent, content: Content, meeting: Meeting | None, clock: tzinfo
) -> CalendarEvent:
    """Change an event that ``event_to_change`` gave, perhaps with another ``section_id``.

    Without a meeting nobody takes part any more. Raises as ``add_event``.
    """
    section = {"section_id": event.section_id}
    columns = {**_columns(content, clock), **section, "version": event.version + 1, "changed_at": tx.now}
    await calendar.change(tx, event.id, **columns)
    changed = msgspec.structs.replace(event, **columns)
    if meeting is not None:
        is_moved = (event.starts_at, event.ends_at) != (changed.starts_at, changed.ends_at)
        changed = await meetings.set_meeting(tx, actor, changed, meeting, clock, is_moved=is_moved)
    elif event.is_meeting:
        changed = await meetings.end_meeting(tx, actor, changed, clock)
    await _record(tx, actor, changed, "changed")
    return changed


async def delete_event(tx: Tx, actor: Person, event_id: int, clock: tzinfo) -> None:
    """Delete an event and tell who was to take part. Raises CalendarEventNotFoundError, NotAllowedError."""
    event = await event_to_change(tx, actor, event_id)
    involved = await _involved(tx, event)
    if event.is_meeting:
        await meetings.end_meeting(tx, actor, event, clock)
    await calendar.delete(tx, event.id)
    change = CalendarEventChanged(event_id=event.id, actor_id=actor.id, change="deleted", involved=involved)
    await record(tx, change)


async def event_to_read(tx: Tx, viewer: Person, event_id: int) -> Occurrence:
    """Give the event, at its first time, if the person sees it. Raises CalendarEventNotFoundError."""
    event = await calendar.find(tx, event_id)
    if event is None or viewer.extranet:
        raise CalendarEventNotFoundError
    attendees = (await calendar.attendees_of(tx, [event_id])).get(event_id, [])
    takes_part = viewer.id == event.created_by or any(one.person_id == viewer.id for one in attendees)
    if not takes_part and not await calendars.can_read(tx, viewer, event.kind, event.owner_id):
        raise CalendarEventNotFoundError
    return Occurrence(event, event.starts_at, event.ends_at, attendees)


async def event_to_change(tx: Tx, actor: Person, event_id: int) -> CalendarEvent:
    """Give the event if the person may change it. Raises CalendarEventNotFoundError, NotAllowedError."""
    event = (await event_to_read(tx, actor, event_id)).event
    is_owner = event.kind == calendars.USER and event.owner_id == actor.id
    if not (is_owner or actor.admin or actor.id in {event.created_by, event.host_id}):
        raise NotAllowedError
    return event


async def list_events(tx: Tx, viewer: Person, place: Place, span: Span, clock: tzinfo) -> list[Occurrence]:
    """Give what takes place in a calendar in a span, also the meetings that a person takes part in, by time.

    In a calendar that is not theirs people see the meetings that they take part in themselves. At most MAX_LISTED.
    """
    query = EventQuery(
        kind=place.kind,
        owner_id=place.owner_id,
        starts_before=span.last,
        ends_after=span.first - DAY_MS,
        limit=MAX_LISTED,
    )
    found = await calendar.select(tx, query)
    attendees = await calendar.attendees_of(tx, [one.id for one in found]) if found else {}
    if not await calendars.can_read(tx, viewer, place.kind, place.owner_id):
        found = [one for one in found if any(part.person_id == viewer.id for part in attendees.get(one.id, []))]
    listed = [
        Occurrence(event, begins, begins + event.ends_at - event.starts_at, attendees.get(event.id, []))
        for event in found
        for begins in _beginnings(event, span, clock)
    ]
    return sorted(listed, key=lambda one: (one.starts_at, one.event.id))[:MAX_LISTED]


def read_recurrence(event: CalendarEvent) -> Recurrence | None:
    """Give how often an event takes place; None = once."""
    return msgspec.json.decode(event.recurrence, type=Recurrence) if event.recurrence else None


def _beginnings(event: CalendarEvent, span: Span, clock: tzinfo) -> list[int]:
    length = event.ends_at - event.starts_at
    rule = read_recurrence(event)
    touched = Span(span.first - DAY_MS + 1 if event.is_whole_day else span.first, span.last)
    if rule is None:
        return [event.starts_at] if event.ends_at >= touched.first else []
    return occurrences(rule, event.starts_at, length, touched, zone_named(event.starts_zone, clock))


def _columns(content: Content, clock: tzinfo) -> dict[str, Any]:
    """Give the columns of an event for what it is like."""
    name = content.name.strip()[:MAX_NAME]
    if not name:
        raise EmptyTitleError
    if checked(content.ends_at) < checked(content.starts_at):
        raise WrongTimeError
    is_long = len(content.description) > MAX_DESCRIPTION or any(len(one) > MAX_CRM_LINK for one in content.crm_links)
    if is_long or len(content.reminders) > MAX_REMINDERS or len(content.crm_links) > MAX_CRM_LINKS:
        raise TooLargeError
    rule = content.recurrence
    length = content.ends_at - content.starts_at
    zone = zone_named(content.starts_zone, clock)
    return {
        "name": name,
        "description": content.description,
        "location": content.location.strip()[:MAX_NAME],
        "starts_at": content.starts_at,
        "ends_at": content.ends_at,
        "is_whole_day": int(content.is_whole_day),
        "starts_zone": content.starts_zone,
        "ends_zone": content.ends_zone,
        "accessibility": content.accessibility if content.accessibility in ACCESSIBILITIES else ACCESSIBILITIES[0],
        "importance": content.importance if content.importance in IMPORTANCES else "normal",
        "is_private": int(content.is_private),
        "color": content.color,
        "text_color": content.text_color,
        "reminders": _encode(content.reminders),
        "recurrence": _encode(rule) if rule else "",
        "last_ends_at": last_ending(rule, content.starts_at, length, zone) if rule else content.ends_at,
        "crm_links": _encode(content.crm_links),
    }


async def _involved(tx: Tx, event: CalendarEvent) -> list[int]:
    return [one.person_id for one in (await calendar.attendees_of(tx, [event.id])).get(event.id, [])]


async def _record(tx: Tx, actor: Person, event: CalendarEvent, change: str) -> None:
    involved = await _involved(tx, event) if event.is_meeting else []
    await record(tx, CalendarEventChanged(event_id=event.id, actor_id=actor.id, change=change, involved=involved))


def _encode(value: object) -> str:
    return msgspec.json.encode(value).decode()
