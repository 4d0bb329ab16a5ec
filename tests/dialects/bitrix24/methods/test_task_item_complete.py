"""``task.item.complete``: who has to do it says that it is done."""

from __future__ import annotations

from skvorets.core.events import TaskChanged
from support.world import World


async def test_who_has_to_do_it_completes_it_once(world: World) -> None:
    data = {"TITLE": "x", "RESPONSIBLE_ID": world.bob.id, "DEADLINE": "2020-01-01"}
    task_id = await world.carol.call("task.item.add", TASKDATA=data)
    for _ in range(2):
        assert await world.bob.call("task.item.complete", TASKID=task_id) is True
    task = await world.carol.call("task.item.getdata", TASKID=task_id)
    assert (task["STATUS"], task["REAL_STATUS"]) == ("5", "5")  # late no more
    assert task["CLOSED_DATE"].endswith("+03:00")
    events = await world.events("task.changed")
    assert [event.change for event in events if isinstance(event, TaskChanged)] == ["added", "completed"]


async def test_a_stranger_completes_nothing(world: World) -> None:
    task_id = await world.bob.call("task.item.add", TASKDATA={"TITLE": "x"})
    assert await world.stranger.refused("task.item.complete", TASKID=task_id) == (400, "ERROR_CORE")
    assert (await world.bob.call("task.item.getdata", TASKID=task_id))["STATUS"] == "2"
