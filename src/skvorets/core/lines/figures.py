"""Figures of a line per day: how many customers came, how long they waited, who answered them, how they rated it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec

from skvorets.storage import line_figures
from skvorets.storage.database import Tx
from skvorets.storage.line_figures import Counts, Waits
from skvorets.storage.lines import Line

_MINUTE_MS = 60 * 1000
_DAY_MS = 24 * 60 * _MINUTE_MS
_FIRST_DAY = datetime(1970, 1, 1, tzinfo=UTC).date()


class Day(msgspec.Struct, frozen=True):
    """The conversations that began on one day."""

    date: date
    counts: Counts
    waits: Waits


class Figures(msgspec.Struct, frozen=True):
    """Days without gaps, oldest first, and all of them together."""

    days: list[Day]
    counts: Counts
    waits: Waits


async def figures_of(tx: Tx, line: Line, days: int, utc_offset: int) -> Figures:
    """Give the figures of the last days, today included, by a clock ``utc_offset`` minutes east of Greenwich.

    Three statements.
    """
    offset_ms = utc_offset * _MINUTE_MS
    today = (tx.now + offset_ms) // _DAY_MS
    first = today - days + 1
    since = first * _DAY_MS - offset_ms
    counts = await line_figures.counts_by_day(tx, line.id, since, offset_ms)
    waits = await line_figures.waits_by_day(tx, line.id, since, offset_ms)
    together = await line_figures.waits_since(tx, line.id, since)
    found = [
        Day(_FIRST_DAY + timedelta(days=number), counts.get(number, Counts()), waits.get(number, Waits()))
        for number in range(first, today + 1)
    ]
    return Figures(found, _sum([one.counts for one in found]), together)


def _sum(days: list[Counts]) -> Counts:
    return Counts(*(sum(column) for column in zip(*(msgspec.structs.astuple(one) for one in days), strict=True)))
