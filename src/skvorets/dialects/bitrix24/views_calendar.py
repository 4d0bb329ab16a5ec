"""The documented objects of the calendar: events and calendars. Source: docs ``calendar.event.get``, ``.section.get``.

An attendee's calendar shows a meeting as his own (OWNER_ID, SECTION_ID): the reference keeps a copy for each.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

import msgspec

from skvorets.config import Config
from skvorets.core import phrases_calendar
from skvorets.core.calendar import Occurrence, read_recurrence
from skvorets.core.calendar_zones import portal_zone, wall_time, zone_named
from skvorets.core.meetings import HOST
from skvorets.core.recurrence import WEEKDAYS, Recurrence
from skvorets.dialects.bitrix24.calendar import read_crm_links, read_meeting_rules, read_reminders
from skvorets.dialects.bitrix24.calendar_times import offset_of, write_day, write_time
from skvorets.dialects.bitrix24.views import View
from skvorets.storage import calendar, people
from skvorets.storage.calendar import Attendee, CalendarEvent, Section
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

_DAY_S = 86400
_SECTION_COLOR, _SECTION_TEXT_COLOR = "#9cbeee", "#283000"
# The number that the docs' sample shows for the owner.
_FULL_ACCESS = 19
_WEEKDAYS: Mapping[str, tuple[str, ...]] = {
    "ru": ("Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_EVERY: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "ru": {
        "DAILY": ("каждый день", "раз в {} дн."),
        "WEEKLY": ("каждую неделю", "раз в {} нед."),
        "MONTHLY": ("каждый месяц", "раз в {} мес."),
        "YEARLY": ("каждый год", "раз в {} г."),
    },
    "en": {
        "DAILY": ("every day", "every {} days"),
        "WEEKLY": ("every week", "every {} weeks"),
        "MONTHLY": ("every month", "every {} months"),
        "YEARLY": ("every year", "every {} years"),
    },
}


class Shown(msgspec.Struct, frozen=True):
    """In whose calendar events are shown, and to whom."""

    viewer: Person
    section: Section | None  # None: each in its own


async def load_people_of(tx: Tx, found: list[Occurrence]) -> dict[int, Person]:
    """Load those who hold the events: one query, none for none."""
    return await people.find_many(tx, {_host_of(one.event) for one in found})


def event_view(one: Occurrence, shown: Shown, hosts: Mapping[int, Person], config: Config) -> View:
    """Give the documented object of an event at one of its times."""
    event, clock = one.event, portal_zone(config.utc_offset_minutes)
    section = shown.section
    is_foreign = section is None or (section.kind, section.owner_id) == (event.kind, event.owner_id)
    section_id = str(event.section_id if is_foreign or section is None else section.id)
    owner_id = str(event.owner_id if is_foreign or section is None else section.owner_id)
    host = hosts.get(_host_of(event))
    rule = read_recurrence(event)
    return {
        "ID": str(event.id),
        "PARENT_ID": str(event.id),
        "DELETED": "N",
        "CAL_TYPE": event.kind if is_foreign or section is None else section.kind,
        "OWNER_ID": owner_id,
        "NAME": event.name,
        **_times(one, clock, config),
        "EVENT_TYPE": None,
        "CREATED_BY": str(event.created_by),
        "DATE_CREATE": write_time(event.created_at, clock, config.language),
        "TIMESTAMP_X": write_time(event.changed_at, clock, config.language),
        "DESCRIPTION": event.description,
        "PRIVATE_EVENT": "1" if event.is_private else "",
        "ACCESSIBILITY": event.accessibility,
        "IMPORTANCE": event.importance,
        "IS_MEETING": bool(event.is_meeting),
        "MEETING_STATUS": _status(one, shown),
        "MEETING_HOST": str(_host_of(event)),
        "MEETING": _meeting(event, host, config.language),
        "LOCATION": event.location,
        "REMIND": [{"type": reminder.type, "count": reminder.count} for reminder in read_reminders(event)],
        "COLOR": event.color,
        "TEXT_COLOR": event.text_color,
        "RRULE": _rule(rule, zone_named(event.starts_zone, clock), config.language) if rule else "",
        "EXDATE": "",
        "DAV_XML_ID": f"{event.id}@{config.domain}",
        "G_EVENT_ID": "",
        "DAV_EXCH_LABEL": "",
        "CAL_DAV_LABEL": "",
        "VERSION": str(event.version),
        "RECURRENCE_ID": None,
        "RELATIONS": None,
        "SECTION_ID": section_id,
        "SYNC_STATUS": None,
        "UF_CRM_CAL_EVENT": list(read_crm_links(event)) or False,
        "UF_WEBDAV_CAL_EVENT": False,
        "SECTION_DAV_XML_ID": None,
        "SECT_ID": section_id,
        **_attendees(one, shown),
        "COLLAB_ID": None,
        **({"~RRULE_DESCRIPTION": _describe(rule, one, clock, config.language)} if rule else {}),
        "~DESCRIPTION": event.description,
    }


def section_view(section: Section, *, may_write: bool, config: Config) -> View:
    """Give the documented object of a calendar."""
    created = f"{wall_time(section.created_at, portal_zone(config.utc_offset_minutes)):%Y-%m-%d %H:%M:%S}"
    return {
        "ID": str(section.id),
        "NAME": phrases_calendar.section_name(config.language, section.kind),
        "GAPI_CALENDAR_ID": None,
        "DESCRIPTION": "",
        "COLOR": _SECTION_COLOR,
        "TEXT_COLOR": _SECTION_TEXT_COLOR,
        "EXPORT": {"ALLOW": False},
        "CAL_TYPE": section.kind,
        "OWNER_ID": str(section.owner_id),
        "CREATED_BY": str(section.created_by),
        "DATE_CREATE": created,
        "TIMESTAMP_X": created,
        "CAL_DAV_CON": None,
        "SYNC_TOKEN": None,
        "PAGE_TOKEN": None,
        "EXTERNAL_TYPE": "local",
        "ACCESS": {f"U{section.owner_id}": _FULL_ACCESS} if section.kind == "user" else {},
        "IS_COLLAB": False,
        "PERM": {
            "view_time": True,
            "view_title": True,
            "view_full": True,
            "add": may_write,
            "edit": may_write,
            "edit_section": False,
            "access": False,
        },
    }


async def shown_in(tx: Tx, viewer: Person, kind: str, owner_id: int) -> Shown:
    """Say that events are shown in the calendar of an owner."""
    return Shown(viewer, await calendar.default_section(tx, kind, owner_id))


def _host_of(event: CalendarEvent) -> int:
    return event.host_id or event.created_by


def _times(one: Occurrence, clock: tzinfo, config: Config) -> View:
    event, language = one.event, config.language
    starts_zone = zone_named(event.starts_zone, clock)
    ends_zone = zone_named(event.ends_zone, clock)
    length = (one.ends_at - one.starts_at) // 1000
    day = "%a %b %d %Y" if event.is_whole_day else "%a %b %d %Y %H:%M:%S"
    starts_offset, ends_offset = offset_of(one.starts_at, starts_zone), offset_of(one.ends_at, ends_zone)
    own = offset_of(one.starts_at, clock)
    is_timed = not event.is_whole_day
    return {
        "DATE_FROM": write_time(one.starts_at, starts_zone, language),
        "DATE_TO": write_time(one.ends_at, ends_zone, language),
        "ORIGINAL_DATE_FROM": None,
        "TZ_FROM": event.starts_zone or _name_of(own) if is_timed else None,
        "TZ_TO": event.ends_zone or _name_of(own) if is_timed else None,
        "TZ_OFFSET_FROM": str(starts_offset) if is_timed else None,
        "TZ_OFFSET_TO": str(ends_offset) if is_timed else None,
        "DATE_FROM_TS_UTC": str(one.starts_at // 1000),
        "DATE_TO_TS_UTC": str(one.ends_at // 1000),
        "DT_SKIP_TIME": "N" if is_timed else "Y",
        "DT_LENGTH": length if is_timed else length // _DAY_S * _DAY_S + _DAY_S,
        "DATE_FROM_FORMATTED": f"{wall_time(one.starts_at, starts_zone):{day}}",
        "DATE_TO_FORMATTED": f"{wall_time(one.ends_at, ends_zone):{day}}",
        "~USER_OFFSET_FROM": starts_offset - own if is_timed else 0,
        "~USER_OFFSET_TO": ends_offset - own if is_timed else 0,
    }


def _name_of(offset_s: int) -> str | None:
    """Name the portal's clock, which is only an offset; IANA has names for whole hours, with the sign turned round."""
    hours, rest = divmod(offset_s, 3600)
    return (f"Etc/GMT{-hours:+d}" if hours else "UTC") if not rest else None


def _status(one: Occurrence, shown: Shown) -> str | None:
    """Give what the calendar's owner, or else the viewer, answered."""
    owner_id = shown.section.owner_id if shown.section and shown.section.kind == "user" else shown.viewer.id
    return next((part.status for part in one.attendees if part.person_id == owner_id), None)


def _meeting(event: CalendarEvent, host: Person | None, language: str) -> View:
    rules = read_meeting_rules(event)
    return {
        "HOST_NAME": host.name if host else "",
        "NOTIFY": rules.notify,
        "REINVITE": rules.reinvite,
        "ALLOW_INVITE": rules.allow_invite,
        "HIDE_GUESTS": rules.hide_guests,
        "MEETING_CREATOR": event.created_by,
        "LANGUAGE_ID": language,
        "MAIL_FROM": "",
    }


def _attendees(one: Occurrence, shown: Shown) -> View:
    event = one.event
    parts = one.attendees or [Attendee(event.id, event.created_by, HOST)]
    if read_meeting_rules(event).hide_guests and shown.viewer.id not in {event.host_id, event.created_by}:
        parts = [part for part in parts if part.status == HOST or part.person_id == shown.viewer.id]
    return {
        "ATTENDEES_CODES": [f"U{part.person_id}" for part in parts],
        "ATTENDEE_LIST": [{"id": part.person_id, "entryId": str(event.id), "status": part.status} for part in parts],
        "attendeesEntityList": [{"entityId": "user", "id": part.person_id} for part in parts],
    }


def _rule(rule: Recurrence, zone: tzinfo, language: str) -> View:
    view: dict[str, Any] = {"FREQ": rule.frequency}
    if rule.weekdays:
        view["BYDAY"] = {day: day for day in rule.weekdays}
    view["INTERVAL"] = rule.interval
    if rule.count:
        view["COUNT"] = rule.count
    if rule.until:
        last = write_day(rule.until, zone, language)
        midnight = wall_time(rule.until, zone).replace(hour=0, minute=0, second=0, microsecond=0)
        view |= {"UNTIL": last, "~UNTIL": last, "UNTIL_TS": int(midnight.timestamp())}
    return view


def _describe(rule: Recurrence, one: Occurrence, clock: tzinfo, language: str) -> str:
    """Say in words how often it takes place, as the site does."""
    is_russian = language == "ru"
    single, several = _EVERY["ru" if is_russian else "en"][rule.frequency]
    text = single if rule.interval == 1 else several.format(rule.interval)
    if rule.weekdays:
        names = _WEEKDAYS["ru" if is_russian else "en"]
        days = ", ".join(names[WEEKDAYS.index(day)] for day in rule.weekdays)
        text += f"{' по дням' if is_russian else ' on'}: {days}"
    zone = zone_named(one.event.starts_zone, clock)
    text += f", {'с' if is_russian else 'from'} {write_day(one.event.starts_at, zone, language)}"
    if rule.until:
        text += f" {'по' if is_russian else 'to'} {write_day(rule.until, zone, language)}"
    return text
