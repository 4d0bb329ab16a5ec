"""Meetings: who takes part in an event, invitations and answers.

    (invited) Q ──accepts──▶ Y        the host is H from the beginning
              └──declines──▶ N        a moved meeting may ask anew: back to Q

Source: docs ``calendar.event.add`` (attendees, host, meeting), ``calendar.meeting.status.set``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo

import msgspec

from skvorets.core import access, notifications, phrases
from skvorets.core import phrases_calendar as words
from skvorets.core.calendar_zones import wall_time
from skvorets.core.events import record
from skvorets.core.events_calendar import CalendarEventChanged
from skvorets.core.notifications import (
    ACCEPT_COLOR,
    CONFIRM,
    CONFIRM_HANDLERS,
    DECLINE_COLOR,
    SYSTEM,
    Button,
    Labels,
    NewNotification,
    Notification,
)
from skvorets.errors import CalendarEventNotFoundError, NotAllowedError, TooLargeError
from skvorets.storage import calendar, people
from skvorets.storage.calendar import Attendee, CalendarEvent
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

# Statuses as documented.
HOST, INVITED, COMES, DECLINES = "H", "Q", "Y", "N"
ANSWERS = frozenset({INVITED, COMES, DECLINES})
# People who may take part in one meeting. Undocumented.
MAX_ATTENDEES = 500
_MODULE, _INVITE = "calendar", "invite"


class MeetingRules(msgspec.Struct, frozen=True, kw_only=True):
    """What a meeting is like for those who take part."""

    notify: bool = False  # is the host told of answers?
    reinvite: bool = False  # does a moved meeting ask anew?
    allow_invite: bool = False  # kept only: who takes part may not change the event
    hide_guests: bool = False  # does everybody see only himself and the host?


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """Who is to take part."""

    host_id: int
    attendee_ids: tuple[int, ...]  # the host may be among them or not; unknown people are left out
    rules: MeetingRules = MeetingRules()


async def set_meeting(
    tx: Tx, actor: Person, event: CalendarEvent, meeting: Meeting, clock: tzinfo, *, is_moved: bool = False
) -> CalendarEvent:
    """Say who takes part: new ones are invited, others go. Raises NotAllowedError for a foreign host, TooLargeError."""
    if len(meeting.attendee_ids) > MAX_ATTENDEES:
        raise TooLargeError
    host = await _host(tx, actor, event, meeting)
    invited = await access.people_to_invite(tx, actor, meeting.attendee_ids)
    wanted = {one.id for one in invited.values() if not one.is_bot and not one.extranet} - {host.id}
    present = {one.person_id: one.status for one in await _attendees(tx, event)}
    gone = set(present) - wanted - {host.id}
    if present.get(host.id) != HOST:  # somebody else holds it now
        gone |= {one for one, status in present.items() if status == HOST}
        await calendar.delete_attendees(tx, event.id, [host.id])
        await calendar.insert_attendees(tx, event.id, [host.id], HOST)
    await calendar.delete_attendees(tx, event.id, gone)
    await calendar.insert_attendees(tx, event.id, wanted - (set(present) - gone), INVITED)
    rules = msgspec.json.encode(meeting.rules).decode()
    await calendar.change(tx, event.id, is_meeting=1, host_id=host.id, meeting=rules)
    event = msgspec.structs.replace(event, is_meeting=1, host_id=host.id, meeting=rules)
    asked = wanted - (set(present) - gone)
    if is_moved and meeting.rules.reinvite:
        asked = wanted
        await calendar.set_status(tx, event.id, wanted, INVITED)
    await _invite(tx, host, event, asked - {actor.id}, clock)
    return event


async def end_meeting(tx: Tx, actor: Person, event: CalendarEvent, clock: tzinfo) -> CalendarEvent:
    """Let nobody take part any more; those who did not decline are told."""
    told = {one.person_id for one in await _attendees(tx, event) if one.status != DECLINES} - {actor.id}
    await notifications.delete_grouped(tx, Labels(_tag(event.id), "", _MODULE))
    if told:
        text = words.cancelled(tx.portal.language, event, _when(tx, event, clock))
        new = NewNotification(person_id=0, author_id=actor.id, kind=SYSTEM, text=text, module=_MODULE, event="cancel")
        await notifications.notify_all(tx, new, sorted(told))
    await calendar.delete_attendees(tx, event.id, [one.person_id for one in await _attendees(tx, event)])
    await calendar.change(tx, event.id, is_meeting=0, host_id=0, meeting="{}")
    return msgspec.structs.replace(event, is_meeting=0, host_id=0, meeting="{}")


async def answer(tx: Tx, person: Person, event_id: int, status: str) -> CalendarEvent:
    """Say whether one comes. Raises CalendarEventNotFoundError for who is not invited; the host always comes."""
    event = await calendar.find(tx, event_id)
    mine = await status_of(tx, person, event_id)
    if event is None:
        raise CalendarEventNotFoundError
    if mine == HOST or not await calendar.set_status(tx, event_id, [person.id], status):
        return event
    rules = msgspec.json.decode(event.meeting, type=MeetingRules)
    if rules.notify and status != INVITED:
        text = words.answer_for_host(tx.portal.language, person, event, comes=status == COMES)
        tag = f"CALENDAR|STATUS|{event_id}|{person.id}"
        new = NewNotification(
            person_id=event.host_id, author_id=person.id, kind=SYSTEM, text=text, module=_MODULE, event="info", tag=tag
        )
        await notifications.notify(tx, new)
    involved = [one.person_id for one in await _attendees(tx, event)]
    change = CalendarEventChanged(event_id=event_id, actor_id=person.id, change="answered", involved=involved)
    await record(tx, change)
    return event


async def status_of(tx: Tx, person: Person, event_id: int) -> str:
    """Give the person's answer so far. Raises CalendarEventNotFoundError for who is not invited."""
    attendees = (await calendar.attendees_of(tx, [event_id])).get(event_id, [])
    for one in attendees:
        if one.person_id == person.id:
            return one.status
    raise CalendarEventNotFoundError


async def _answer_by_button(tx: Tx, person: Person, notification: Notification, value: str) -> str | None:
    """Take the answer of a notification's button; what is shown then."""
    language = tx.portal.language
    if value not in {COMES, DECLINES}:
        return None
    try:
        event = await answer(tx, person, int(notification.sub_tag.rpartition("|")[2]), value)
    except (CalendarEventNotFoundError, ValueError):
        return words.gone(language)
    return words.own_answer(language, event, comes=value == COMES)


CONFIRM_HANDLERS[f"{_MODULE}|{_INVITE}"] = _answer_by_button


async def _invite(tx: Tx, host: Person, event: CalendarEvent, person_ids: Iterable[int], clock: tzinfo) -> None:
    asked = sorted(person_ids)
    if not asked:
        return
    language, tag = tx.portal.language, _tag(event.id)
    new = NewNotification(
        person_id=0,
        author_id=host.id,
        kind=CONFIRM,
        text=words.invitation(language, host, event, _when(tx, event, clock)),
        module=_MODULE,
        event=_INVITE,
        tag=tag,
        sub_tag=tag,
        buttons=(
            Button(words.accept(language), COMES, ACCEPT_COLOR),
            Button(words.decline(language), DECLINES, DECLINE_COLOR),
        ),
    )
    await notifications.notify_all(tx, new, asked)


async def _host(tx: Tx, actor: Person, event: CalendarEvent, meeting: Meeting) -> Person:
    """Give who holds the meeting: the actor, the calendar's owner or who held it; administrators name anybody."""
    is_owner = event.kind == "user" and event.owner_id == meeting.host_id
    if not (actor.admin or is_owner or meeting.host_id in {actor.id, event.host_id}):
        raise NotAllowedError
    host = await people.find(tx, meeting.host_id)
    if host is None or not host.active or host.is_bot:
        raise NotAllowedError
    return host


async def _attendees(tx: Tx, event: CalendarEvent) -> list[Attendee]:
    return (await calendar.attendees_of(tx, [event.id])).get(event.id, [])


def _when(tx: Tx, event: CalendarEvent, clock: tzinfo) -> str:
    text = phrases.moment(tx.portal.language, wall_time(event.starts_at, clock))
    return text.partition(" ")[0] if event.is_whole_day else text


def _tag(event_id: int) -> str:
    return f"CALENDAR|INVITE|{event_id}"
