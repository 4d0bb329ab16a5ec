"""``imopenlines.config.delete``."""

from __future__ import annotations

from support.lines import line_of
from support.world import World

METHOD = "imopenlines.config.delete"


async def test_a_line_is_removed_once(world: World) -> None:
    line = await line_of(world, [world.bob])

    assert await world.bob.refused(METHOD, CONFIG_ID=line.id) == (403, "CONFIG_WRONG_USER_PERMISSION")
    assert await world.alice.call(METHOD, CONFIG_ID=line.id) is True
    assert await world.alice.call(METHOD, CONFIG_ID=line.id) is False

    assert await world.alice.call("imopenlines.config.get", CONFIG_ID=line.id) is False
    assert await world.alice.refused(METHOD, CONFIG_ID=0) == (400, "CONFIG_ID_EMPTY")
