"""``im.user.status.get``: what was chosen, not whether the caller is away."""

from __future__ import annotations

from support.world import World


async def test_who_has_never_chosen_gets_false(world: World) -> None:
    answer = await world.bob.ask("im.user.status.get")
    assert answer.result is False
    assert set(answer.body) == {"result", "time"}


async def test_the_chosen_status_is_given_also_while_away(world: World) -> None:
    await world.bob.call("im.user.status.set", STATUS="dnd")
    await world.bob.call("im.user.status.idle.start")
    assert await world.bob.call("im.user.status.get") == "dnd"
    assert await world.carol.call("im.user.status.get") is False
