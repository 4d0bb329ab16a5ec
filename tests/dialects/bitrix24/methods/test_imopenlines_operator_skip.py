"""``imopenlines.operator.skip``: the next operator is asked."""

from __future__ import annotations

from support.lines import answered, line_of, visitor_of
from support.world import World

METHOD = "imopenlines.operator.skip"


async def test_the_next_operator_is_asked(world: World) -> None:
    line = await line_of(world, [world.bob, world.carol], distribution="strictly")
    visitor = await visitor_of(world, line)
    await visitor.writes("hello")
    chat_id = await visitor.chat_id()
    assert world.carol.id not in await world.bob.call("im.chat.user.list", CHAT_ID=chat_id)

    assert await world.bob.call(METHOD, CHAT_ID=chat_id) is True

    members = await world.carol.call("im.chat.user.list", CHAT_ID=chat_id)
    assert (world.bob.id in members, world.carol.id in members) == (False, True)
    assert (await visitor.session()).status == 5


async def test_one_who_is_alone_keeps_it(world: World) -> None:
    visitor = await answered(world, world.bob)

    assert await world.bob.call(METHOD, CHAT_ID=await visitor.chat_id()) is True

    assert (await visitor.session()).operator_id == world.bob.id


async def test_what_one_was_not_asked_for_cannot_be_refused(world: World) -> None:
    visitor = await answered(world, world.bob, world.carol)

    assert await world.carol.refused(METHOD, CHAT_ID=await visitor.chat_id()) == (400, "ACCESS_DENIED_KICK")

    assert (await visitor.session()).operator_id == world.bob.id
