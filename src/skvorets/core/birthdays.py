"""Whose birthday it is. Rules: spec ``bitrix24-im.md`` §12 (``birthdayList``)."""

from __future__ import annotations

import calendar
from datetime import date

from skvorets.storage import people_lists
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

# People who are named at most. Undocumented: in a company of ten thousand there are thirty every day.
MAX_NAMED = 100
_FEBRUARY, _LAST_DAY = 2, 28


async def of_day(tx: Tx, viewer: Person, day: date) -> list[Person]:
    """Give the employees whose birthday this day is, without the viewer, by id; people from outside see nobody.

    Who was born on the 29th of February celebrates on the 28th when the year has no 29th.
    """
    if viewer.extranet:
        return []
    days = [day.strftime("%m-%d")]
    if (day.month, day.day) == (_FEBRUARY, _LAST_DAY) and not calendar.isleap(day.year):
        days.append("02-29")
    found = [one for each in days for one in await people_lists.born_on(tx, each, MAX_NAMED + 1)]
    return [one for one in found if one.id != viewer.id][:MAX_NAMED]
