"""``im.department.colleagues.list``: heads and people of one's departments; heads also get each other."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.storage import departments
from support.company import company
from support.queries import count_queries
from support.world import World


async def test_people_of_ones_departments_and_their_heads_without_oneself(world: World) -> None:
    await company(world)
    answer = await world.carol.ask("im.department.colleagues.list")
    assert answer.result == [world.bob.id]
    assert answer.body["total"] == 1
    assert set(answer.body) == {"result", "total", "time"}


async def test_a_head_gets_his_people_and_all_other_heads(world: World) -> None:
    await company(world)
    assert await world.bob.call("im.department.colleagues.list") == [world.alice.id, world.carol.id]
    assert await world.alice.call("im.department.colleagues.list") == [world.bob.id]


async def test_who_is_in_no_department_has_no_colleagues(world: World) -> None:
    await company(world)
    answer = await world.stranger.ask("im.department.colleagues.list")
    assert (answer.result, answer.body["total"]) == ([], 0)


async def test_on_demand_as_objects(world: World) -> None:
    await company(world)
    found = await world.carol.call("im.department.colleagues.list", USER_DATA="Y")
    bob = await world.carol.call("im.user.get", ID=world.bob.id)
    assert [one | {"last_activity_date": ""} for one in found] == [bob | {"last_activity_date": ""}]


@pytest.mark.parametrize(
    ("params", "numbers", "following"),
    [
        ({"LIMIT": 1}, [0], 1),
        ({"LIMIT": 1, "OFFSET": 1}, [1], None),
        ({"LIMIT": 0, "OFFSET": -1}, [0, 1], None),
        ({"LIMIT": 10**40}, [0, 1], None),
        ({"OFFSET": 5}, [], None),
        ({"LIMIT": 1, "start": 1}, [1], None),
    ],
)
async def test_it_is_given_page_by_page(
    world: World, params: dict[str, Any], numbers: list[int], following: int | None
) -> None:
    await company(world)
    everybody = [world.alice.id, world.carol.id]
    answer = await world.bob.ask("im.department.colleagues.list", **params)
    assert answer.result == [everybody[number] for number in numbers]
    assert (answer.body["total"], answer.body.get("next")) == (2, following)


async def test_ten_are_given_unless_more_are_wanted_and_fifty_at_most(world: World) -> None:
    tree = await company(world)
    for number in range(60):
        person = await world.add(f"Person {number:02}")
        await world.unit(departments.add_person, tree.north, person.id)
    for params, expected in (({}, 10), ({"LIMIT": 100}, 50)):
        answer = await world.carol.ask("im.department.colleagues.list", **params)
        assert (len(answer.result), answer.body["next"], answer.body["total"]) == (expected, expected, 61)


async def test_people_from_outside_are_refused(world: World) -> None:
    answer = await world.outsider.ask("im.department.colleagues.list")
    assert answer.refusal == (403, "ACCESS_ERROR")
    assert answer.body["error_description"] == "Only intranet users have access to this method."


async def test_it_costs_two_queries_and_one_more_for_objects(world: World) -> None:
    await company(world)
    for params, expected in (({}, 2), ({"USER_DATA": "Y"}, 3), ({"start": -1}, 1)):
        with count_queries(world) as queries:
            await world.bob.call("im.department.colleagues.list", **params)
        assert queries.count == expected, queries.statements
