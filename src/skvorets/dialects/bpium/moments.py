"""Moments on the wire: ISO 8601 in UTC with milliseconds. Spec ``bpium-messages.md`` §1.9."""

from __future__ import annotations

import functools
from datetime import UTC, datetime

_SECOND_MS = 1000
_MINUTE_MS = 60 * _SECOND_MS
_HOUR_MS = 60 * _MINUTE_MS
_DAY_MS = 24 * _HOUR_MS


def moment(at: int) -> str:
    """Write unix milliseconds: ``2024-06-04T04:24:44.146Z``."""
    # By arithmetic, since lists are full of moments and of few days.
    day, rest = divmod(at, _DAY_MS)
    hour, rest = divmod(rest, _HOUR_MS)
    minute, rest = divmod(rest, _MINUTE_MS)
    second, rest = divmod(rest, _SECOND_MS)
    return f"{_date_of(day)}T{hour:02}:{minute:02}:{second:02}.{rest:03}Z"


def moment_or_none(at: int) -> str | None:
    """Write unix milliseconds; 0 = never."""
    return moment(at) if at else None


@functools.lru_cache(1024)
def _date_of(day: int) -> str:
    """Write the date of a day since 1970."""
    return f"{datetime.fromtimestamp(day * _DAY_MS / _SECOND_MS, UTC):%Y-%m-%d}"
