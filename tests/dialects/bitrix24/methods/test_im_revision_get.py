"""``im.revision.get``: the documented reply."""

from __future__ import annotations

from support.world import World


async def test_the_revision_covers_the_documented_methods(world: World) -> None:
    found = await world.stranger.call("im.revision.get")
    assert set(found) == {"rest", "web", "mobile", "desktop"}
    assert found["rest"] >= 32
    assert all(isinstance(one, int) for one in found.values())


async def test_without_the_scope_it_is_refused(world: World) -> None:
    narrow = await world.webhook(world.alice, "user")
    assert await narrow.refused("im.revision.get") == (403, "insufficient_scope")
