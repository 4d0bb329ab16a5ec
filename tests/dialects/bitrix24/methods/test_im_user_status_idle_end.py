"""``im.user.status.idle.end``: back again."""

from __future__ import annotations

from support.world import World


async def test_the_person_is_back(world: World) -> None:
    await world.bob.call("im.user.status.idle.start")
    answer = await world.bob.ask("im.user.status.idle.end")
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    assert (await world.alice.call("im.user.get", ID=world.bob.id))["idle"] is False
    assert len(await world.events("person.status")) == 2


async def test_who_is_not_away_is_told_true_and_nobody_else_anything(world: World) -> None:
    assert await world.bob.call("im.user.status.idle.end") is True
    assert await world.events("person.status") == []
