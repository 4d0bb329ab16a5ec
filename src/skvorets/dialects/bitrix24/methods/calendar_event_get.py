"""``calendar.event.get``: what takes place in a calendar in a span of time; series are given time by time.

Source: docs ``calendar.event.get``. Four queries, for groups one more. At most 1000 times are given; ask for less.
"""

from __future__ import annotations

import msgspec

from skvorets.core import calendar, calendars
from skvorets.core.calendar_zones import FIRST_MOMENT, LAST_MOMENT, moment_of, wall_time
from skvorets.core.calendars import Place
from skvorets.core.recurrence import Span
from skvorets.dialects.bitrix24.calendar import clock_of, deny_outsiders, required
from skvorets.dialects.bitrix24.calendar_times import read_time
from skvorets.dialects.bitrix24.errors import ERROR_ARGUMENT, ApiError
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.values import BadValue
from skvorets.dialects.bitrix24.views import View
from skvorets.dialects.bitrix24.views_calendar import event_view, load_people_of, shown_in
from skvorets.errors import WrongTimeError

_NAME = "calendar.event.get"
_DAY_MS = 24 * 3600 * 1000
# Without FROM and TO: a month back, three months ahead. [docs]
_DAYS_BACK, _DAYS_AHEAD = 30, 92
_MIDDLE_YEAR = 5000


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    TYPE: str  # user, group or company_calendar
    OWNERID: int | None = None  # the person (the caller) or the group
    FROM: str = ""  # first day
    TO: str = ""  # last day
    SECTION: tuple[int, ...] = ()  # only these calendars


@method(_NAME, scope="calendar", params=Params, mode="scan", faults={"TYPE": required("type", _NAME)})
async def calendar_event_get(tx: Tx, call: Call, params: Params) -> list[View]:
    """List events by time."""
    deny_outsiders(call)
    person, config = call.caller.person, call.surroundings.config
    kind = params.TYPE.strip().lower()
    if not kind:
        raise ApiError(required("type", _NAME))
    owner_id = params.OWNERID or (person.id if kind == calendars.USER else 0)
    place = Place(kind=kind, owner_id=0 if kind == calendars.COMPANY else owner_id)
    span = Span(_day(tx, call, params, "FROM", -_DAYS_BACK), _day(tx, call, params, "TO", _DAYS_AHEAD) + _DAY_MS - 1)
    found = await calendar.list_events(tx, person, place, span, clock_of(call))
    shown, hosts = await shown_in(tx, person, place.kind, place.owner_id), await load_people_of(tx, found)
    views = [event_view(one, shown, hosts, config) for one in found]
    wanted = {str(one) for one in params.SECTION}
    return [view for view in views if view["SECTION_ID"] in wanted] if wanted else views


def _day(tx: Tx, call: Call, params: Params, name: str, otherwise_days: int) -> int:
    """Give the midnight of a day by the portal's clock."""
    clock, text = clock_of(call), getattr(params, name)
    if not text.strip():
        wall = wall_time(tx.now + otherwise_days * _DAY_MS, clock)
        return moment_of(wall.replace(hour=0, minute=0, second=0, microsecond=0))
    try:
        given = read_time(text)
    except BadValue:
        raise ApiError(ERROR_ARGUMENT, text=f"Argument '{name.lower()}' is not a date", argument=name) from None
    try:
        return given.midnight(clock)
    except WrongTimeError:  # past what a calendar shows: as far as it goes
        return FIRST_MOMENT if given.wall.year < _MIDDLE_YEAR else LAST_MOMENT - _DAY_MS
