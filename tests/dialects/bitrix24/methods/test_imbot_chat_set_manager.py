"""``imbot.chat.setManager``: a bot that owns the chat chooses managers. Owners: ``test_imbot_chat_twins.py``."""

from __future__ import annotations

from skvorets.storage import members
from support.bots import robot
from support.world import World


async def test_a_member_becomes_a_manager_and_ceases(world: World) -> None:
    bot = await robot(world)
    chat_id = await bot.call("imbot.chat.add", USERS=[world.bob.id])
    for flag, expected in (("Y", 1), ("N", 0)):
        answer = await bot.owner.ask("imbot.chat.setManager", CHAT_ID=chat_id, USER_ID=world.bob.id, IS_MANAGER=flag)
        assert answer.result is True
        member = await world.app.store.read(members.find, chat_id, world.bob.id)
        assert member is not None
        assert member.manager == expected


async def test_what_is_wrong_is_refused(world: World) -> None:
    bot = await robot(world)
    chat_id = await bot.call("imbot.chat.add", USERS=[world.bob.id])
    assert await bot.refused("imbot.chat.setManager", USER_ID=1) == (400, "CHAT_ID_EMPTY")
    assert await bot.refused("imbot.chat.setManager", CHAT_ID=chat_id) == (400, "USER_ID_EMPTY")
    stranger = {"CHAT_ID": chat_id, "USER_ID": world.carol.id}
    assert await bot.refused("imbot.chat.setManager", **stranger) == (400, "WRONG_REQUEST")
