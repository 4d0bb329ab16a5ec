"""``event.test``: the recorded event."""

from __future__ import annotations

from skvorets.core.events import ApplicationChanged
from support.world import World

URL = "https://bot.example.com/handler"


async def test_the_parameters_are_recorded_for_the_applications_own_handlers(world: World) -> None:
    application = await world.install()
    actor = await world.alice.through(application)
    await actor.call("event.bind", EVENT="ONAPPTEST", HANDLER=URL)
    assert await actor.call("event.test", any={"a": [1]}, text="да") == 1
    event = (await world.events("application.changed"))[-1]
    assert isinstance(event, ApplicationChanged)
    assert (event.change, event.application_id, event.actor_id) == ("tested", application.id, world.alice.id)
    assert event.query == {"ANY": {"a": [1]}, "TEXT": "да"}
    assert [url for _, url in event.targets] == [URL]


async def test_too_much_is_refused_and_not_recorded(world: World) -> None:
    actor = await world.alice.through(await world.install())
    before = len(await world.events())
    assert await actor.refused("event.test", text="x" * 70_000) == (400, "ERROR_ARGUMENT")
    assert len(await world.events()) == before


async def test_a_webhook_has_no_application(world: World) -> None:
    assert await world.alice.refused("event.test") == (403, "ACCESS_DENIED")
