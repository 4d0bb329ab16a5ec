"""How conversations begin and what each message does to them, see core/lines/sessions.py."""

from __future__ import annotations

from skvorets.core.lines import sessions
from support.line_talks import chat_of, line_bot, seated
from support.line_time import VirtualTime
from support.lines import line_of, messages_of, visitor_of
from support.world import World


async def test_the_first_message_begins_a_conversation(world: World) -> None:
    line = await line_of(world, [world.bob], welcome_text="Hello!")
    visitor = await visitor_of(world, line, name="Ann")
    await visitor.writes("Is anybody there?")
    session = await visitor.session()
    assert (session.status, session.operator_id, session.client_messages) == (sessions.NEW, 0, 1)
    assert await visitor.texts() == ["Hello!", "Is anybody there?"]
    told = [one.text for one in await messages_of(world, session.chat_id)]
    assert told == [f"Диалог №{session.id} начат", "Hello!", "Is anybody there?"]


async def test_an_operator_who_writes_has_it(world: World) -> None:
    line = await line_of(world, [world.bob, world.carol])
    visitor = await visitor_of(world, line)
    await visitor.writes("Hi")
    chat_id = await visitor.chat_id()
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="Good day")
    session = await visitor.session()
    assert (session.status, session.operator_id) == (sessions.ANSWERED, world.bob.id)
    assert (await visitor.texts())[-1] == "Good day"
    assert await seated(visitor) == {world.bob.id}
    await world.stranger.refused("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="Me, too")


async def test_a_bot_that_hands_nothing_over_loses_the_customer(world: World, passing: VirtualTime) -> None:
    bot = await line_bot(world)
    line = await line_of(world, [world.bob], bot=bot, bot_s=30)
    visitor = await visitor_of(world, line)
    await visitor.writes("Hi")
    chat_id = await visitor.chat_id()
    session = await visitor.session()
    assert (session.status, session.bot_id, session.queued_at) == (sessions.NEW, bot, 0)
    assert (await chat_of(world, chat_id)).owner_id == bot
    assert await seated(visitor) == {bot}
    assert await passing.pass_s(31) == 1
    session = await visitor.session()
    assert (session.status, session.bot_id, session.queued_at > 0) == (sessions.WAITING, 0, True)
    assert await seated(visitor) == {world.bob.id}
