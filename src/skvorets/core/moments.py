"""Moments as texts, by arithmetic: lists are full of moments, and of few days."""

from __future__ import annotations

import functools
from datetime import UTC, datetime

_SECOND_MS = 1_000
_MINUTE_S = 60
_HOUR_S = 60 * _MINUTE_S
_DAY_S = 24 * _HOUR_S


def date_and_time(at: int, offset_minutes: int = 0) -> tuple[str, str]:
    """Write unix milliseconds as ``2024-06-04`` and ``04:24:44``, so many minutes east of UTC."""
    return _written(at // _SECOND_MS + offset_minutes * _MINUTE_S)


@functools.lru_cache(16 * 1024)
def _written(second: int) -> tuple[str, str]:
    """Write the date and the time of a second since 1970; the newest messages are listed again and again."""
    day, rest = divmod(second, _DAY_S)
    hour, rest = divmod(rest, _HOUR_S)
    minute, rest = divmod(rest, _MINUTE_S)
    return _date_of(day), f"{hour:02}:{minute:02}:{rest:02}"


@functools.lru_cache(1024)
def _date_of(day: int) -> str:
    """Write the date of a day since 1970."""
    return f"{datetime.fromtimestamp(day * _DAY_S, UTC):%Y-%m-%d}"
