"""Clocks of the calendar: named zones of the world, the portal's own clock, what moments a calendar can show."""

from __future__ import annotations

import functools
import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from skvorets.errors import WrongTimeError

FIRST_MOMENT: Final = -2_208_988_800_000
"""The beginning of 1900 in milliseconds: the first that a calendar can show. Undocumented."""
LAST_MOMENT: Final = 253_370_764_800_000 - 1
"""The end of 9998: a year before what dates can hold, so that every zone can show it. Undocumented."""
_NAME = re.compile(r"[A-Za-z]{1,32}(/[A-Za-z0-9_+-]{1,32}){0,2}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def portal_zone(utc_offset_minutes: int) -> tzinfo:
    """Give the portal's clock."""
    return timezone(timedelta(minutes=utc_offset_minutes))


def zone_named(name: str, otherwise: tzinfo) -> tzinfo:
    """Give the zone with this IANA name; for an empty or unknown one the other."""
    return (_find(name) if name else None) or otherwise


def is_zone(name: str) -> bool:
    """Is there a zone with this name?"""
    return _find(name) is not None


def wall_time(moment: int, zone: tzinfo) -> datetime:
    """Give what the clock on the wall shows at a moment (unix milliseconds)."""
    return (_EPOCH + moment * _MILLISECOND).astimezone(zone)


def moment_of(wall: datetime) -> int:
    """Give the moment (unix milliseconds) of an aware time. Raises WrongTimeError outside 1900 to 9998."""
    try:
        moment: int = (wall - _EPOCH) // _MILLISECOND
    except OverflowError:
        raise WrongTimeError from None
    return checked(moment)


def checked(moment: int) -> int:
    """Give the moment back. Raises WrongTimeError outside 1900 to 9998."""
    if not FIRST_MOMENT <= moment <= LAST_MOMENT:
        raise WrongTimeError
    return moment


@functools.lru_cache(maxsize=1024)
def _find(name: str) -> tzinfo | None:
    if _NAME.fullmatch(name) is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a folder of zones, such as "Europe"
        return None
