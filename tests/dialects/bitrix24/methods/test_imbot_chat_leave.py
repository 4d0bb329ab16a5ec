"""``imbot.chat.leave``: the bot leaves, and only its own chats. Owners: ``test_imbot_chat_twins.py``."""

from __future__ import annotations

from skvorets.core.events import MembersLeft
from skvorets.storage import members
from support.bots import log, new_events, robot
from support.world import World


async def test_the_bot_leaves(world: World) -> None:
    bot = await robot(world)
    chat_id = await bot.call("imbot.chat.add", USERS=[world.bob.id])
    known = len(await log(world))
    answer = await bot.owner.ask("imbot.chat.leave", CHAT_ID=chat_id)
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    assert await world.app.store.read(members.ids_of, chat_id) == [world.bob.id]
    [left] = await new_events(world, known, "members.left")
    assert left == MembersLeft(chat_id=chat_id, person_ids=[bot.id], actor_id=bot.id)


async def test_a_chat_must_be_named_and_be_the_bots(world: World) -> None:
    bot = await robot(world)
    foreign = await world.chat(world.alice, world.bob)
    for chat_id in (None, "chat1", [1], 0):
        assert await bot.refused("imbot.chat.leave", CHAT_ID=chat_id) == (400, "CHAT_ID_EMPTY")
    for chat_id in (foreign, 999999):
        assert await bot.refused("imbot.chat.leave", CHAT_ID=chat_id) == (403, "ACCESS_ERROR")
