"""``calendar.section.get``: the calendars of an owner: everybody has one.

Source: docs ``calendar.section.get``.
"""

from __future__ import annotations

import msgspec

from skvorets.core import calendars
from skvorets.dialects.bitrix24.calendar import deny_outsiders, required
from skvorets.dialects.bitrix24.errors import ApiError
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.views import View
from skvorets.dialects.bitrix24.views_calendar import section_view

_NAME = "calendar.section.get"


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    TYPE: str  # user, group or company_calendar; other kinds have no calendars here
    OWNERID: int | None = None  # the person (the caller) or the group


@method(
    _NAME,
    scope="calendar",
    params=Params,
    faults={"TYPE": required("type", _NAME), "OWNERID": required("ownerId", _NAME)},
)
async def calendar_section_get(tx: Tx, call: Call, params: Params) -> list[View]:
    """List the calendars that the caller may see; one is made when it is first asked for."""
    deny_outsiders(call)
    person, kind = call.caller.person, params.TYPE.strip().lower()
    if not kind:
        raise ApiError(required("type", _NAME))
    if params.OWNERID is None and kind not in {calendars.USER, calendars.COMPANY}:
        raise ApiError(required("ownerId", _NAME))
    owner_id = 0 if kind == calendars.COMPANY else params.OWNERID or person.id
    section = await calendars.calendar_to_see(tx, person, kind, owner_id)
    if section is None:
        return []
    may_write = await calendars.can_fill(tx, person, kind, owner_id)
    return [section_view(section, may_write=may_write, config=call.surroundings.config)]
