"""``imbot.chat.user.list``: ids of the members, bots among them. Owners: ``test_imbot_chat_twins.py``."""

from __future__ import annotations

from support.bots import robot
from support.world import World


async def test_members_are_listed(world: World) -> None:
    bot = await robot(world)
    chat_id = await bot.call("imbot.chat.add", USERS=[world.bob.id, world.carol.id])
    answer = await bot.owner.ask("imbot.chat.user.list", CHAT_ID=chat_id)
    assert sorted(answer.result) == sorted([bot.id, world.bob.id, world.carol.id])
    assert set(answer.body) == {"result", "time"}


async def test_a_chat_of_others_looks_like_none(world: World) -> None:
    bot = await robot(world)
    foreign = await world.chat(world.alice, world.bob)
    for chat_id in (None, 999999, foreign, {"a": 1}):
        assert await bot.refused("imbot.chat.user.list", CHAT_ID=chat_id) == (400, "CHAT_ID_EMPTY")
