"""``im.department.employees.get``: the active people of departments, as ids or as objects."""

from __future__ import annotations

import pytest

from support.company import company
from support.queries import count_queries
from support.world import World


async def test_the_people_are_given_by_department_and_by_name(world: World) -> None:
    tree = await company(world)
    answer = await world.stranger.ask("im.department.employees.get", ID=[tree.sales, tree.north, 10**9])
    assert answer.result == {str(tree.sales): [world.bob.id, world.carol.id], str(tree.north): [world.carol.id]}
    assert set(answer.body) == {"result", "time"}


async def test_on_demand_as_objects(world: World) -> None:
    tree = await company(world)
    found = await world.alice.call("im.department.employees.get", ID=[tree.sales, tree.north], USER_DATA="Y")
    carol = await world.alice.call("im.user.get", ID=world.carol.id)
    assert found[str(tree.sales)][1] == found[str(tree.north)][0] == carol
    assert carol["departments"] == [tree.sales, tree.north]


async def test_nothing_but_unknown_departments_is_an_empty_list(world: World) -> None:
    assert await world.alice.call("im.department.employees.get", ID=[10**9]) == []


@pytest.mark.parametrize("wrong", [None, "", [], "x", 5, [[1]], {"a": {"b": 1}}])
async def test_a_wrong_list_is_refused(world: World, wrong: object) -> None:
    answer = await world.alice.ask("im.department.employees.get", ID=wrong)
    assert answer.refusal == (400, "ID_EMPTY")
    assert answer.body["error_description"] == "Department ID can't be empty"


async def test_people_from_outside_are_refused(world: World) -> None:
    assert await world.outsider.refused("im.department.employees.get", ID=[1]) == (403, "ACCESS_ERROR")


async def test_people_cost_the_same_queries_however_many_are_wanted(world: World) -> None:
    tree = await company(world)
    for wanted in ([tree.north], [tree.sales, tree.north, tree.root]):
        for user_data, expected in (("N", 2), ("Y", 3)):
            with count_queries(world) as queries:
                await world.alice.call("im.department.employees.get", ID=wanted, USER_DATA=user_data)
            assert queries.count == expected, queries.statements
