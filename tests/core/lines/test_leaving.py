"""What becomes of a conversation when somebody leaves the operators' chat, see core/lines/leaving.py."""

from __future__ import annotations

from typing import Any

from skvorets.core.lines import sessions
from support.bots import Robot, robot
from support.line_talks import chat_of, finishes, seated
from support.lines import Visitor, line_of, visitor_of
from support.world import Actor, World


async def leaves(visitor: Visitor, who: Actor | Robot) -> Any:
    """Leave the operators' chat."""
    method = "im.chat.leave" if isinstance(who, Actor) else "imbot.chat.leave"
    return await who.call(method, CHAT_ID=await visitor.chat_id())


async def line_robot(world: World, code: str = "menu") -> Robot:
    return await robot(world, TYPE="O", CODE=code)


async def test_a_bot_hands_over_to_the_one_that_it_has_invited(world: World) -> None:
    first, second = await line_robot(world), await line_robot(world, "second")
    visitor = await visitor_of(world, await line_of(world, [world.bob], bot=first.id))
    await visitor.writes("Hi")
    chat_id = await visitor.chat_id()
    await first.call("imbot.chat.user.add", CHAT_ID=chat_id, USERS=[second.id])
    assert await seated(visitor) == {first.id, second.id}
    await leaves(visitor, first)
    session = await visitor.session()
    assert (session.bot_id, session.first_bot_id, session.queued_at) == (second.id, first.id, 0)
    assert (await chat_of(world, chat_id)).owner_id == second.id
    await visitor.writes("0")
    assert await seated(visitor) == {world.bob.id}


async def test_a_bot_that_leaves_nobody_behind_leaves_the_customer_to_people(world: World) -> None:
    bot = await line_robot(world)
    visitor = await visitor_of(world, await line_of(world, [world.bob], bot=bot.id, bot_leaves="close"))
    await visitor.writes("Hi")
    await leaves(visitor, bot)
    session = await visitor.session()
    assert (session.status, session.bot_id, session.queued_at > 0) == (sessions.WAITING, 0, True)
    assert await seated(visitor) == {world.bob.id}
    assert (await chat_of(world, await visitor.chat_id())).owner_id == 0


async def test_who_serves_and_leaves_gives_the_customer_to_the_next_one(world: World) -> None:
    visitor = await visitor_of(world, await line_of(world, [world.bob, world.carol], distribution="strictly"))
    await visitor.writes("Hi")
    chat_id = await visitor.chat_id()
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="Good day")
    await leaves(visitor, world.bob)
    session = await visitor.session()
    assert (session.status, session.operator_id) == (sessions.WAITING, 0)
    assert await seated(visitor) == {world.carol.id}
    assert (await chat_of(world, chat_id)).owner_id == 0


async def test_who_was_asked_and_leaves_was_asked_in_vain(world: World) -> None:
    visitor = await visitor_of(world, await line_of(world, [world.bob, world.carol], distribution="strictly"))
    await visitor.writes("Hi")
    assert await seated(visitor) == {world.bob.id}
    await leaves(visitor, world.bob)
    assert await seated(visitor) == {world.carol.id}


async def test_after_the_end_there_is_nothing_to_leave(world: World) -> None:
    visitor = await visitor_of(world, await line_of(world, [world.bob, world.carol], asks_rating=False))
    await visitor.writes("Hi")
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{await visitor.chat_id()}", MESSAGE="Good day")
    await finishes(world.bob, visitor)
    before = await visitor.session()
    assert not before.is_open
    await world.bob.refused("im.chat.leave", CHAT_ID=await visitor.chat_id())
    assert await visitor.session() == before
