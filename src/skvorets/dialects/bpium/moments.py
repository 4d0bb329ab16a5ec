"""Moments on the wire: ISO 8601 in UTC with milliseconds. Spec ``bpium-messages.md`` §1.9."""

from __future__ import annotations

from datetime import UTC, datetime

_MILLISECONDS = 1000


def moment(at: int) -> str:
    """Write unix milliseconds: ``2024-06-04T04:24:44.146Z``."""
    whole, rest = divmod(at, _MILLISECONDS)
    return f"{datetime.fromtimestamp(whole, UTC):%Y-%m-%dT%H:%M:%S}.{rest:03d}Z"


def moment_or_none(at: int) -> str | None:
    """Write unix milliseconds; 0 = never."""
    return moment(at) if at else None
