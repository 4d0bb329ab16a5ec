"""``task.item.update``: what changes, who may."""

from __future__ import annotations

import pytest

from skvorets.core.events import TaskChanged
from support.world import World


async def given(world: World) -> int:
    """Give a task of carol for bob."""
    task_id: int = await world.carol.call("task.item.add", TASKDATA={"TITLE": "x", "RESPONSIBLE_ID": world.bob.id})
    return task_id


async def test_only_what_is_given_changes(world: World) -> None:
    task_id = await given(world)
    data = {"TITLE": "y", "STATUS": 3, "DEADLINE": "2030-01-01", "UF_UNKNOWN": "1"}
    assert await world.carol.call("task.item.update", TASKID=task_id, TASKDATA=data) is True
    task = await world.bob.call("task.item.getdata", TASKID=task_id)
    assert (task["TITLE"], task["STATUS"], task["RESPONSIBLE_ID"]) == ("y", "3", str(world.bob.id))
    assert task["DEADLINE"] == "2030-01-01T00:00:00+03:00"
    await world.carol.call("task.item.update", TASKID=task_id, TASKDATA={"DEADLINE": "", "STATUS": 5})
    task = await world.bob.call("task.item.getdata", TASKID=task_id)
    assert task["DEADLINE"] == ""
    assert task["CLOSED_DATE"]
    events = await world.events("task.changed")
    assert [event.change for event in events if isinstance(event, TaskChanged)] == ["added", "changed", "changed"]


async def test_parameters_may_come_by_place(world: World) -> None:
    task_id = await given(world)
    answer = await world.get(f"{world.carol.path}task.item.update?0={task_id}&1[TITLE]=z")
    assert answer.result is True
    assert (await world.bob.call("task.item.getdata", TASKID=task_id))["TITLE"] == "z"


async def test_only_who_gave_it_and_administrators_change_it(world: World) -> None:
    task_id = await given(world)
    answer = await world.bob.ask("task.item.update", TASKID=task_id, TASKDATA={"TITLE": "mine"})
    assert answer.status == 400
    assert "ACTION_NOT_ALLOWED" in answer.body["error_description"]
    answer = await world.stranger.ask("task.item.update", TASKID=task_id, TASKDATA={"TITLE": "mine"})
    assert "TASK_NOT_FOUND_OR_NOT_ACCESSIBLE" in answer.body["error_description"]
    assert (await world.bob.call("task.item.getdata", TASKID=task_id))["TITLE"] == "x"
    assert await world.alice.call("task.item.update", TASKID=task_id, TASKDATA={"TITLE": "hers"}) is True


@pytest.mark.parametrize(
    "data",
    [None, [], "x", {"TITLE": ""}, {"STATUS": 99}, {"PRIORITY": -1}, {"RESPONSIBLE_ID": 99999}, {"DEADLINE": "x"}],
)
async def test_bad_fields_are_refused_and_nothing_changes(world: World, data: object) -> None:
    task_id = await given(world)
    before = len(await world.events())
    status, _ = await world.carol.refused("task.item.update", TASKID=task_id, TASKDATA=data)
    assert status == 400
    assert len(await world.events()) == before


@pytest.mark.parametrize("task_id", [None, 0, -1, 10**30, "x", [1], {}])
async def test_a_task_that_is_none_is_refused(world: World, task_id: object) -> None:
    assert await world.carol.refused("task.item.update", TASKID=task_id, TASKDATA={"TITLE": "x"}) == (400, "ERROR_CORE")
