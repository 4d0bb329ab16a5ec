"""``task.item.list``: what the seed's report bot asks, filters, order, pages, who sees what."""

from __future__ import annotations

from typing import Any

import pytest

from support.world import Actor, World

KEYS = [
    "ID",
    "TITLE",
    "DESCRIPTION",
    "DESCRIPTION_IN_BBCODE",
    "PRIORITY",
    "STATUS",
    "REAL_STATUS",
    "RESPONSIBLE_ID",
    "RESPONSIBLE_NAME",
    "RESPONSIBLE_LAST_NAME",
    "CREATED_BY",
    "CREATED_BY_NAME",
    "CREATED_BY_LAST_NAME",
    "DEADLINE",
    "CREATED_DATE",
    "CHANGED_DATE",
    "CLOSED_DATE",
    "GROUP_ID",
    "PARENT_ID",
]


async def give(actor: Actor, title: str, responsible: Actor, **fields: Any) -> int:
    data = {"TITLE": title, "RESPONSIBLE_ID": responsible.id, **fields}
    task_id: int = await actor.call("task.item.add", TASKDATA=data)
    return task_id


async def titles(actor: Actor, **params: Any) -> list[str]:
    return [task["TITLE"] for task in await actor.call("task.item.list", **params)]


@pytest.fixture
async def three(world: World) -> World:
    """Give three tasks of bob: late, of the far future, without an end."""
    await give(world.alice, "late", world.bob, DEADLINE="2020-05-01T10:00:00+03:00", PRIORITY=2)
    await give(world.alice, "future", world.bob, DEADLINE="2999-01-01")
    await give(world.alice, "endless", world.bob)
    return world


async def test_the_report_bot_of_the_seed_finds_what_is_late(three: World) -> None:
    query = (
        f"ORDER%5BDEADLINE%5D=desc&FILTER%5BRESPONSIBLE_ID%5D={three.bob.id}"
        "&FILTER%5B%3CDEADLINE%5D=2026-01-31&PARAMS=&SELECT="
    )
    answer = await three.post(f"{three.bob.path}task.item.list", query.encode(), "application/x-www-form-urlencoded")
    [task] = answer.result
    assert list(task) == KEYS
    assert all(isinstance(value, str) for value in task.values())
    assert (task["TITLE"], task["RESPONSIBLE_ID"], task["CREATED_BY"]) == (
        "late",
        str(three.bob.id),
        str(three.alice.id),
    )
    assert (task["RESPONSIBLE_NAME"], task["CREATED_BY_LAST_NAME"]) == ("Bob", "Petrova")
    assert (task["STATUS"], task["REAL_STATUS"], task["PRIORITY"]) == ("-1", "2", "2")
    assert task["DEADLINE"] == "2020-05-01T10:00:00+03:00"
    assert task["CLOSED_DATE"] == ""
    assert answer.body["total"] == 1


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ["endless", "future", "late"]),
        ({"<DEADLINE": "2020-05-01"}, []),
        ({"<=DEADLINE": "2020-05-01T07:00:00Z"}, ["late"]),
        ({"<=DEADLINE": "2020-05-01T10:00:00"}, ["late"]),  # the portal's own clock
        ({"<DEADLINE": "2020-05-01T10:00:00"}, []),
        ({">DEADLINE": "2020-05-02"}, ["future"]),
        ({"STATUS": -1}, ["late"]),
        ({"!STATUS": "-1"}, ["endless", "future"]),
        ({"REAL_STATUS": [2, 3]}, ["endless", "future", "late"]),
        ({"PRIORITY": 2}, ["late"]),
        ({"TITLE": "%ut%"}, ["future"]),
        ({"%TITLE": "LAT"}, ["late"]),
        ({"!TITLE": "late"}, ["endless", "future"]),
        ({"CREATED_BY": 1, ">=ID": 2}, ["endless", "future"]),
        ({">CREATED_DATE": "2999-01-01"}, []),
        ({"CLOSED_DATE": ""}, []),
        ({"<DEADLINE": "nonsense"}, []),
        ({"RESPONSIBLE_ID": "' OR 1=1 --"}, []),
        ({"UNKNOWN": 1}, ["endless", "future", "late"]),
    ],
)
async def test_a_filter_chooses(three: World, given: object, expected: list[str]) -> None:
    assert await titles(three.alice, FILTER=given) == expected


async def test_order_is_by_fields_and_then_by_the_newest(three: World) -> None:
    assert await titles(three.alice, ORDER={"TITLE": "asc"}) == ["endless", "future", "late"]
    assert await titles(three.alice, ORDER={"DEADLINE": "asc"}) == ["endless", "late", "future"]
    assert await titles(three.alice, ORDER={"PRIORITY": "DESC", "ID": "asc"}) == ["late", "future", "endless"]
    assert await titles(three.alice, ORDER={"NONSENSE": "asc", "1=1;": "x"}) == ["endless", "future", "late"]


async def test_parameters_may_come_by_place(three: World) -> None:
    query = "0[TITLE]=asc&1[PRIORITY]=1&2[NAV_PARAMS][nPageSize]=1&2[NAV_PARAMS][iNumPage]=2&3[]=TITLE"
    answer = await three.get(f"{three.alice.path}task.item.list?{query}")
    assert [task["TITLE"] for task in answer.result] == ["future"]
    assert list(answer.result[0]) == ["ID", "TITLE"]
    assert answer.body["total"] == 2


async def test_pages_have_at_most_fifty(world: World) -> None:
    for number in range(52):
        await give(world.alice, f"task {number}", world.bob)
    answer = await world.bob.ask("task.item.list")
    assert (len(answer.result), answer.body["next"], answer.body["total"]) == (50, 50, 52)
    assert len(await world.bob.call("task.item.list", start=50)) == 2
    for params, size in (
        ({"nPageSize": 1000}, 50),
        ({"nPageSize": 20, "iNumPage": 3}, 12),
        ({"nPageSize": -1, "iNumPage": 10**30}, 0),
        ({"nPageSize": [1], "iNumPage": {}}, 50),
    ):
        assert len(await world.bob.call("task.item.list", PARAMS={"NAV_PARAMS": params})) == size
    assert "total" not in (await world.bob.ask("task.item.list", start=-1)).body


async def test_a_person_sees_what_he_gave_or_has_to_do(three: World) -> None:
    await give(three.carol, "mine", three.carol)
    await give(three.bob, "for carol", three.carol)
    assert await titles(three.carol) == ["for carol", "mine"]
    assert await titles(three.bob) == ["for carol", "endless", "future", "late"]
    assert await titles(three.stranger) == []
    assert len(await titles(three.alice)) == 5  # an administrator


async def test_the_scope_is_needed(world: World) -> None:
    narrow = await world.webhook(world.bob, "im")
    assert await narrow.refused("task.item.list") == (403, "insufficient_scope")
