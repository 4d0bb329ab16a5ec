"""Notifications over the push socket: to the person alone, with what a badge needs."""

from __future__ import annotations

from support.notices import told
from support.push import listen
from support.world import World


async def test_only_the_person_hears_of_his_notifications(world: World) -> None:
    async with await listen(world.alice) as alice, await listen(world.bob) as bob:
        first = await told(world, world.bob, "old", tag="T", out_text="by mail")
        added = await bob.frame()
        assert (added["type"], added["chatId"], added["data"]["id"], added["data"]["text"]) == (
            "notification.added",
            0,
            first,
            "old",
        )
        second = await told(world, world.bob, "new", tag="T")
        gone, again = await bob.frame(), await bob.frame()
        assert (gone["type"], gone["data"]["ids"], gone["data"]["unread"]) == ("notification.deleted", [first], 0)
        assert (again["type"], again["data"]["id"]) == ("notification.added", second)
        await world.bob.call("im.notify.read.all")
        read = await bob.frame()
        assert (read["type"], read["data"]["is_read"], read["data"]["unread"]) == ("notification.read", True, 0)
        assert await alice.rest() == []
        assert await bob.rest() == []  # what is to be mailed stays inside
