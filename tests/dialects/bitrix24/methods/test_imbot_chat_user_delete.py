"""``imbot.chat.user.delete``: a bot that owns the chat removes members. Owners: ``test_imbot_chat_twins.py``."""

from __future__ import annotations

from skvorets.core.events import MembersLeft
from support.bots import log, new_events, robot
from support.world import World


async def test_a_member_is_removed(world: World) -> None:
    bot = await robot(world)
    chat_id = await bot.call("imbot.chat.add", USERS=[world.bob.id])
    known = len(await log(world))
    answer = await bot.owner.ask("imbot.chat.user.delete", CHAT_ID=chat_id, USER_ID=world.bob.id)
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    [left] = await new_events(world, known, "members.left")
    assert left == MembersLeft(chat_id=chat_id, person_ids=[world.bob.id], actor_id=bot.id)


async def test_what_is_wrong_is_refused(world: World) -> None:
    bot = await robot(world)
    chat_id = await bot.call("imbot.chat.add", USERS=[world.bob.id], OWNER_ID=world.bob.id)
    assert await bot.refused("imbot.chat.user.delete", USER_ID=1) == (400, "CHAT_ID_EMPTY")
    assert await bot.refused("imbot.chat.user.delete", CHAT_ID=chat_id) == (400, "USER_ID_EMPTY")
    for user_id in (world.bob.id, world.carol.id):
        refused = await bot.refused("imbot.chat.user.delete", CHAT_ID=chat_id, USER_ID=user_id)
        assert refused == (400, "WRONG_REQUEST")
