"""``imopenlines.session.intercept``: takes a conversation over from another operator."""

from __future__ import annotations

from support.lines import answered
from support.world import World

METHOD = "imopenlines.session.intercept"


async def test_a_colleague_takes_over(world: World) -> None:
    visitor = await answered(world, world.bob, world.carol)

    assert await world.carol.call(METHOD, CHAT_ID=await visitor.chat_id()) is True

    assert (await visitor.session()).operator_id == world.carol.id


async def test_refusals_are_the_documented_ones(world: World) -> None:
    visitor = await answered(world, world.bob)

    for given in ({}, {"CHAT_ID": 0}, {"CHAT_ID": {"a": 1}}):
        assert await world.bob.refused(METHOD, **given) == (400, "CHAT_ID_EMPTY")
    assert await world.stranger.refused(METHOD, CHAT_ID=await visitor.chat_id()) == (400, "ACCESS_DENIED")
    assert await world.bob.refused(METHOD, CHAT_ID=await world.chat(world.bob)) == (400, "CHAT_TYPE")
