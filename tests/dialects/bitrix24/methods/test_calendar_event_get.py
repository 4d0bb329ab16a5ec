"""``calendar.event.get``: spans of time, series, whose calendar, calendars as a filter, how many queries."""

from __future__ import annotations

from typing import Any

import pytest

from support.queries import count_queries
from support.world import Actor, World


async def add(actor: Actor, starts: str, ends: str = "", **more: Any) -> int:
    params = {"type": "user", "ownerId": actor.id, "name": starts, "from": starts, "to": ends or starts, **more}
    event_id: int = await actor.call("calendar.event.add", **params)
    return event_id


async def listed(actor: Actor, starts: str, ends: str, **more: Any) -> list[str]:
    """Give the beginnings of what a span shows."""
    params = {"type": "user", "ownerId": actor.id, "from": starts, "to": ends, **more}
    return [event["DATE_FROM"] for event in await actor.call("calendar.event.get", **params)]


async def test_events_are_given_as_by_their_ids_the_earliest_first(world: World) -> None:
    later = await add(world.bob, "2024-06-15T10:00")
    earlier = await add(world.bob, "2024-06-14T10:00")
    params = {"type": "user", "ownerId": world.bob.id, "from": "2024-06-01", "to": "2024-06-30"}
    answer = await world.bob.ask("calendar.event.get", **params)
    assert set(answer.body) == {"result", "time"}
    assert answer.result == [await world.bob.call("calendar.event.getbyid", id=one) for one in (earlier, later)]
    assert await world.bob.call("calendar.event.get", **{**params, "ownerId": ""}) == answer.result


@pytest.mark.parametrize(
    ("starts", "ends", "more", "span", "found"),
    [
        ("2024-06-14T23:30", "2024-06-15T00:30", {}, ("2024-06-15", "2024-06-15"), 1),
        ("2024-06-14T23:30", "2024-06-14T23:59", {}, ("2024-06-15", "2024-06-16"), 0),
        ("2024-06-16T00:00", "2024-06-16T01:00", {}, ("2024-06-15", "2024-06-15"), 0),
        ("2024-06-15T23:59", "2024-06-16T01:00", {}, ("2024-06-15", "2024-06-15"), 1),
        ("2024-06-14", "2024-06-14", {"skip_time": "Y"}, ("2024-06-14", "2024-06-14"), 1),
        ("2024-06-14", "2024-06-16", {"skip_time": "Y"}, ("2024-06-16", "2024-06-20"), 1),
        ("2024-06-14", "2024-06-16", {"skip_time": "Y"}, ("2024-06-17", "2024-06-20"), 0),
        ("2024-06-14", "2024-06-16", {"skip_time": "Y"}, ("2024-06-01", "2024-06-13"), 0),
    ],
)
async def test_what_touches_the_span_is_in_it(
    world: World, starts: str, ends: str, more: dict[str, Any], span: tuple[str, str], found: int
) -> None:
    await add(world.bob, starts, ends, **more)
    assert len(await listed(world.bob, *span)) == found


async def test_a_series_is_given_time_by_time(world: World) -> None:
    rule = {"FREQ": "WEEKLY", "BYDAY": ["MO", "WE"], "COUNT": 5}
    event_id = await add(world.bob, "2024-06-03T10:00", "2024-06-03T11:30", rrule=rule)
    params = {"type": "user", "ownerId": world.bob.id, "from": "2024-06-01", "to": "2024-07-31"}
    found = await world.bob.call("calendar.event.get", **params)
    assert [one["DATE_FROM"] for one in found] == [f"{day:02}.06.2024 10:00:00" for day in (3, 5, 10, 12, 17)]
    assert [one["DATE_TO"] for one in found][-1] == "17.06.2024 11:30:00"
    assert {one["ID"] for one in found} == {str(event_id)}
    assert await listed(world.bob, "2024-06-11", "2024-06-12") == ["12.06.2024 10:00:00"]
    assert await listed(world.bob, "2024-06-18", "2025-06-18") == []


async def test_an_endless_series_of_long_ago_is_quick_and_limited(world: World) -> None:
    await add(world.bob, "1900-01-02", skip_time="Y", rrule={"FREQ": "DAILY"})
    assert await listed(world.bob, "2024-06-14", "2024-06-15") == ["14.06.2024 00:00:00", "15.06.2024 00:00:00"]
    assert len(await listed(world.bob, "1950-01-01", "9000-01-01")) == 1000


async def test_a_series_keeps_the_time_on_the_wall_when_clocks_are_changed(world: World) -> None:
    await add(world.bob, "2024-03-30 10:00", timezone_from="Europe/Berlin", rrule="FREQ=DAILY;COUNT=2")
    params = {"type": "user", "from": "2024-03-30", "to": "2024-03-31"}
    found = await world.bob.call("calendar.event.get", **params)
    assert [one["DATE_FROM"] for one in found] == ["30.03.2024 10:00:00", "31.03.2024 10:00:00"]
    assert [one["TZ_OFFSET_FROM"] for one in found] == ["3600", "7200"]


async def test_without_a_span_it_is_a_month_back_and_three_ahead(world: World) -> None:
    await add(world.bob, "2020-01-01", "2099-01-01", skip_time="Y", rrule="")
    await add(world.bob, "2020-01-01")
    found = await world.bob.call("calendar.event.get", type="user")
    assert [one["NAME"] for one in found] == ["2020-01-01"]


async def test_a_meeting_stands_in_the_calendar_of_each_who_takes_part(world: World) -> None:
    more: dict[str, Any] = {"is_meeting": "Y", "attendees": [world.carol.id], "host": world.bob.id}
    event_id = await add(world.bob, "2024-06-14T10:00", **more)
    span = {"type": "user", "from": "2024-06-14", "to": "2024-06-14"}
    [own] = await world.bob.call("calendar.event.get", **span)
    [invited] = await world.carol.call("calendar.event.get", **span)
    assert (own["OWNER_ID"], own["MEETING_STATUS"]) == (str(world.bob.id), "H")
    assert (invited["ID"], invited["OWNER_ID"], invited["MEETING_STATUS"]) == (str(event_id), str(world.carol.id), "Q")
    [section] = await world.carol.call("calendar.section.get", type="user")
    assert invited["SECTION_ID"] == section["ID"] != own["SECTION_ID"]
    assert len(await world.carol.call("calendar.event.get", **span, section=[section["ID"]])) == 1
    assert await world.carol.call("calendar.event.get", **span, section=[own["SECTION_ID"]]) == []


async def test_in_a_foreign_calendar_one_sees_ones_own_meetings_alone(world: World) -> None:
    more: dict[str, Any] = {"is_meeting": "Y", "attendees": [world.carol.id], "host": world.bob.id}
    await add(world.bob, "2024-06-14T10:00", **more)
    await add(world.bob, "2024-06-14T12:00")
    span = {"type": "user", "ownerId": world.bob.id, "from": "2024-06-14", "to": "2024-06-14"}
    assert len(await world.bob.call("calendar.event.get", **span)) == 2
    assert len(await world.alice.call("calendar.event.get", **span)) == 2
    [seen] = await world.carol.call("calendar.event.get", **span)
    assert seen["DATE_FROM"] == "14.06.2024 10:00:00"
    assert await world.stranger.call("calendar.event.get", **span) == []
    answer = await world.outsider.ask("calendar.event.get", **span)
    assert (answer.refusal, answer.body["error_description"]) == ((400, ""), "Access denied")


async def test_all_employees_read_the_companys_calendar(world: World) -> None:
    params = {"type": "company_calendar", "ownerId": "", "name": "x", "from": "2024-06-14", "to": "2024-06-14"}
    await world.alice.call("calendar.event.add", **params)
    for owner in (0, "", world.bob.id):
        span = {"type": "company_calendar", "ownerId": owner, "from": "2024-06-14", "to": "2024-06-14"}
        [event] = await world.stranger.call("calendar.event.get", **span)
        assert (event["CAL_TYPE"], event["OWNER_ID"]) == ("company_calendar", "0")


@pytest.mark.parametrize("kind", [None, "", " ", ["user"]])
async def test_the_kind_is_required(world: World, kind: object) -> None:
    answer = await world.bob.ask("calendar.event.get", type=kind)
    text = 'The required parameter "type" for the method "calendar.event.get" is not set'
    assert (answer.refusal, answer.body["error_description"]) == ((400, ""), text)


@pytest.mark.parametrize("params", [{"from": "x"}, {"to": "99.99.2024"}, {"from": ["2024-01-01"]}])
async def test_dates_must_be_dates(world: World, params: dict[str, Any]) -> None:
    assert await world.bob.refused("calendar.event.get", type="user", **params) == (400, "ERROR_ARGUMENT")


async def test_any_dates_are_taken_and_turned_ones_show_nothing(world: World) -> None:
    await add(world.bob, "2024-06-14")
    assert await listed(world.bob, "0001-01-01", "9999-12-31") == ["14.06.2024 00:00:00"]
    assert await listed(world.bob, "2024-06-15", "2024-06-13") == []


async def test_a_span_costs_four_queries_however_many_events(world: World) -> None:
    for day in range(1, 20):
        more: dict[str, Any] = {"is_meeting": "Y", "attendees": [world.carol.id], "host": world.bob.id}
        await add(world.bob, f"2024-06-{day:02}", **more)
    with count_queries(world) as queries:
        assert len(await listed(world.bob, "2024-06-01", "2024-06-30")) == 19
    assert len(queries.statements) == 4
