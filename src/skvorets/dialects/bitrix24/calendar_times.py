"""Times of the calendar's methods: several spellings in, the site's own format out.

Source: docs ``calendar.event.add`` (time zones), ``calendar.event.get`` (samples), an older answer of a Russian portal.
COMPAT(bitrix24): unlike everywhere else dates are written as the site shows them — ``03.10.2019 10:00:00`` in Russian,
``12/11/2024 05:59:00 pm`` in English — in the event's own zone; offset and UTC stand beside them in keys of their own.
"""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from typing import NamedTuple

from skvorets.core.calendar_zones import moment_of, wall_time
from skvorets.dialects.bitrix24.values import BadValue

_MAX_LENGTH = 40  # characters; the longest documented one has 25
_LOST_PLUS = re.compile(r"[ ](?=[0-9]{2}:?[0-9]{2}\Z)")
_TIME = r"(?:[ T]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?(?: *([ap])\.?m\.?)?)?"
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})" + _TIME, re.IGNORECASE)
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})" + _TIME, re.IGNORECASE)
_HALF_DAY = 12
_EACH_TWELVE = 12


class GivenTime(NamedTuple):
    """A time as it was given."""

    wall: datetime  # with a zone only if one was given

    @property
    def has_zone(self) -> bool:
        """Was an offset given with it?"""
        return self.wall.tzinfo is not None

    def moment(self, zone: tzinfo) -> int:
        """Give unix milliseconds; a time without an offset is one of this zone's clock. Raises WrongTimeError."""
        return moment_of(self.wall if self.has_zone else self.wall.replace(tzinfo=zone))

    def midnight(self, zone: tzinfo) -> int:
        """Give the beginning of the day that was named, by this zone's clock. Raises WrongTimeError."""
        return moment_of(self.wall.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=zone))


def read_time(text: str) -> GivenTime:
    """Read ISO 8601, ``03.10.2019 10:00`` or ``12/11/2024 05:59 pm``. Raises BadValue."""
    text = text.strip()
    if not text or len(text) > _MAX_LENGTH:
        raise BadValue("a date was expected")
    try:
        if match := _DOTTED.fullmatch(text):
            return GivenTime(_build(match, day=1, month=2))
        if match := _SLASHED.fullmatch(text):
            return GivenTime(_build(match, day=2, month=1))
        # COMPAT(bitrix24): a `+` that the client did not encode arrives as a space.
        return GivenTime(datetime.fromisoformat(_LOST_PLUS.sub("+", text) if "T" in text else text))
    except ValueError as error:
        raise BadValue(str(error)) from None


def write_time(moment: int, zone: tzinfo, language: str) -> str:
    """Write a moment as the site shows it."""
    wall = wall_time(moment, zone)
    if language == "ru":
        return f"{wall:%d.%m.%Y %H:%M:%S}"
    return f"{wall:%m/%d/%Y %I:%M:%S} {'am' if wall.hour < _HALF_DAY else 'pm'}"


def write_day(moment: int, zone: tzinfo, language: str) -> str:
    """Write the day of a moment as the site shows it."""
    return f"{wall_time(moment, zone):{'%d.%m.%Y' if language == 'ru' else '%m/%d/%Y'}}"


def offset_of(moment: int, zone: tzinfo) -> int:
    """Seconds that the zone's clock is ahead of UTC at a moment."""
    offset = wall_time(moment, zone).utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0


def _build(match: re.Match[str], *, day: int, month: int) -> datetime:
    hour, minute, second = (int(match[group] or 0) for group in (4, 5, 6))
    if match[7]:
        if hour > _EACH_TWELVE:
            raise BadValue("an hour of twelve was expected")
        hour = hour % _EACH_TWELVE + (_HALF_DAY if match[7].lower() == "p" else 0)
    return datetime(int(match[3]), int(match[month]), int(match[day]), hour, minute, second)  # noqa: DTZ001 — the zone is the caller's
