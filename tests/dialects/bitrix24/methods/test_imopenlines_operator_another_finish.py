"""``imopenlines.operator.another.finish``: ends also what another operator serves."""

from __future__ import annotations

from support.lines import answered
from support.world import World


async def test_a_colleague_may_end_it(world: World) -> None:
    visitor = await answered(world, world.bob, world.carol, asks_rating=False)

    given = {"CHAT_ID": await visitor.chat_id()}
    assert await world.carol.call("imopenlines.operator.another.finish", **given) is True

    session = await visitor.session()
    assert (session.status, session.closed_by) == (60, world.carol.id)
