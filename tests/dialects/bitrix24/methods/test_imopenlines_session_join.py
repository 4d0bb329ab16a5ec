"""``imopenlines.session.join``: one comes to look and to help, and takes nothing."""

from __future__ import annotations

from support.lines import answered
from support.world import World

METHOD = "imopenlines.session.join"


async def test_who_joins_sits_in_the_chat_and_the_operator_stays_the_same(world: World) -> None:
    visitor = await answered(world, world.bob, world.carol)
    chat_id = await visitor.chat_id()

    assert await world.carol.call(METHOD, CHAT_ID=chat_id) is True

    assert world.carol.id in await world.carol.call("im.chat.user.list", CHAT_ID=chat_id)
    assert (await visitor.session()).operator_id == world.bob.id


async def test_nobody_joins_what_is_over(world: World) -> None:
    visitor = await answered(world, world.bob, world.carol, asks_rating=False)
    await world.bob.call("imopenlines.operator.finish", CHAT_ID=await visitor.chat_id())

    assert await world.carol.refused(METHOD, CHAT_ID=await visitor.chat_id()) == (400, "ACCESS_DENIED")
