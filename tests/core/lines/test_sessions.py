"""How conversations begin and what each message does to them, see core/lines/sessions.py."""

from __future__ import annotations

from skvorets.core.lines import sessions
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
    await world.carol.refused("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="Me, too")
