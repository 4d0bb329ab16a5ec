"""Moments on the wire: ISO 8601 in UTC with milliseconds. Spec ``bpium-messages.md`` §1.9."""

from __future__ import annotations

from skvorets.core.moments import date_and_time

_SECOND_MS = 1000


def moment(at: int) -> str:
    """Write unix milliseconds: ``2024-06-04T04:24:44.146Z``."""
    date, time = date_and_time(at)
    return f"{date}T{time}.{at % _SECOND_MS:03}Z"


def moment_or_none(at: int) -> str | None:
    """Write unix milliseconds; 0 = never."""
    return moment(at) if at else None
