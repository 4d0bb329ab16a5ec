"""``im.department.get``: the documented objects, names up to the root, who may ask."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.storage import departments, people
from support.bots import robot
from support.company import company
from support.queries import count_queries
from support.world import Actor, World


async def test_departments_are_given_with_their_full_names(world: World) -> None:
    tree = await company(world)
    answer = await world.stranger.ask("im.department.get", ID=[tree.north, tree.root, 10**9, tree.sales])
    assert answer.result == [
        {"id": tree.north, "name": "North", "full_name": "North / Sales / Company", "manager_user_id": 0},
        {"id": tree.root, "name": "Company", "full_name": "Company", "manager_user_id": world.alice.id},
        {"id": tree.sales, "name": "Sales", "full_name": "Sales / Company", "manager_user_id": world.bob.id},
    ]
    assert set(answer.body) == {"result", "time"}


async def test_on_demand_with_the_data_of_the_heads(world: World) -> None:
    tree = await company(world)
    found = await world.alice.call("im.department.get", ID=[tree.sales, tree.north], USER_DATA="Y")
    bob = await world.alice.call("im.user.get", ID=world.bob.id)
    assert found[0]["manager_user_data"] | {"last_activity_date": ""} == bob | {"last_activity_date": ""}
    assert bob["departments"] == [tree.sales]
    assert found[1]["manager_user_data"] is False


@pytest.mark.parametrize("form", ["{0}", "[{0}]", {"a": "{0}"}, ["{0}", "{0}"]])
async def test_ids_are_read_in_all_documented_forms(world: World, form: Any) -> None:
    tree = await company(world)
    text = str(tree.north)
    given = (
        form.format(text)
        if isinstance(form, str)
        else [one.format(text) for one in form]
        if isinstance(form, list)
        else {name: one.format(text) for name, one in form.items()}
    )
    if form == "{0}":
        assert await world.alice.refused("im.department.get", ID=given) == (400, "INVALID_FORMAT")
    else:
        assert [one["id"] for one in await world.alice.call("im.department.get", ID=given)] == [tree.north]


@pytest.mark.parametrize("wrong", [None, "", [], "x", 5, [[1]], {"a": {"b": 1}}])
async def test_a_wrong_list_is_refused(world: World, wrong: object) -> None:
    answer = await world.alice.ask("im.department.get", ID=wrong)
    assert answer.refusal == (400, "INVALID_FORMAT")
    assert answer.body["error_description"] == "A wrong format for the ID field is passed"


async def test_people_from_outside_and_bots_are_refused(world: World) -> None:
    tree = await company(world)
    bot = await world.app.store.read(people.find, (await robot(world)).id)
    assert bot is not None
    as_bot = await world.webhook(Actor(world, bot, ""), "im")
    for actor in (world.outsider, as_bot):
        answer = await actor.ask("im.department.get", ID=[tree.root])
        assert answer.refusal == (403, "ACCESS_ERROR")
        assert answer.body["error_description"] == "Only intranet users have access to this method."


async def test_a_ring_in_the_tree_ends(world: World) -> None:
    tree = await company(world)
    await world.unit(departments.move, tree.root, tree.north)
    [found] = await world.alice.call("im.department.get", ID=[tree.sales])
    assert found["full_name"] == "Sales / Company / North"


async def test_departments_cost_the_same_queries_however_many_are_wanted(world: World) -> None:
    tree = await company(world)
    for wanted in ([tree.sales], [tree.sales, tree.north, tree.root]):
        for user_data, expected in (("N", 1), ("Y", 3)):
            with count_queries(world) as queries:
                await world.alice.call("im.department.get", ID=wanted, USER_DATA=user_data)
            assert queries.count == expected, queries.statements
