"""``imopenlines.operator.transfer``: to a person or another line."""

from __future__ import annotations

from support.bots import robot
from support.lines import answered, line_of
from support.world import World

METHOD = "imopenlines.operator.transfer"


async def test_a_colleague_is_asked(world: World) -> None:
    visitor = await answered(world, world.bob)
    chat_id = await visitor.chat_id()

    assert await world.bob.call(METHOD, CHAT_ID=chat_id, TRANSFER_ID=world.carol.id) is True

    members = await world.carol.call("im.chat.user.list", CHAT_ID=chat_id)
    assert (world.carol.id in members, world.bob.id in members) == (True, False)
    assert (await visitor.session()).operator_id == 0


async def test_another_line_serves_the_customer(world: World) -> None:
    visitor = await answered(world, world.bob)
    sales = await line_of(world, [world.carol], name="Sales")

    given = {"CHAT_ID": await visitor.chat_id(), "TRANSFER_ID": f"queue{sales.id}"}
    assert await world.bob.call(METHOD, **given) is True

    assert (await visitor.session()).line_id == sales.id


async def test_wrong_targets_are_refused(world: World) -> None:
    visitor, bot = await answered(world, world.bob), await robot(world, TYPE="O")
    chat_id = await visitor.chat_id()

    assert await world.bob.refused(METHOD, CHAT_ID=chat_id) == (400, "TRANSFER_ID_EMPTY")
    assert await world.bob.refused(METHOD, CHAT_ID=chat_id, USER_ID=0) == (400, "USER_ID_EMPTY")
    assert await world.bob.refused(METHOD, CHAT_ID=chat_id, QUEUE_ID=0) == (400, "QUEUE_ID_EMPTY")
    for wrong in ({"USER_ID": bot.id}, {"USER_ID": world.outsider.id}, {"QUEUE_ID": 999}):
        assert await world.bob.refused(METHOD, CHAT_ID=chat_id, **wrong) == (400, "OPERATOR_WRONG")
    assert (await visitor.session()).operator_id == world.bob.id
