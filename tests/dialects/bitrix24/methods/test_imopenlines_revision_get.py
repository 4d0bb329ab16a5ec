"""``imopenlines.revision.get``."""

from __future__ import annotations

from support.world import World


async def test_the_documented_revisions_are_given(world: World) -> None:
    assert await world.bob.call("imopenlines.revision.get") == {"rest": 2, "web": 1, "mobile": 1}


async def test_the_scope_of_open_lines_is_needed(world: World) -> None:
    without = await world.webhook(world.bob, "im", "imbot")

    assert await without.refused("imopenlines.revision.get") == (403, "insufficient_scope")
    names = await without.call("methods")
    assert not [name for name in names if name.startswith("imopenlines.")]
