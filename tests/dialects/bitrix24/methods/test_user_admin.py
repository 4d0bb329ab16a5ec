"""``user.admin``."""

from __future__ import annotations

from support.world import World


async def test_only_administrators_are_administrators(world: World) -> None:
    assert await world.alice.call("user.admin") is True
    assert await world.bob.call("user.admin") is False
