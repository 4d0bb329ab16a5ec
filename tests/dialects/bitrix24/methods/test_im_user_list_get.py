"""``im.user.list.get``: several people at once."""

from __future__ import annotations

import pytest

from support.queries import count_queries
from support.world import World


async def test_people_are_given_by_id_and_null_for_the_missing(world: World) -> None:
    found = await world.alice.call("im.user.list.get", ID=[world.carol.id, world.bob.id, 10**12])
    assert list(found) == [str(world.carol.id), str(world.bob.id), str(10**12)]
    assert found[str(10**12)] is None
    bob = await world.alice.call("im.user.get", ID=world.bob.id)
    assert found[str(world.bob.id)] == {**bob, "last_activity_date": found[str(world.bob.id)]["last_activity_date"]}


async def test_as_a_list_the_missing_are_left_out(world: World) -> None:
    found = await world.alice.call("im.user.list.get", ID=[world.bob.id, 10**12], RESULT_TYPE="array")
    assert [one["id"] for one in found] == [world.bob.id]


async def test_people_from_outside_see_those_who_share_a_chat_with_them(world: World) -> None:
    await world.chat(world.alice, world.outsider)
    wanted = [world.alice.id, world.bob.id, world.outsider.id]
    found = await world.outsider.call("im.user.list.get", ID=wanted, RESULT_TYPE="array")
    assert [one["id"] for one in found] == [world.alice.id, world.outsider.id]


@pytest.mark.parametrize("wrong", [None, "", [], "x", 5, [[1]], {"a": {"b": 1}}])
async def test_a_wrong_list_is_refused(world: World, wrong: object) -> None:
    assert await world.alice.refused("im.user.list.get", ID=wrong) == (400, "INVALID_FORMAT")


async def test_people_cost_the_same_queries_however_many_are_wanted(world: World) -> None:
    await world.alice.call("im.user.list.get", ID=[world.bob.id])
    for wanted in ([world.bob.id], [world.bob.id, world.carol.id, world.stranger.id]):
        with count_queries(world) as queries:
            await world.alice.call("im.user.list.get", ID=wanted)
        assert queries.count == 2, queries.statements
