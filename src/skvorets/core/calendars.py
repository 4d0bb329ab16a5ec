"""Calendars of people, work groups and the company: who sees one, who may write into it.

One's own calendar is one's own; a group's belongs to its members, the company's is read by all employees and written by
administrators. Administrators see and change everything. People from outside have no calendars. [docs] [inferred]
"""

from __future__ import annotations

import msgspec

from skvorets.errors import CalendarNotFoundError, NotAllowedError
from skvorets.storage import calendar, people, work_groups
from skvorets.storage.calendar import Section
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

USER, GROUP, COMPANY = "user", "group", "company_calendar"


async def can_read(tx: Tx, viewer: Person, kind: str, owner_id: int) -> bool:
    """May the person see everything in the calendar?"""
    if viewer.extranet:
        return False
    if viewer.admin or kind == COMPANY:
        return True
    if kind == USER:
        return viewer.id == owner_id
    return kind == GROUP and owner_id in await work_groups.ids_of(tx, viewer.id)


async def can_fill(tx: Tx, actor: Person, kind: str, owner_id: int) -> bool:
    """May the person put events into the calendar?"""
    if kind == COMPANY:
        return bool(actor.admin) and not actor.extranet
    return kind in {USER, GROUP} and await can_read(tx, actor, kind, owner_id)


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Which calendar is meant."""

    kind: str
    owner_id: int  # 0 for the company
    section_id: int = 0  # 0 = the one that everybody has
    may_be_other: bool = False  # is the one that everybody has taken when there is none with this id?
    chat_id: int = 0  # the chat that an event comes from


async def calendar_to_fill(tx: Tx, actor: Person, place: Place) -> Section:
    """Give the calendar if the person may put events into it.

    Raises NotAllowedError; CalendarNotFoundError for an id that is not one of this owner's calendars.
    """
    if not await can_fill(tx, actor, place.kind, place.owner_id):
        raise NotAllowedError
    if place.section_id:
        section = await calendar.section(tx, place.section_id)
        if section is not None and (section.kind, section.owner_id) == (place.kind, place.owner_id):
            return section
        if not place.may_be_other:
            raise CalendarNotFoundError
    if place.kind == USER and place.owner_id != actor.id and await people.find(tx, place.owner_id) is None:
        raise NotAllowedError
    return await default_calendar(tx, actor, place.kind, place.owner_id)


async def default_calendar(tx: Tx, actor: Person, kind: str, owner_id: int) -> Section:
    """Give the calendar that this owner has in any case, made when it is first needed."""
    section = await calendar.default_section(tx, kind, owner_id)
    if section is None:
        await calendar.add_default_section(tx, kind, owner_id, owner_id if kind == USER else actor.id)
        section = await calendar.default_section(tx, kind, owner_id)
    if section is None:
        raise LookupError(kind, owner_id)
    return section


async def calendar_to_see(tx: Tx, viewer: Person, kind: str, owner_id: int) -> Section | None:
    """Give the calendar that this owner has in any case, if the person sees all that is in it."""
    if kind not in {USER, GROUP, COMPANY} or not await can_read(tx, viewer, kind, owner_id):
        return None
    if kind == USER and owner_id != viewer.id and await people.find(tx, owner_id) is None:
        return None
    return await default_calendar(tx, viewer, kind, owner_id)
