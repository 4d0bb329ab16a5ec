"""Moments as texts are what the library of Python writes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import hypothesis
from hypothesis import strategies as st

from skvorets.core.moments import date_and_time
from skvorets.dialects.bpium.moments import moment


@hypothesis.given(st.integers(-(10**13), 10**13), st.integers(-14 * 60, 14 * 60))
def test_any_moment_in_any_zone(at: int, offset: int) -> None:
    zone = timezone(timedelta(minutes=offset))
    wanted = (datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=at)).astimezone(zone)
    assert date_and_time(at, offset) == (f"{wanted:%Y-%m-%d}", f"{wanted:%H:%M:%S}")


def test_a_moment_of_the_seed() -> None:
    assert moment(1717475084146) == "2024-06-04T04:24:44.146Z"
