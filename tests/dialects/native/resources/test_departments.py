"""``/api/departments``: the tree, for employees alone."""

from __future__ import annotations

import pytest

from support.browsers import RefusedError, browser_of
from support.company import company
from support.queries import count_queries
from support.world import World


async def test_the_tree_has_heads_and_active_people(world: World) -> None:
    tree = await company(world)
    async with browser_of(world, world.stranger) as browser:
        with count_queries(world) as queries:
            answer = await browser.get("/api/departments")
    assert queries.count == 4  # the session (2) and two
    root, sales, north = answer["departments"]
    assert root == {
        "id": tree.root,
        "parentId": 0,
        "name": "Company",
        "headId": world.alice.id,
        "memberIds": [world.alice.id],
    }
    assert (sales["parentId"], sales["headId"], sales["memberIds"]) == (
        tree.root,
        world.bob.id,
        [world.bob.id, world.carol.id],
    )
    assert (north["id"], north["headId"], north["memberIds"]) == (tree.north, 0, [world.carol.id])


async def test_people_from_outside_learn_nothing_of_it(world: World) -> None:
    async with browser_of(world, world.outsider) as browser:
        with pytest.raises(RefusedError, match="403 not_allowed"):
            await browser.get("/api/departments")
