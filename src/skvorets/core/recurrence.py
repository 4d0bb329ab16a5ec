"""When something that happens again and again takes place: days, weeks, months, years, by the clock on the wall.

A day that a month or a year lacks (the 31st, the 29th of February) is left out, as RFC 5545 §3.3.10 says. What is asked
for in a span is found by arithmetic, not by going through all that was before; pure, no database.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal, TypeAlias

import msgspec

Frequency: TypeAlias = Literal["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]
FREQUENCIES: tuple[Frequency, ...] = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# Undocumented limits: past any plan of people; they keep the work for one event small.
MAX_INTERVAL = 1000
MAX_COUNT = 1000
# Occurrences of one event that are given for one span.
MAX_OCCURRENCES = 1000
# Periods in a row in which nothing may happen: the 29th of February every 7 years comes in 12 of them at the latest.
_MAX_EMPTY_PERIODS = 500
# "For ever": the end of the year 9999 in milliseconds, what a calendar can show.
FOREVER = 253_402_300_799_000

_DAYS_OF_WEEK, _MONTHS_OF_YEAR = 7, 12
_MILLISECOND = timedelta(milliseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Recurrence(msgspec.Struct, frozen=True, kw_only=True):
    """How often something takes place."""

    frequency: Frequency
    interval: int = 1  # every second, third … of the periods
    count: int = 0  # how often in all, 0 = not limited so
    until: int = 0  # unix milliseconds of the last moment at which an occurrence may begin, 0 = not limited so
    weekdays: tuple[str, ...] = ()  # of WEEKLY; empty = the day on which it begins


class Span(msgspec.Struct, frozen=True):
    """A span of time, unix milliseconds, both ends included."""

    first: int
    last: int


def occurrences(rule: Recurrence, starts_at: int, length: int, span: Span, zone: tzinfo) -> list[int]:
    """Give the beginnings of those occurrences that touch the span, at most MAX_OCCURRENCES.

    ``length`` is how long each takes, milliseconds. With weekdays the first one is on the first of them.
    """
    found: list[int] = []
    skip_to = 0 if rule.count else max(span.first - length, starts_at)
    for number, begins in enumerate(_beginnings(rule, starts_at, skip_to, zone)):
        if begins > span.last or (rule.until and begins > rule.until) or (rule.count and number >= rule.count):
            break
        if begins + length >= span.first:
            found.append(begins)
            if len(found) == MAX_OCCURRENCES:
                break
    return found


def last_ending(rule: Recurrence, starts_at: int, length: int, zone: tzinfo) -> int:
    """When the last occurrence ends at the latest, unix milliseconds; FOREVER when there is no last one."""
    if rule.count:
        every = occurrences(rule, starts_at, length, Span(starts_at, FOREVER), zone)
        return min((every or [starts_at])[-1] + length, FOREVER)
    return min(max(rule.until, starts_at) + length, FOREVER) if rule.until else FOREVER


def _beginnings(rule: Recurrence, starts_at: int, skip_to: int, zone: tzinfo) -> Iterator[int]:
    """Give beginnings from the first on, or from a bit before ``skip_to`` on, in order."""
    first = (_EPOCH + starts_at * _MILLISECOND).astimezone(zone)
    period = 0
    if skip_to > starts_at:
        goal = (_EPOCH + skip_to * _MILLISECOND).astimezone(zone)
        # Two periods earlier: clocks are put forward and back, weeks begin on Monday.
        period = max(0, _periods_between(rule.frequency, first, goal) // rule.interval - 2)
    empty = 0
    while empty < _MAX_EMPTY_PERIODS:
        moments = [one for one in _in_period(rule, first, period * rule.interval) if one >= starts_at]
        yield from moments
        empty = 0 if moments else empty + 1
        period += 1


def _periods_between(frequency: Frequency, first: datetime, goal: datetime) -> int:
    if frequency == "YEARLY":
        return goal.year - first.year
    if frequency == "MONTHLY":
        return (goal.year - first.year) * _MONTHS_OF_YEAR + goal.month - first.month
    days = goal.toordinal() - first.toordinal()
    return days // _DAYS_OF_WEEK if frequency == "WEEKLY" else days


def _in_period(rule: Recurrence, first: datetime, period: int) -> list[int]:
    """Give the moments in the day, week, month or year that is so many after the first; none past the year 9999."""
    try:
        return [(day.astimezone(UTC) - _EPOCH) // _MILLISECOND for day in _days(rule, first, period)]
    except (ValueError, OverflowError):
        return []


def _days(rule: Recurrence, first: datetime, period: int) -> list[datetime]:
    if rule.frequency == "DAILY":
        return [first + timedelta(days=period)]
    if rule.frequency == "WEEKLY":
        monday = first + timedelta(days=period * _DAYS_OF_WEEK - first.weekday())
        days = sorted({WEEKDAYS.index(name) for name in rule.weekdays}) or [first.weekday()]
        return [monday + timedelta(days=day) for day in days]
    months = period if rule.frequency == "MONTHLY" else period * _MONTHS_OF_YEAR
    year, month = divmod(first.year * _MONTHS_OF_YEAR + first.month - 1 + months, _MONTHS_OF_YEAR)
    return [first.replace(year=year, month=month + 1)]
