"""``event.offline.error``: what could not be worked off is kept apart."""

from __future__ import annotations

import pytest

from support.offline import application_with_events
from support.world import World


async def test_failed_events_are_given_only_on_demand(world: World) -> None:
    _, actor = await application_with_events(world, 3)
    fetched = await actor.call("event.offline.get", clear=0, limit=2)
    process, events = fetched["process_id"], fetched["events"]
    assert await actor.call("event.offline.error", process_id=process, message_id=[events[0]["MESSAGE_ID"]]) is True
    assert [one["ERROR"] for one in await actor.call("event.offline.list")] == ["1", "0", "0"]
    assert len(await actor.call("event.offline.list", filter={"ERROR": 1})) == 1
    failed = await actor.call("event.offline.get", error=1)
    assert [one["EVENT_NAME"] for one in failed["events"]] == ["ONTEST0"]
    await actor.call("event.offline.error", process_id=process)
    assert [one["ERROR"] for one in await actor.call("event.offline.list")] == ["1", "0"]


@pytest.mark.parametrize("process", [None, "", [1]])
async def test_without_a_process_nothing_is_marked(world: World, process: object) -> None:
    _, actor = await application_with_events(world, 1)
    assert await actor.refused("event.offline.error", process_id=process) == (400, "ERROR_ARGUMENT")
    assert (await actor.call("event.offline.list"))[0]["ERROR"] == "0"


async def test_only_administrators_of_the_application_mark(world: World) -> None:
    application, _ = await application_with_events(world, 1)
    bob = await world.bob.through(application)
    assert await bob.refused("event.offline.error", process_id="x") == (403, "ACCESS_DENIED")
    assert await world.alice.refused("event.offline.error", process_id="x") == (403, "ACCESS_DENIED")
