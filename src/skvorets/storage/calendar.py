"""Rows of ``calendar_events``, ``calendar_attendees`` and ``calendar_sections``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from skvorets.storage.columns import columns_of
from skvorets.storage.database import Tx


class Section(msgspec.Struct, frozen=True):
    """A calendar of a person, a group or the company."""

    id: int
    kind: str  # user, group, company_calendar
    owner_id: int  # 0 for the company
    created_by: int
    created_at: int  # unix milliseconds


class CalendarEvent(msgspec.Struct, frozen=True, kw_only=True):
    """Something that takes place. Times are unix milliseconds; of whole days the midnights of the portal's clock."""

    id: int
    section_id: int
    kind: str  # of the section
    owner_id: int  # of the section
    created_by: int
    name: str
    description: str
    location: str
    starts_at: int
    ends_at: int
    is_whole_day: int
    starts_zone: str  # IANA name, empty = the portal's clock
    ends_zone: str
    accessibility: str  # busy, absent, quest, free
    importance: str  # high, normal, low
    is_private: int
    color: str  # #rrggbb or empty
    text_color: str
    is_meeting: int
    host_id: int  # 0 = no meeting
    meeting: str  # JSON object of core.calendar.MeetingRules
    reminders: str  # JSON list of core.calendar.Reminder
    recurrence: str  # JSON object of core.recurrence.Recurrence, empty = happens once
    last_ends_at: int  # when its last occurrence ends
    crm_links: str  # JSON list of texts
    version: int
    chat_id: int  # chat of the message that it was made from, 0 = none
    created_at: int
    changed_at: int


class Attendee(NamedTuple):
    """Somebody's part in a meeting."""

    event_id: int
    person_id: int
    status: str  # H holds it, Q has not answered, Y comes, N does not


class EventQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which events of one calendar are wanted: those that touch a span of time."""

    kind: str
    owner_id: int
    starts_before: int
    ends_after: int
    limit: int


_FIELDS = CalendarEvent.__struct_fields__
_COLUMNS = ", ".join(f"e.{name}" for name in _FIELDS)
_SECTION_COLUMNS = ", ".join(Section.__struct_fields__)
_INSERT = (
    f"INSERT INTO calendar_events ({', '.join(_FIELDS[1:])})"
    f" VALUES ({', '.join(f'${number}' for number in range(1, len(_FIELDS)))}) RETURNING id"
)
_CHANGEABLE = columns_of("calendar_events", CalendarEvent, "id", "created_by", "created_at", "chat_id")
# A person's calendar shows the meetings that he takes part in, too.
_TOUCHING = "e.last_ends_at >= $3 AND e.starts_at <= $4"
_SELECT = (
    f"SELECT {_COLUMNS} FROM calendar_events e WHERE e.kind = $1 AND e.owner_id = $2 AND {_TOUCHING}"
    " ORDER BY e.starts_at, e.id LIMIT $5"
)
_SELECT_OF_PERSON = (
    f"SELECT {_COLUMNS} FROM calendar_events e WHERE {_TOUCHING} AND e.id IN"
    " (SELECT o.id FROM calendar_events o WHERE o.kind = $1 AND o.owner_id = $2 AND o.last_ends_at >= $3"
    " UNION SELECT a.event_id FROM calendar_attendees a WHERE a.person_id = $2)"
    " ORDER BY e.starts_at, e.id LIMIT $5"
)
_ADD_SECTIONS = (
    "INSERT INTO calendar_sections (kind, owner_id, created_by, created_at)"
    " SELECT 'user', p.id, p.id, CAST($2 AS BIGINT) FROM people p WHERE p.id = ANY($1) ON CONFLICT DO NOTHING"
)


async def find(tx: Tx, event_id: int) -> CalendarEvent | None:
    """The event with this id. Rules ask ``core.calendar`` instead: it checks who may see it."""
    row = await tx.row(f"SELECT {_COLUMNS} FROM calendar_events e WHERE e.id = $1", event_id)
    return None if row is None else _of_row(row)


async def select(tx: Tx, query: EventQuery) -> list[CalendarEvent]:
    """The events of a calendar that touch the span, in the order in which they begin."""
    statement = _SELECT_OF_PERSON if query.kind == "user" else _SELECT
    rows = await tx.rows(statement, query.kind, query.owner_id, query.ends_after, query.starts_before, query.limit)
    return [_of_row(row) for row in rows]


async def insert(tx: Tx, event: CalendarEvent) -> int:
    """Store a new event (its ``id`` is ignored) and return the id."""
    new_id: int = await tx.val(_INSERT, *msgspec.structs.astuple(event)[1:])
    return new_id


async def change(tx: Tx, event_id: int, **values: object) -> None:
    """Set columns of an event; names are columns of ``calendar_events``."""
    await _CHANGEABLE.change(tx, event_id, values)


async def delete(tx: Tx, event_id: int) -> None:
    """Remove an event and who was to take part in it."""
    await tx.do("DELETE FROM calendar_attendees WHERE event_id = $1", event_id)
    await tx.do("DELETE FROM calendar_events WHERE id = $1", event_id)


async def attendees_of(tx: Tx, event_ids: Iterable[int]) -> dict[int, list[Attendee]]:
    """Who takes part, by event, who holds it first."""
    found: dict[int, list[Attendee]] = {}
    rows = await tx.rows(
        "SELECT event_id, person_id, status FROM calendar_attendees WHERE event_id = ANY($1)"
        " ORDER BY event_id, CASE WHEN status = 'H' THEN 0 ELSE 1 END, person_id",
        sorted(set(event_ids)),
    )
    for row in rows:
        found.setdefault(row[0], []).append(Attendee(*row))
    return found


async def insert_attendees(tx: Tx, event_id: int, person_ids: Iterable[int], status: str) -> None:
    """Let people take part, with a calendar of their own for who has none: two statements however many they are."""
    wanted = sorted(set(person_ids))
    await tx.do(_ADD_SECTIONS, wanted, tx.now)
    await tx.do(
        "INSERT INTO calendar_attendees (event_id, person_id, status)"
        " SELECT CAST($1 AS BIGINT), p.id, CAST($3 AS TEXT) FROM people p WHERE p.id = ANY($2) ON CONFLICT DO NOTHING",
        event_id,
        wanted,
        status,
    )


async def delete_attendees(tx: Tx, event_id: int, person_ids: Iterable[int]) -> None:
    """Let people no longer take part."""
    await tx.do(
        "DELETE FROM calendar_attendees WHERE event_id = $1 AND person_id = ANY($2)", event_id, sorted(set(person_ids))
    )


async def set_status(tx: Tx, event_id: int, person_ids: Iterable[int], status: str) -> int:
    """Note how people answered; how many rows that changed."""
    return await tx.do(
        "UPDATE calendar_attendees SET status = $3"
        " WHERE event_id = $1 AND person_id = ANY($2) AND status <> $3 AND status <> 'H'",
        event_id,
        sorted(set(person_ids)),
        status,
    )


async def section(tx: Tx, section_id: int) -> Section | None:
    """The calendar with this id."""
    row = await tx.row(f"SELECT {_SECTION_COLUMNS} FROM calendar_sections WHERE id = $1", section_id)
    return None if row is None else Section(*row)


async def default_section(tx: Tx, kind: str, owner_id: int) -> Section | None:
    """The calendar of this owner that events go to when none is named."""
    row = await tx.row(
        f"SELECT {_SECTION_COLUMNS} FROM calendar_sections WHERE kind = $1 AND owner_id = $2 AND is_default = 1",
        kind,
        owner_id,
    )
    return None if row is None else Section(*row)


async def add_default_section(tx: Tx, kind: str, owner_id: int, created_by: int) -> None:
    """Make that calendar if there is none."""
    await tx.do(
        "INSERT INTO calendar_sections (kind, owner_id, created_by, created_at) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT DO NOTHING",
        kind,
        owner_id,
        created_by,
        tx.now,
    )


def _of_row(row: Sequence[object]) -> CalendarEvent:
    values = dict(zip(_FIELDS, row, strict=True))
    return CalendarEvent(**values)  # type: ignore[arg-type]  # columns in the order of the fields
