"""``event.get``: who sees which handlers."""

from __future__ import annotations

from support.world import World

URL = "https://bot.example.com/handler"


async def test_administrators_see_all_and_others_their_own(world: World) -> None:
    application = await world.install()
    alice, bob = await world.alice.through(application), await world.bob.through(application)
    await alice.call("event.bind", EVENT="ONAPPTEST", HANDLER=URL)
    await bob.call("event.bind", EVENT="ONAPPTEST", HANDLER=URL)
    mine = {"event": "ONAPPTEST", "handler": URL, "auth_type": str(world.bob.id), "offline": 0}
    assert await bob.call("event.get") == [mine]
    assert await alice.call("event.get") == [{**mine, "auth_type": "0"}, mine]


async def test_a_webhook_has_no_handlers(world: World) -> None:
    assert await world.alice.refused("event.get") == (403, "WRONG_AUTH_TYPE")
