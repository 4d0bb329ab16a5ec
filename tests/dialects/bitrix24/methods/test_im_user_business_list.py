"""``im.user.business.list``: all employees, by last name, page by page."""

from __future__ import annotations

import pytest

from support.chats import dismiss
from support.queries import count_queries
from support.world import World


@pytest.mark.parametrize("method", ["im.user.business.list", "im.user.business.get"])
async def test_all_active_employees_are_given_by_last_name(world: World, method: str) -> None:
    await dismiss(world, world.alice)
    answer = await world.bob.ask(method)
    assert answer.result == [world.stranger.id, world.bob.id, world.carol.id]
    assert answer.body["total"] == 3
    assert set(answer.body) == {"result", "total", "time"}


async def test_on_demand_as_objects(world: World) -> None:
    found = await world.bob.call("im.user.business.list", USER_DATA="Y", LIMIT=1)
    stranger = await world.bob.call("im.user.get", ID=world.stranger.id)
    assert found == [stranger]


async def test_it_is_given_page_by_page(world: World) -> None:
    first = await world.bob.ask("im.user.business.list", LIMIT=3)
    assert (len(first.result), first.body["next"], first.body["total"]) == (3, 3, 4)
    second = await world.bob.ask("im.user.business.list", LIMIT=3, OFFSET=3)
    assert (second.result, second.body.get("next"), second.body["total"]) == ([world.carol.id], None, 4)


async def test_people_from_outside_get_those_who_share_a_chat_with_them(world: World) -> None:
    assert (await world.outsider.ask("im.user.business.list")).body["total"] == 0
    await world.chat(world.alice, world.outsider)
    answer = await world.outsider.ask("im.user.business.list")
    assert (answer.result, answer.body["total"]) == ([world.alice.id], 1)


async def test_wrong_numbers_are_as_if_they_were_not_given(world: World) -> None:
    for wrong in ({"LIMIT": -1, "OFFSET": -1}, {"LIMIT": "x"}, {"LIMIT": 10**40}):
        assert len(await world.bob.call("im.user.business.list", **wrong)) == 4


async def test_it_costs_two_queries_and_one_more_for_objects(world: World) -> None:
    await world.chat(world.alice, world.outsider)
    for params, expected in (({}, 2), ({"USER_DATA": "Y"}, 3), ({"start": -1}, 1)):
        for actor in (world.bob, world.outsider):
            with count_queries(world) as queries:
                await actor.call("im.user.business.list", **params)
            assert queries.count == expected, queries.statements
