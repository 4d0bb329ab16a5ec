"""Moments as texts, by arithmetic: lists are full of moments, and of few days."""

from __future__ import annotations

import functools
from datetime import UTC, datetime
from typing import Final

MINUTE_MS: Final = 60_000
_SECOND_MS = 1_000
_HOUR_MS = 60 * MINUTE_MS
_DAY_MS = 24 * _HOUR_MS


def date_and_time(at: int, offset_minutes: int = 0) -> tuple[str, str]:
    """Write unix milliseconds as ``2024-06-04`` and ``04:24:44``, so many minutes east of UTC."""
    day, rest = divmod(at + offset_minutes * MINUTE_MS, _DAY_MS)
    hour, rest = divmod(rest, _HOUR_MS)
    minute, rest = divmod(rest, MINUTE_MS)
    return _date_of(day), f"{hour:02}:{minute:02}:{rest // _SECOND_MS:02}"


@functools.lru_cache(1024)
def _date_of(day: int) -> str:
    """Write the date of a day since 1970."""
    return f"{datetime.fromtimestamp(day * _DAY_MS / _SECOND_MS, UTC):%Y-%m-%d}"
