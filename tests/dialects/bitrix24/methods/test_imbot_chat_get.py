"""``imbot.chat.get``: the number of a chat that the bot may read, or null. Owners: ``test_imbot_chat_twins.py``."""

from __future__ import annotations

from support.bots import robot
from support.world import World


async def test_a_chat_of_the_bot_is_found(world: World) -> None:
    bot = await robot(world)
    entity = {"ENTITY_TYPE": "CRM", "ENTITY_ID": "LEAD|13"}
    assert await bot.call("imbot.chat.get", **entity) is None
    chat_id = await bot.call("imbot.chat.add", USERS=[world.bob.id], **entity)
    answer = await bot.owner.ask("imbot.chat.get", **entity)
    assert answer.result == chat_id
    assert set(answer.body) == {"result", "time"}


async def test_a_chat_of_others_is_not_found(world: World) -> None:
    bot = await robot(world)
    await world.chat(world.alice, world.bob, ENTITY_TYPE="CRM", ENTITY_ID="1")
    assert await bot.call("imbot.chat.get", ENTITY_TYPE="CRM", ENTITY_ID="1") is None
    assert await bot.call("imbot.chat.get", ENTITY_TYPE="CRM") is None
