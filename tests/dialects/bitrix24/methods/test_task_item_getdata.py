"""``task.item.getdata``: one task, under both names, for those who see it."""

from __future__ import annotations

import pytest

from support.world import World


async def test_the_task_is_given_as_in_the_list(world: World) -> None:
    task_id = await world.bob.call("task.item.add", TASKDATA={"TITLE": "x"})
    [listed] = await world.bob.call("task.item.list")
    assert await world.bob.call("task.item.getdata", TASKID=task_id) == listed
    assert await world.bob.call("task.item.get", ID=task_id) == listed
    assert (await world.get(f"{world.bob.path}task.item.getdata?0={task_id}")).result == listed


@pytest.mark.parametrize("task_id", [None, "", 0, -1, 10**30, "x", [1]])
async def test_what_is_no_task_is_refused(world: World, task_id: object) -> None:
    assert await world.bob.refused("task.item.getdata", TASKID=task_id) == (400, "ERROR_CORE")


async def test_a_stranger_does_not_learn_that_it_exists(world: World) -> None:
    task_id = await world.bob.call("task.item.add", TASKDATA={"TITLE": "x"})
    refused = await world.stranger.ask("task.item.getdata", TASKID=task_id)
    assert refused == await world.stranger.ask("task.item.getdata", TASKID=task_id + 1)
    assert refused.status == 400
