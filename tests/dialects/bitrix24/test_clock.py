"""Times in the portal's zone, compared with what the standard library writes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skvorets.dialects.bitrix24.envelope import Clock

CLOCKS = {offset: Clock(offset) for offset in (0, 180, -570, 345)}
# Milliseconds between the years 1938 and 9000.
TIMES = st.integers(-(10**12), 221 * 10**12)


@given(TIMES, st.sampled_from(sorted(CLOCKS)))
def test_a_time_is_written_as_atom_text(milliseconds: int, offset: int) -> None:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=milliseconds // 1000)
    assert CLOCKS[offset].atom(milliseconds) == moment.astimezone(timezone(timedelta(minutes=offset))).isoformat()


@pytest.mark.parametrize(("offset", "written"), [(180, "2024-07-23T00:00:00+03:00"), (0, "2024-07-23T00:00:00+00:00")])
def test_a_day_begins_at_midnight(offset: int, written: str) -> None:
    assert Clock(offset).midnight("2024-07-23") == written


def test_a_clock_remembers_only_so_many_days() -> None:
    clock = Clock(0)
    for day in range(10_000):
        clock.atom(day * 24 * 3600 * 1000)
    assert len(clock._dates) <= 4096
    assert clock.atom(0) == "1970-01-01T00:00:00+00:00"
