"""``scope``: what was granted."""

from __future__ import annotations

from support.world import World


async def test_granted_scopes_are_listed_and_all_of_them_on_demand(world: World) -> None:
    narrow = await world.webhook(world.bob, "user", "im")
    assert await narrow.call("scope") == ["im", "user"]
    assert {"im", "imbot", "task", "user"} <= set(await narrow.call("scope", full=True))
    assert await narrow.call("scope", full=0) == ["im", "user"]
