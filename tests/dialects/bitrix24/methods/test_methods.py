"""``methods``: what the caller may use."""

from __future__ import annotations

from support.world import World


async def test_the_names_of_granted_scopes_and_service_methods_are_listed(world: World) -> None:
    narrow = await world.webhook(world.bob, "user")
    names = await narrow.call("methods")
    assert {"batch", "methods", "user.get", "server.time"} <= set(names)
    assert "im.message.add" not in names
    assert names == sorted(name.lower() for name in names)


async def test_full_lists_everything_and_a_scope_its_own(world: World) -> None:
    narrow = await world.webhook(world.bob, "user")
    assert "im.message.add" in await narrow.call("methods", full=True)
    assert "im.message.add" in await narrow.call("methods", full="false")  # as PHP reads it
    assert "im.message.add" not in await narrow.call("methods", full=0)
    assert await narrow.call("methods", scope="user") == ["user.current", "user.get"]
    assert await narrow.call("methods", scope="nonsense") == []
    assert "user.get" not in await narrow.call("methods", scope="")
