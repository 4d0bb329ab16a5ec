"""When series take place: by hand, at the edges, and compared with going through every day."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skvorets.core.recurrence import (
    FOREVER,
    FREQUENCIES,
    MAX_OCCURRENCES,
    WEEKDAYS,
    Recurrence,
    Span,
    last_ending,
    occurrences,
)

HOUR = 3600 * 1000
DAY = 24 * HOUR
EVER = Span(0, FOREVER)


def ms(text: str, zone: str = "UTC") -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)


def days(rule: Recurrence, start: str, span: Span = EVER, zone: str = "UTC") -> list[str]:
    found = occurrences(rule, ms(start, zone), HOUR, span, ZoneInfo(zone))
    return [f"{datetime.fromtimestamp(one / 1000, ZoneInfo(zone)):%Y-%m-%d}" for one in found]


@pytest.mark.parametrize(
    ("rule", "start", "expected"),
    [
        (Recurrence(frequency="DAILY", interval=3, count=3), "2024-02-27", ["2024-02-27", "2024-03-01", "2024-03-04"]),
        (Recurrence(frequency="WEEKLY", count=2), "2024-06-14", ["2024-06-14", "2024-06-21"]),
        (
            Recurrence(frequency="WEEKLY", interval=2, count=4, weekdays=("MO", "FR")),
            "2024-06-12",
            ["2024-06-14", "2024-06-24", "2024-06-28", "2024-07-08"],
        ),
        (Recurrence(frequency="MONTHLY", count=3), "2024-01-31", ["2024-01-31", "2024-03-31", "2024-05-31"]),
        (Recurrence(frequency="YEARLY", count=3), "2020-02-29", ["2020-02-29", "2024-02-29", "2028-02-29"]),
        (Recurrence(frequency="YEARLY", interval=7, count=2), "2020-02-29", ["2020-02-29", "2048-02-29"]),
        (Recurrence(frequency="DAILY", until=ms("2024-06-15T23:59")), "2024-06-14", ["2024-06-14", "2024-06-15"]),
        (Recurrence(frequency="DAILY", until=ms("2024-06-01")), "2024-06-14", []),
    ],
)
def test_each_frequency(rule: Recurrence, start: str, expected: list[str]) -> None:
    assert days(rule, start) == expected


def test_a_span_far_away_costs_no_way_there() -> None:
    rule = Recurrence(frequency="DAILY")
    began = time.perf_counter()
    span = Span(ms("9000-01-01"), ms("9000-01-03"))
    assert days(rule, "1970-01-02", span) == ["9000-01-01", "9000-01-02", "9000-01-03"]
    assert time.perf_counter() - began < 1  # going there day by day takes many times as long


def test_the_end_of_all_calendars_is_an_end() -> None:
    for frequency in FREQUENCIES:
        rule = Recurrence(frequency=frequency)
        found = occurrences(rule, ms("9990-12-31"), HOUR, EVER, ZoneInfo("Asia/Tokyo"))
        assert found[0] == ms("9990-12-31")
        assert len(found) <= MAX_OCCURRENCES


def test_the_last_ending_bounds_them_all() -> None:
    start, zone = ms("2024-06-14T10:00"), ZoneInfo("UTC")
    assert last_ending(Recurrence(frequency="DAILY", count=3), start, HOUR, zone) == ms("2024-06-16T11:00")
    assert last_ending(Recurrence(frequency="DAILY", until=ms("2024-06-20")), start, HOUR, zone) == ms(
        "2024-06-20T01:00"
    )
    assert last_ending(Recurrence(frequency="DAILY"), start, HOUR, zone) == FOREVER


rules = st.builds(
    Recurrence,
    frequency=st.sampled_from(FREQUENCIES),
    interval=st.integers(1, 5),
    count=st.sampled_from([0, 0, 1, 2, 7, 40]),
    until=st.sampled_from([0, 0, ms("2025-05-05"), ms("2027-01-01")]),
    weekdays=st.lists(st.sampled_from(WEEKDAYS), max_size=3, unique=True).map(tuple),
)
moments = st.integers(ms("2023-12-01"), ms("2026-03-01"))


@given(
    rule=rules, start=moments, first=moments, length=st.integers(0, 40), zone=st.sampled_from(["UTC", "Europe/Berlin"])
)
def test_the_same_as_going_through_every_day(rule: Recurrence, start: int, first: int, length: int, zone: str) -> None:
    span, lasts = Span(first, first + 90 * DAY), length * 6 * HOUR
    assert occurrences(rule, start, lasts, span, ZoneInfo(zone)) == naive(rule, start, lasts, span, ZoneInfo(zone))


def naive(rule: Recurrence, start: int, length: int, span: Span, zone: ZoneInfo) -> list[int]:
    """Go through every day from the first one on and ask whether it is one."""
    first = datetime.fromtimestamp(start / 1000, UTC).astimezone(zone)
    found: list[int] = []
    number = 0
    for day in range(366 * 5):
        wall = first + timedelta(days=day)
        moment = int(wall.timestamp() * 1000)
        if not is_one(rule, first, wall):
            continue
        number += 1
        if moment > span.last or (rule.until and moment > rule.until) or (rule.count and number > rule.count):
            break
        if moment + length >= span.first:
            found.append(moment)
    return found


def is_one(rule: Recurrence, first: datetime, wall: datetime) -> bool:
    if rule.frequency == "DAILY":
        return (wall.date() - first.date()).days % rule.interval == 0
    if rule.frequency == "WEEKLY":
        weeks = (wall.date() - first.date() + timedelta(days=first.weekday())).days // 7
        wanted = [WEEKDAYS.index(one) for one in rule.weekdays] or [first.weekday()]
        return weeks % rule.interval == 0 and wall.weekday() in wanted
    months = (wall.year - first.year) * 12 + wall.month - first.month
    every = rule.interval * (12 if rule.frequency == "YEARLY" else 1)
    return wall.day == first.day and months % every == 0
