"""``imbot.chat.add``: the bot creates a chat, owns it and speaks first. Owners: ``test_imbot_chat_twins.py``."""

from __future__ import annotations

import pytest

from skvorets.core.events import MembersJoined, MessageAdded
from skvorets.storage import chats
from support.bots import Robot, log, new_events, registration, robot
from support.world import World


async def test_the_bot_owns_the_chat_that_it_creates(world: World) -> None:
    bot = await robot(world)
    other = await bot.owner.call("imbot.register", **registration("second"))
    known = len(await log(world))
    answer = await bot.owner.ask(
        "imbot.chat.add", BOT_ID=bot.id, USERS=[world.bob.id, other], TITLE="Echo chat", MESSAGE="welcome /echo"
    )
    assert set(answer.body) == {"result", "time"}
    assert type(answer.result) is int
    chat = await world.app.store.read(chats.find, answer.result)
    assert chat is not None
    assert (chat.kind, chat.title, chat.owner_id, chat.member_count) == ("group", "Echo chat", bot.id, 3)
    [joined] = await new_events(world, known, "members.joined")
    assert isinstance(joined, MembersJoined)
    assert (sorted(joined.bot_ids), joined.actor_id) == (sorted([bot.id, other]), bot.id)
    [added] = await new_events(world, known, "message.added")
    assert isinstance(added, MessageAdded)
    assert (added.author_id, added.text, added.calls_bots) == (bot.id, "welcome /echo", False)


async def test_another_may_own_it(world: World) -> None:
    bot: Robot = await robot(world)
    chat_id = await bot.call("imbot.chat.add", USERS=[world.carol.id], OWNER_ID=world.bob.id)
    chat = await world.app.store.read(chats.find, chat_id)
    assert chat is not None
    assert (chat.owner_id, chat.member_count) == (world.bob.id, 3)


@pytest.mark.parametrize("users", [None, ""])
async def test_members_must_be_named(world: World, users: object) -> None:
    bot = await robot(world)
    assert await bot.refused("imbot.chat.add", USERS=users) == (400, "USERS_EMPTY")


async def test_a_webhook_creates_chats_by_its_client_id(world: World) -> None:
    bot_id = await world.alice.call("imbot.register", **registration(CLIENT_ID="mine"))
    chat_id = await world.alice.call("imbot.chat.add", CLIENT_ID="mine", USERS=[world.bob.id])
    chat = await world.app.store.read(chats.find, chat_id)
    assert chat is not None
    assert chat.owner_id == bot_id
