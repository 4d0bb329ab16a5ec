"""``task.item.add``: names of the parameter, rules, the recorded event."""

from __future__ import annotations

import json

import pytest

from skvorets.core.events import TaskChanged
from support.world import World


async def test_a_task_is_added_and_recorded(world: World) -> None:
    data = {
        "TITLE": " Позвонить ",
        "DESCRIPTION": "клиенту",
        "RESPONSIBLE_ID": str(world.bob.id),
        "DEADLINE": "2030-05-13T16:06:06+03:00",
        "PRIORITY": 2,
    }
    task_id = await world.alice.call("task.item.add", TASKDATA=data)
    assert isinstance(task_id, int)
    task = await world.bob.call("task.item.getdata", TASKID=task_id)
    assert (task["TITLE"], task["DESCRIPTION"]) == ("Позвонить", "клиенту")
    assert (task["DEADLINE"], task["PRIORITY"], task["STATUS"]) == ("2030-05-13T16:06:06+03:00", "2", "2")
    [event] = await world.events("task.changed")
    assert event == TaskChanged(
        task_id=task_id, actor_id=world.alice.id, change="added", involved=[world.alice.id, world.bob.id]
    )


@pytest.mark.parametrize("name", ["TASKDATA", "arNewTaskData", "fields", "0"])
async def test_the_fields_come_under_any_of_their_names(world: World, name: str) -> None:
    for value in ({"TITLE": "x"}, json.dumps({"title": "x"})):
        task_id = await world.bob.call("task.item.add", **{name: value})
        task = await world.bob.call("task.item.getdata", TASKID=task_id)
        assert (task["TITLE"], task["RESPONSIBLE_ID"], task["DEADLINE"]) == ("x", str(world.bob.id), "")


@pytest.mark.parametrize(
    "data",
    [
        None,
        "",
        "text",
        [],
        ["x"],
        {},
        {"TITLE": " "},
        {"TITLE": ["x"]},
        {"TITLE": "x", "RESPONSIBLE_ID": 10**30},
        {"TITLE": "x", "RESPONSIBLE_ID": -1},
        {"TITLE": "x", "RESPONSIBLE_ID": [1]},
        {"TITLE": "x", "DEADLINE": "nonsense"},
        {"TITLE": "x", "DEADLINE": {"a": 1}},
        {"TITLE": "x", "DESCRIPTION": "x" * 100_001},
    ],
)
async def test_bad_fields_are_refused_and_nothing_is_added(world: World, data: object) -> None:
    before = len(await world.events())
    status, code = await world.alice.refused("task.item.add", TASKDATA=data)
    assert (status, code) in {(400, "ERROR_CORE"), (400, "ERROR_ARGUMENT")}
    assert len(await world.events()) == before
    assert await world.alice.call("task.item.list") == []


async def test_one_from_outside_gives_no_tasks_to_strangers(world: World) -> None:
    data = {"TITLE": "x", "RESPONSIBLE_ID": world.bob.id}
    assert await world.outsider.refused("task.item.add", TASKDATA=data) == (400, "ERROR_CORE")
