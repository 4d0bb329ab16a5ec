"""``/api/admin/lines/{id}/figures``: how a line is doing, day by day.

GET /api/admin/lines/{id}/figures?days=30&utcOffset=180
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from skvorets.core.lines import figures
from skvorets.core.lines import lines as line_rules
from skvorets.dialects.native.registry import Call, route
from skvorets.dialects.native.resources.admin_lines import Offset
from skvorets.storage.database import Tx
from skvorets.storage.line_figures import Counts, Waits


class FiguresAsked(msgspec.Struct, frozen=True, rename="camel"):
    """Which days."""

    days: Annotated[int, msgspec.Meta(ge=1, le=90)] = 30  # today and those before
    utc_offset: Offset | None = None  # minutes east of Greenwich; None = of the company


class LineNumbers(msgspec.Struct, frozen=True, rename="camel"):
    """What became of conversations; spam is not counted."""

    sessions: int  # that began
    waited: int  # of them those that people answered
    median_wait_s: int  # seconds from coming to people to the first answer
    longest_wait_s: int
    by_bot: int  # finished without any person
    lost: int  # came to people and were finished without an answer
    ratings: int
    rating_average: float | None  # 1 to 5; None = nobody rated


class LineDay(msgspec.Struct, frozen=True, rename="camel"):
    """The conversations that began on one day."""

    date: str  # 2026-01-31
    numbers: LineNumbers


class LineFigures(msgspec.Struct, frozen=True, rename="camel"):
    """Days without gaps, oldest first, and all of them together."""

    days: list[LineDay]
    together: LineNumbers


@route("GET", "/api/admin/lines/{id}/figures", query=FiguresAsked, mode="scan", is_for_admins=True)
async def get_line_figures(tx: Tx, call: Call[FiguresAsked]) -> LineFigures:
    """Give the figures of the last days: four statements."""
    given = call.given
    line = await line_rules.line_to_manage(tx, call.person, call.ids["id"])
    offset = call.services.config.utc_offset_minutes if given.utc_offset is None else given.utc_offset
    found = await figures.figures_of(tx, line, given.days, offset)
    return LineFigures(
        days=[LineDay(one.date.isoformat(), _shown(one.counts, one.waits)) for one in found.days],
        together=_shown(found.counts, found.waits),
    )


def _shown(counts: Counts, waits: Waits) -> LineNumbers:
    return LineNumbers(
        sessions=counts.sessions,
        waited=waits.number,
        median_wait_s=round(waits.median / 1000),
        longest_wait_s=round(waits.longest / 1000),
        by_bot=counts.by_bot,
        lost=counts.lost,
        ratings=counts.votes,
        rating_average=round(counts.vote_sum / counts.votes, 2) if counts.votes else None,
    )
