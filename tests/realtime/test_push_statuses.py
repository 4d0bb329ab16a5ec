"""Statuses over the push socket: everybody inside, outsiders who share a chat, also for who comes again."""

from __future__ import annotations

from support.push import listen
from support.world import World


async def test_everybody_inside_hears_of_a_status_at_once(world: World) -> None:
    async with await listen(world.stranger) as inside:
        await world.bob.call("im.user.status.set", STATUS="dnd")
        frame = await inside.frame()
        assert frame["type"] == "person.status"
        told = {name: frame["data"][name] for name in ("subject_id", "status", "idle_since")}
        assert told == {"subject_id": world.bob.id, "status": "dnd", "idle_since": 0}
        await world.bob.call("im.user.status.idle.start", AGO=5)
        frame = await inside.frame()
        assert frame["at"] - frame["data"]["idle_since"] == 5 * 60_000


async def test_outsiders_hear_only_of_those_who_share_a_chat(world: World) -> None:
    await world.chat(world.alice, world.bob, world.outsider)
    async with await listen(world.outsider) as outside:
        await world.carol.call("im.user.status.set", STATUS="dnd")
        await world.bob.call("im.user.status.set", STATUS="break")
        assert [frame["data"]["subject_id"] for frame in await outside.rest()] == [world.bob.id]


async def test_who_comes_again_hears_what_was_missed(world: World) -> None:
    await world.chat(world.alice, world.bob, world.outsider)
    for actor in (world.stranger, world.outsider):
        async with await listen(actor) as before:
            position = before.position
        await world.bob.call("im.user.status.set", STATUS="dnd" if actor is world.stranger else "away")
        async with await listen(actor, since=position) as again:
            assert [frame["type"] for frame in await again.rest()] == ["person.status"]
