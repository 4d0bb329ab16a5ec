"""``events``: what may be bound."""

from __future__ import annotations

from support.world import World

SERVICE = ["ONAPPINSTALL", "ONAPPUPDATE", "ONAPPUNINSTALL", "ONAPPPAYMENT", "ONAPPTEST", "ONOFFLINEEVENT"]


async def test_scopes_open_events(world: World) -> None:
    bare = await world.bob.through(await world.install(scopes=("im",)))
    assert await bare.call("events") == SERVICE
    assert "ONIMBOTMESSAGEADD" in await bare.call("events", FULL=True)
    assert (await bare.call("events", SCOPE="imopenlines"))[0] == "ONOPENLINEMESSAGEADD"
    assert await bare.call("events", SCOPE="") == SERVICE
    assert await bare.call("events", SCOPE="nonsense") == []
    bots = await world.bob.through(await world.install(scopes=("imbot",)))
    assert (await bots.call("events"))[6:] == [
        "ONIMBOTMESSAGEADD",
        "ONIMBOTMESSAGEUPDATE",
        "ONIMBOTMESSAGEDELETE",
        "ONIMBOTJOINCHAT",
        "ONIMJOINCHAT",
        "ONIMBOTDELETE",
        "ONIMCOMMANDADD",
    ]


async def test_a_webhook_has_no_application(world: World) -> None:
    assert await world.alice.refused("events") == (403, "ACCESS_DENIED")
