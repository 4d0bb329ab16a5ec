"""``imopenlines.operator.finish``: one ends what one serves oneself."""

from __future__ import annotations

from support.lines import answered
from support.world import World

METHOD = "imopenlines.operator.finish"


async def test_the_first_time_asks_for_a_rating_the_second_closes(world: World) -> None:
    visitor = await answered(world, world.bob, closing_text="Good bye")
    chat_id = await visitor.chat_id()

    assert await world.bob.call(METHOD, CHAT_ID=chat_id) is True
    asked = await visitor.session()
    assert await world.bob.call(METHOD, CHAT_ID=chat_id) is True

    assert (asked.status, asked.awaits_vote) == (50, 1)
    assert (await visitor.session()).status == 60
    assert (await visitor.texts())[-1] == "Good bye"
    assert await world.bob.refused(METHOD, CHAT_ID=chat_id) == (400, "ACCESS_DENIED")


async def test_what_another_serves_is_not_ones_own(world: World) -> None:
    visitor = await answered(world, world.bob, world.carol)

    assert await world.carol.refused(METHOD, CHAT_ID=await visitor.chat_id()) == (400, "ACCESS_DENIED")

    assert (await visitor.session()).is_open
