"""``event.offline.list``: the queue as it is."""

from __future__ import annotations

from support.offline import application_with_events
from support.world import World


async def test_the_queue_is_shown_and_stays(world: World) -> None:
    _, actor = await application_with_events(world, 2)
    await actor.call("event.offline.get", clear=0, limit=1)
    for _ in range(2):
        answer = await actor.ask("event.offline.list", order={"ID": "DESC"})
        assert answer.body["total"] == 2
        assert "next" not in answer.body
        newest, oldest = answer.result
        assert (newest["EVENT_NAME"], newest["PROCESS_ID"], newest["ERROR"]) == ("ONTEST1", "", "0")
        assert len(oldest["PROCESS_ID"]) == 32
    assert len(await actor.call("event.offline.list", filter={"PROCESS_ID": ""})) == 1


async def test_pages_have_fifty(world: World) -> None:
    _, actor = await application_with_events(world, 51)
    answer = await actor.ask("event.offline.list")
    assert (len(answer.result), answer.body["next"], answer.body["total"]) == (50, 50, 51)
    assert len(await actor.call("event.offline.list", start=50)) == 1
    assert "total" not in (await actor.ask("event.offline.list", start=-1)).body


async def test_only_administrators_of_the_application_look(world: World) -> None:
    application, _ = await application_with_events(world, 1)
    assert await (await world.bob.through(application)).refused("event.offline.list") == (403, "ACCESS_DENIED")
    assert await world.alice.refused("event.offline.list") == (403, "ACCESS_DENIED")
