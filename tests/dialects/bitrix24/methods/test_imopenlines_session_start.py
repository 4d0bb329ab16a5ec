"""``imopenlines.session.start``: an operator begins, or takes what nobody has."""

from __future__ import annotations

from support.lines import answered, line_of, visitor_of
from support.world import World

METHOD = "imopenlines.session.start"


async def test_a_new_conversation_begins_after_the_last_one(world: World) -> None:
    visitor = await answered(world, world.bob, asks_rating=False)
    chat_id, first = await visitor.chat_id(), await visitor.session()
    await world.bob.call("imopenlines.operator.finish", CHAT_ID=chat_id)

    assert await world.bob.call(METHOD, CHAT_ID=chat_id) is True

    session = await visitor.session()
    assert session.id > first.id
    assert (session.operator_id, session.is_open) == (world.bob.id, True)


async def test_what_nobody_has_is_taken(world: World) -> None:
    visitor = await visitor_of(world, await line_of(world, [world.bob, world.carol]))
    await visitor.writes("hello")

    assert await world.bob.call(METHOD, CHAT_ID=await visitor.chat_id()) is True
    assert await world.carol.refused(METHOD, CHAT_ID=await visitor.chat_id()) == (400, "ACCESS_DENIED")

    assert (await visitor.session()).operator_id == world.bob.id
