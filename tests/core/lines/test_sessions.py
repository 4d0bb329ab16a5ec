"""How conversations begin and what each message does to them, see core/lines/sessions.py."""

from __future__ import annotations

from collections.abc import Awaitable

import msgspec

from skvorets.core.events_lines import LineClientChanged, LineSessionChanged
from skvorets.core.lines import sessions
from skvorets.core.lines.settings import WorkingHours
from skvorets.core.lines.speaking import send_to_client
from skvorets.storage import line_clients, members
from skvorets.storage.database import Tx
from skvorets.storage.line_clients import NETWORK
from skvorets.storage.messages import Message
from support.bots import robot
from support.line_talks import chat_of, finishes, line_bot, seated, takes, writes
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


async def test_the_line_welcomes_once_or_each_time(world: World) -> None:
    for each_time, count in ((False, 1), (True, 2)):
        line = await line_of(
            world, [world.bob], welcome_text="Hello!", welcomes_each_session=each_time, asks_rating=False
        )
        visitor = await visitor_of(world, line)
        await visitor.writes("Hi")
        await finishes(world.bob, visitor)
        await visitor.writes("Hi again")
        assert (await visitor.texts()).count("Hello!") == count


async def test_nobody_is_welcomed_at_night(world: World) -> None:
    never = WorkingHours(is_on=True, days=[], away_text="We sleep")
    visitor = await visitor_of(world, await line_of(world, [world.bob], welcome_text="Hello!", working_hours=never))
    await visitor.writes("Hi")
    assert await visitor.texts() == ["We sleep", "Hi"]
    assert await seated(visitor) == {world.bob.id}


async def test_who_was_welcomed_when_he_came_is_not_welcomed_again(world: World) -> None:
    visitor = await visitor_of(world, await line_of(world, [world.bob], welcome_text="Hello!"))
    await world.unit(_welcome, visitor.client_id)
    await visitor.writes("Hi")
    assert await visitor.texts() == ["Hello!", "Hi"]


async def test_a_bot_may_join_at_the_first_contact_only(world: World) -> None:
    bot = await line_bot(world)
    line = await line_of(world, [world.bob], bot=bot, bot_joins="first", asks_rating=False)
    visitor = await visitor_of(world, line)
    await visitor.writes("Hi")
    assert await seated(visitor) == {bot}
    await finishes(world.alice, visitor)
    await visitor.writes("Hi again")
    assert await seated(visitor) == {world.bob.id}


async def test_a_bot_that_serves_no_lines_or_is_gone_is_left_out(world: World) -> None:
    other = (await robot(world, CODE="other")).id
    for bot_id in (other, 10**9):
        visitor = await visitor_of(world, await line_of(world, [world.bob], bot=bot_id))
        await visitor.writes("Hi")
        assert await seated(visitor) == {world.bob.id}


async def test_a_bot_manages_the_chat_and_counts_its_messages(world: World) -> None:
    bot = await robot(world, TYPE="O", CODE="menu")
    visitor = await visitor_of(world, await line_of(world, [world.bob], bot=bot.id))
    await visitor.writes("Hi")
    chat_id = await visitor.chat_id()
    member = await world.app.store.read(members.find, chat_id, bot.id)
    assert member is not None
    assert member.manager == 1
    await bot.call("imbot.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="1. Prices")
    session = await visitor.session()
    assert (session.status, session.bot_messages, session.operator_messages) == (sessions.NEW, 1, 0)
    assert (await visitor.texts())[-1] == "1. Prices"


async def test_the_customer_of_a_bot_that_is_removed_comes_to_people(world: World) -> None:
    bot = await robot(world, TYPE="O", CODE="menu")
    visitor = await visitor_of(world, await line_of(world, [world.bob], bot=bot.id, bot_leaves="close"))
    await visitor.writes("Hi")
    await bot.call("imbot.unregister")
    session = await visitor.session()
    assert (session.status, session.bot_id, await seated(visitor)) == (sessions.WAITING, 0, {world.bob.id})


async def test_statuses_follow_the_talk(world: World) -> None:
    visitor = await visitor_of(world, await line_of(world, [world.bob]))
    seen = []
    deeds: list[Awaitable[object]] = [
        *(visitor.writes("Hi"), takes(world.bob, visitor), visitor.writes("?"), visitor.writes("??")),
        *(writes(world.bob, visitor, "!"), visitor.writes("And?"), writes(world.bob, visitor, "!!")),
    ]
    for deed in deeds:
        await deed
        seen.append((await visitor.session()).status)
    assert seen == [0, 10, 20, 20, 40, 25, 40]
    session = await visitor.session()
    assert (session.client_messages, session.operator_messages) == (4, 2)
    assert session.started_at <= session.queued_at <= session.taken_at <= session.answered_at


async def test_each_change_is_told_to_both_sides(world: World) -> None:
    visitor = await visitor_of(world, await line_of(world, [world.bob]))
    await visitor.writes("Hi")
    await writes(world.bob, visitor, "Hello")
    await writes(world.bob, visitor, "What is it?")
    await visitor.writes("Thanks")
    await finishes(world.bob, visitor)
    await finishes(world.bob, visitor)
    client = await visitor.client()
    told = [one for one in await world.events("line.session") if isinstance(one, LineSessionChanged)]
    changes = ["started", "waiting", "offered", "taken", "answered", "asked", "finishing", "closed"]
    assert [one.change for one in told] == changes
    assert {(one.chat_id, one.session_id, one.client_id) for one in told} == {
        (client.chat_id, client.session_id, client.id)
    }
    shown = [one for one in await world.events("line.client") if isinstance(one, LineClientChanged)]
    assert [one.change for one in shown if one.change != "read"] == ["started", "waiting", "taken", "rating", "closed"]
    assert {one.chat_id for one in shown} == {client.client_chat_id}


async def test_a_customer_of_the_network_rates_by_a_number(world: World) -> None:
    visitor = await visitor_of(world, await line_of(world, [world.bob]))
    await visitor.writes("Hi")
    await writes(world.bob, visitor, "Hello")
    await finishes(world.bob, visitor)
    await world.unit(_vote_from_network, visitor.client_id, "maybe")
    assert (await visitor.session()).vote == 0
    await finishes(world.bob, visitor)
    await world.unit(_vote_from_network, visitor.client_id, " 0 ")
    session = await visitor.session()
    assert (session.vote, session.status, session.client_messages) == (1, sessions.CLOSING, 2)


async def _vote_from_network(tx: Tx, client_id: int, text: str) -> None:
    """Follow a message as if he wrote it elsewhere."""
    client = await line_clients.find(tx, client_id)
    assert client is not None
    session = await sessions.open_session(tx, client.chat_id)
    assert session is not None
    client = msgspec.structs.replace(client, connector=NETWORK)
    message = Message(0, client.chat_id, 0, client.person_id, tx.now, text, None, None, 0, 0)
    await sessions.note_client_wrote(tx, client, session, message)


async def _welcome(tx: Tx, client_id: int) -> None:
    client = await line_clients.find(tx, client_id)
    assert client is not None
    await send_to_client(tx, client, "Hello!")
