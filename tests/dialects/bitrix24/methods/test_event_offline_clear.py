"""``event.offline.clear``: what a process has worked off goes."""

from __future__ import annotations

import pytest

from support.offline import application_with_events
from support.world import World


async def test_rows_messages_or_all_of_a_process_are_removed(world: World) -> None:
    _, actor = await application_with_events(world, 4)
    fetched = await actor.call("event.offline.get", clear=0, limit=3)
    process, events = fetched["process_id"], fetched["events"]
    assert await actor.call("event.offline.clear", process_id=process, id=[events[0]["ID"]]) is True
    assert len(await actor.call("event.offline.list")) == 3
    await actor.call("event.offline.clear", process_id=process, message_id=[events[1]["MESSAGE_ID"]])
    assert len(await actor.call("event.offline.list")) == 2
    await actor.call("event.offline.clear", process_id=process)
    assert [one["EVENT_NAME"] for one in await actor.call("event.offline.list")] == ["ONTEST3"]


@pytest.mark.parametrize("process", [None, "", [], {"a": 1}])
async def test_without_a_process_nothing_is_removed(world: World, process: object) -> None:
    _, actor = await application_with_events(world, 2)
    assert await actor.refused("event.offline.clear", process_id=process) == (400, "ERROR_ARGUMENT")
    assert len(await actor.call("event.offline.list")) == 2


async def test_only_administrators_of_the_application_clear(world: World) -> None:
    application, actor = await application_with_events(world, 1)
    process = (await actor.call("event.offline.get", clear=0))["process_id"]
    bob = await world.bob.through(application)
    assert await bob.refused("event.offline.clear", process_id=process) == (403, "ACCESS_DENIED")
    other = await world.alice.through(await world.install(name="Other"))
    assert await other.call("event.offline.clear", process_id=process) is True
    assert len(await actor.call("event.offline.list")) == 1
