"""``im.notify.read.all``: all of the caller's own."""

from __future__ import annotations

from skvorets.core.notifications import CONFIRM, Button
from support.notices import told, unread
from support.world import World


async def test_all_own_ones_are_read(world: World) -> None:
    for text in ("1", "2"):
        await told(world, world.bob, text)
    await told(world, world.bob, "?", kind=CONFIRM, buttons=(Button("Yes", "Y"),))
    await told(world, world.carol)
    answer = await world.bob.ask("im.notify.read.all")
    assert answer.result == {"result": True, "newCounter": 0}
    assert await unread(world.bob) == []
    assert await unread(world.carol) == ["hello"]
    before = len(await world.events())
    assert await world.bob.call("im.notify.read.all") == {"result": True, "newCounter": 0}
    assert len(await world.events()) == before
