"""``im.department.managers.get``: heads by department, as ids or as objects."""

from __future__ import annotations

import pytest

from support.chats import dismiss
from support.company import company
from support.queries import count_queries
from support.world import World


async def test_the_heads_are_given_by_department(world: World) -> None:
    tree = await company(world)
    answer = await world.stranger.ask("im.department.managers.get", ID=[tree.sales, tree.north, tree.root, 10**9])
    expected = {str(tree.sales): [world.bob.id], str(tree.north): [], str(tree.root): [world.alice.id]}
    assert answer.result == expected
    assert list(answer.result) == list(expected)
    assert set(answer.body) == {"result", "time"}


async def test_on_demand_as_objects_in_lists(world: World) -> None:
    tree = await company(world)
    found = await world.alice.call("im.department.managers.get", ID=[tree.sales], USER_DATA="Y")
    bob = await world.alice.call("im.user.get", ID=world.bob.id)
    [shown] = found[str(tree.sales)]
    assert shown | {"last_activity_date": ""} == bob | {"last_activity_date": ""}


async def test_who_was_dismissed_leads_nobody(world: World) -> None:
    tree = await company(world)
    await dismiss(world, world.bob)
    assert await world.alice.call("im.department.managers.get", ID=[tree.sales]) == {str(tree.sales): []}


async def test_nothing_but_unknown_departments_is_an_empty_list(world: World) -> None:
    assert await world.alice.call("im.department.managers.get", ID=[10**9]) == []


@pytest.mark.parametrize("wrong", [None, "", [], "x", 5, [[1]], {"a": {"b": 1}}])
async def test_a_wrong_list_is_refused(world: World, wrong: object) -> None:
    answer = await world.alice.ask("im.department.managers.get", ID=wrong)
    assert answer.refusal == (400, "ID_EMPTY")
    assert answer.body["error_description"] == "Department ID can't be empty"


async def test_people_from_outside_are_refused(world: World) -> None:
    assert await world.outsider.refused("im.department.managers.get", ID=[1]) == (403, "ACCESS_ERROR")


async def test_heads_cost_the_same_queries_however_many_are_wanted(world: World) -> None:
    tree = await company(world)
    for wanted in ([tree.sales], [tree.sales, tree.north, tree.root]):
        for user_data, expected in (("N", 2), ("Y", 3)):
            with count_queries(world) as queries:
                await world.alice.call("im.department.managers.get", ID=wanted, USER_DATA=user_data)
            assert queries.count == expected, queries.statements
