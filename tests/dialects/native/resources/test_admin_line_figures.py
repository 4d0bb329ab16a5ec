"""Figures of a line per day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from skvorets.core.lines import figures
from skvorets.storage import line_sessions
from skvorets.storage.database import Tx
from skvorets.storage.line_sessions import LineSession
from support.administration import refuses_others
from support.browsers import RefusedError, browser_of
from support.lines import line_of
from support.queries import count_queries
from support.world import World

DAY_MS = 24 * 3600 * 1000
MINUTE_MS = 60 * 1000
NOTHING = {
    "sessions": 0,
    "waited": 0,
    "medianWaitS": 0,
    "longestWaitS": 0,
    "byBot": 0,
    "lost": 0,
    "ratings": 0,
    "ratingAverage": None,
}


async def test_each_day_shows_what_became_of_its_conversations(world: World) -> None:
    line, other = await line_of(world, name="Support"), await line_of(world, name="Other")
    now = await world.unit(_now)
    noon = now // DAY_MS * DAY_MS - DAY_MS // 2  # yesterday
    for waited in (10, 30, 50, 500):
        await world.unit(_add, line.id, _answered(noon, waited))
    await world.unit(_add, line.id, {**_answered(noon, 20), "vote": 5})
    await world.unit(_add, line.id, {"started_at": noon, "bot_messages": 2, "closed_at": noon + 1, "vote": 2})
    await world.unit(_add, line.id, {"started_at": noon, "queued_at": noon, "closed_at": noon + 1, "status": 60})
    await world.unit(_add, line.id, {"started_at": noon, "queued_at": noon, "closed_at": noon + 1, "status": 65})
    await world.unit(_add, line.id, {"started_at": now, "queued_at": now})
    await world.unit(_add, line.id, _answered(noon - 8 * DAY_MS, 5000))
    await world.unit(_add, other.id, _answered(noon, 7000))
    async with browser_of(world, world.alice) as browser:
        with count_queries(world) as queries:
            found = await browser.get(f"/api/admin/lines/{line.id}/figures?days=7&utcOffset=0")
        assert queries.count == 6  # two for the session
        longer = await browser.get(f"/api/admin/lines/{line.id}/figures?days=30&utcOffset=0")
    assert len(found["days"]) == 7
    assert [one["numbers"] for one in found["days"][:5]] == [NOTHING] * 5
    yesterday, today = found["days"][5:]
    assert yesterday["numbers"] == {
        "sessions": 7,
        "waited": 5,
        "medianWaitS": 30,
        "longestWaitS": 500,
        "byBot": 1,
        "lost": 1,
        "ratings": 2,
        "ratingAverage": 3.5,
    }
    assert today["numbers"] == {**NOTHING, "sessions": 1}
    assert yesterday["date"] < today["date"]
    assert found["together"] == {**yesterday["numbers"], "sessions": 8}
    assert longer["together"]["longestWaitS"] == 5000
    assert longer["together"]["medianWaitS"] == 30  # of six, the lower of the two in the middle
    assert len(longer["days"]) == 30


@pytest.mark.parametrize("utc_offset", [0, 2, -840, 840])
async def test_days_end_by_the_clock_of_the_asker(world: World, utc_offset: int) -> None:
    line = await line_of(world)
    last_minute = await world.unit(_now) // DAY_MS * DAY_MS - MINUTE_MS
    await world.unit(_add, line.id, {"started_at": last_minute})
    found = await world.unit(figures.figures_of, line, 3, utc_offset)
    there = datetime.fromtimestamp(last_minute / 1000, UTC) + timedelta(minutes=utc_offset)
    assert [one.date for one in found.days if one.counts.sessions] == [there.date()]


@pytest.mark.parametrize("query", ["days=0", "days=91", "days=x", "utcOffset=841"])
async def test_bad_questions_are_refused(world: World, query: str) -> None:
    line = await line_of(world)
    async with browser_of(world, world.alice) as browser:
        with pytest.raises(RefusedError, match=r"^400 "):
            await browser.get(f"/api/admin/lines/{line.id}/figures?{query}")


async def test_only_administrators_may(world: World) -> None:
    await refuses_others(world, "GET", "/api/admin/lines/1/figures")
    async with browser_of(world, world.alice) as browser:
        with pytest.raises(RefusedError, match=r"^404 "):
            await browser.get("/api/admin/lines/77/figures")


def _answered(at: int, waited_s: int) -> dict[str, Any]:
    return {
        "started_at": at,
        "queued_at": at,
        "answered_at": at + waited_s * 1000,
        "operator_id": 1,
        "operator_messages": 1,
        "closed_at": at + DAY_MS,
        "status": 60,
    }


async def _now(tx: Tx) -> int:
    return tx.now


async def _add(tx: Tx, line_id: int, given: dict[str, Any]) -> None:
    row = {"status": 0, "operator_id": 0, "bot_id": 0, "first_bot_id": 0, **given}
    session = LineSession(id=0, line_id=line_id, first_line_id=line_id, client_id=0, chat_id=0, **row)
    await line_sessions.insert(tx, session)
