"""Times of the calendar: what is written is read again, what is no time is refused quickly."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skvorets.core.calendar_zones import FIRST_MOMENT, LAST_MOMENT, is_zone, zone_named
from skvorets.dialects.bitrix24.calendar_times import read_time, write_day, write_time
from skvorets.dialects.bitrix24.values import BadValue

MOSCOW = timezone(timedelta(hours=3))
seconds = st.integers(FIRST_MOMENT // 1000 + 86400, LAST_MOMENT // 1000 - 86400)
zones = st.sampled_from(["", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"])


@given(second=seconds, zone=zones, language=st.sampled_from(["ru", "en"]))
def test_what_is_written_is_read_again(second: int, zone: str, language: str) -> None:
    clock = zone_named(zone, MOSCOW)
    text = write_time(second * 1000, clock, language)
    again = write_time(read_time(text).moment(clock), clock, language)
    assert again == text  # in the hour that a clock shows twice the moment may differ
    assert read_time(write_day(second * 1000, clock, language)).midnight(clock) <= second * 1000


@pytest.mark.parametrize(
    ("text", "hour"),
    [("12/11/2024 12:00:00 am", 0), ("12/11/2024 12:00 pm", 12), ("12/11/2024 1:05PM", 13), ("11.12.2024 7:05", 7)],
)
def test_hours_of_twelve_and_of_twenty_four(text: str, hour: int) -> None:
    wall = read_time(text).wall
    assert (wall.year, wall.month, wall.day, wall.hour) == (2024, 12, 11, hour)


@pytest.mark.parametrize(
    "text",
    ["", " ", "x", "32.01.2024", "13/13/2024", "12/11/2024 13:00 pm", "2024-02-30", "1" * 50, "01.01.0000", "2024-1-1"],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        read_time(text)


@given(text=st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_time(text)
    except BadValue:
        return


@pytest.mark.parametrize("name", ["", "Europe", "No/Where", "../etc/passwd", "/etc/localtime", "x" * 100, "Europe/"])
def test_what_is_no_zone_is_none(name: str) -> None:
    assert not is_zone(name)
    assert zone_named(name, UTC) is UTC


def test_a_zone_is_known_by_its_name() -> None:
    assert is_zone("Europe/Berlin")
    assert is_zone("America/Argentina/Buenos_Aires")
