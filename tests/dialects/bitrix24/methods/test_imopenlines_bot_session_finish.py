"""``imopenlines.bot.session.finish``: the bot ends the conversation by the line's rule."""

from __future__ import annotations

from support.bots import robot
from support.lines import led_by, messages_of
from support.world import World

METHOD = "imopenlines.bot.session.finish"


async def test_without_closing_text_and_rating_it_is_over_at_once(world: World) -> None:
    bot = await robot(world, TYPE="O")
    visitor = await led_by(world, bot.id, world.bob, asks_rating=False)
    chat_id = await visitor.chat_id()

    assert await bot.owner.call(METHOD, CHAT_ID=chat_id) is True

    session = await visitor.session()
    assert (session.status, session.is_open, session.closed_by) == (60, False, bot.id)
    end = (await messages_of(world, chat_id))[-1]
    assert end.read_params()["CLASS"] == "bx-messenger-content-item-ol-end"
    assert end.read_params()["IMOL_VOTE_SID"] == session.id
    assert await visitor.texts() == ["hello"]
    chat = await world.alice.call("imopenlines.dialog.get", CHAT_ID=chat_id)
    assert (chat["owner"], chat["user_counter"]) == (0, 1)


async def test_the_customer_gets_the_closing_text_first(world: World) -> None:
    bot = await robot(world, TYPE="O")
    visitor = await led_by(world, bot.id, world.bob, asks_rating=False, closing_text="Good bye")
    chat_id = await visitor.chat_id()

    await bot.owner.call(METHOD, CHAT_ID=chat_id)
    first = await visitor.session()
    await bot.owner.call(METHOD, CHAT_ID=chat_id)

    assert (first.status, first.is_open) == (50, True)
    assert (await visitor.session()).status == 60
    assert await visitor.texts() == ["hello", "Good bye"]


async def test_refusals_are_the_documented_ones(world: World) -> None:
    bot, other = await robot(world, TYPE="O"), await robot(world, TYPE="O")
    visitor = await led_by(world, bot.id, world.bob, asks_rating=False)
    chat_id = await visitor.chat_id()
    known = len(await world.events())

    for given in ({}, {"CHAT_ID": 0}, {"CHAT_ID": [1, 2]}):
        assert await bot.owner.refused(METHOD, **given) == (400, "CHAT_ID_EMPTY")
    assert await other.owner.refused(METHOD, CHAT_ID=chat_id) == (400, "BOT_ID_ERROR")
    assert await bot.owner.refused(METHOD, CHAT_ID=999_999) == (400, "BOT_ID_ERROR")
    assert len(await world.events()) == known
    await bot.owner.call(METHOD, CHAT_ID=chat_id)
    assert await bot.owner.refused(METHOD, CHAT_ID=chat_id) == (400, "BOT_ID_ERROR")
