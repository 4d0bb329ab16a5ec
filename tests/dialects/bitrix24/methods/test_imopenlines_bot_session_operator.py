"""``imopenlines.bot.session.operator``: the bot in charge hands over, nobody else."""

from __future__ import annotations

from typing import Any

from skvorets.storage.line_sessions import LineSession
from support.bots import Robot, robot
from support.lines import Visitor, line_of, messages_of, visitor_of
from support.world import World

METHOD = "imopenlines.bot.session.operator"


async def talk(world: World, bot: Robot, **given: Any) -> Visitor:
    """Let a customer talk to the bot of a line that bob serves."""
    visitor = await visitor_of(world, await line_of(world, [world.bob], bot=bot.id, **given), "Ann")
    await visitor.writes("hello")
    return visitor


async def state(visitor: Visitor) -> tuple[int, int, bool]:
    """Give status, bot in charge, and whether it came to people."""
    session: LineSession = await visitor.session()
    return session.status, session.bot_id, bool(session.queued_at)


async def test_the_customer_gets_into_the_queue_and_the_bot_leaves(world: World) -> None:
    bot = await robot(world, TYPE="O")
    visitor = await talk(world, bot)
    chat_id = await visitor.chat_id()
    assert await state(visitor) == (0, bot.id, False)

    assert await bot.owner.call(METHOD, CHAT_ID=chat_id) is True

    assert await state(visitor) == (5, 0, True)
    members = await world.bob.call("im.chat.user.list", CHAT_ID=chat_id)
    assert bot.id not in members
    assert world.bob.id in members
    said = (await messages_of(world, chat_id))[-1]
    assert (said.author_id, said.text) == (0, "Чат-бот передаёт диалог оператору")
    assert await visitor.texts() == ["hello"]


async def test_a_bot_may_stay_to_the_end(world: World) -> None:
    bot = await robot(world, TYPE="O")
    visitor = await talk(world, bot, bot_leaves="close")

    assert await bot.owner.call(METHOD, CHAT_ID=await visitor.chat_id()) is True

    assert bot.id in await world.bob.call("im.chat.user.list", CHAT_ID=await visitor.chat_id())


async def test_a_conversation_without_a_bot_in_charge_is_refused(world: World) -> None:
    bot = await robot(world, TYPE="O")
    visitor = await talk(world, bot, bot_leaves="close")
    chat_id = await visitor.chat_id()
    await bot.owner.call(METHOD, CHAT_ID=chat_id)
    group = await world.chat(world.bob, world.carol)

    answer = await bot.owner.ask(METHOD, CHAT_ID=chat_id)

    assert answer.refusal == (400, "WRONG_CHAT")
    assert answer.body["error_description"] == "Operator is not a bot"
    for other in (group, 999_999, await world.chat(world.bob, world.carol, ENTITY_TYPE="LINES")):
        assert await bot.owner.refused(METHOD, CHAT_ID=other) == (400, "WRONG_CHAT")


async def test_bots_of_another_application_change_nothing(world: World) -> None:
    bot, other = await robot(world, TYPE="O"), await robot(world, TYPE="O")
    visitor = await talk(world, bot)
    bare = await world.alice.through(await world.install(name="No bots"))
    known = len(await world.events())

    for who in (other.owner, bare):
        answer = await who.ask(METHOD, CHAT_ID=await visitor.chat_id())
        assert answer.refusal == (400, "BOT_ID_ERROR")
        assert answer.body["error_description"] == "Bot not found"

    assert await state(visitor) == (0, bot.id, False)
    assert len(await world.events()) == known


async def test_the_chat_must_be_named(world: World) -> None:
    bot = await robot(world, TYPE="O")

    for given in ({}, {"CHAT_ID": 0}, {"CHAT_ID": -3}, {"CHAT_ID": ""}, {"CHAT_ID": {"a": 1}}, {"CHAT_ID": "x"}):
        answer = await bot.owner.ask(METHOD, **given)
        assert answer.refusal == (400, "CHAT_ID_EMPTY"), given
        assert answer.body["error_description"] == "Chat ID can't be empty"


async def test_webhooks_say_whose_bot_it_is(world: World) -> None:
    owner = {"CLIENT_ID": "itr"}
    registered = {"CODE": "itr", "TYPE": "O", "EVENT_HANDLER": "http://127.0.0.1:9/", "PROPERTIES": {"NAME": "ITR"}}
    bot_id = await world.alice.call("imbot.register", **registered, **owner)
    visitor = await visitor_of(world, await line_of(world, [world.bob], bot=bot_id))
    await visitor.writes("hello")
    chat_id = await visitor.chat_id()

    assert await world.alice.refused(METHOD, CHAT_ID=chat_id) == (403, "ACCESS_DENIED")
    assert await world.alice.refused(METHOD, CHAT_ID=chat_id, CLIENT_ID="other") == (400, "BOT_ID_ERROR")
    assert await world.alice.call(METHOD, CHAT_ID=chat_id, **owner) is True


async def test_both_scopes_are_needed(world: World) -> None:
    for scopes in (("im", "imbot"), ("im", "imopenlines")):
        actor = await world.webhook(world.alice, *scopes)
        assert await actor.refused(METHOD, CHAT_ID=1) == (403, "insufficient_scope")
        assert METHOD not in await actor.call("methods")
        assert (await actor.call("method.get", NAME=METHOD))["isAvailable"] is False
    assert METHOD in await world.alice.call("methods")
