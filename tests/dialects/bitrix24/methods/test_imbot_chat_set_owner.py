"""``imbot.chat.setOwner``: only by a bot that owns the chat, to a member. Owners: ``test_imbot_chat_twins.py``."""

from __future__ import annotations

from skvorets.storage import chats
from support.bots import robot
from support.world import World


async def test_a_chat_is_handed_over_once(world: World) -> None:
    bot = await robot(world)
    chat_id = await bot.call("imbot.chat.add", USERS=[world.bob.id])
    answer = await bot.owner.ask("imbot.chat.setOwner", CHAT_ID=chat_id, USER_ID=world.bob.id)
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    chat = await world.app.store.read(chats.find, chat_id)
    assert chat is not None
    assert chat.owner_id == world.bob.id
    refused = await bot.refused("imbot.chat.setOwner", CHAT_ID=chat_id, USER_ID=bot.id)
    assert refused == (400, "WRONG_REQUEST")


async def test_what_is_wrong_is_refused(world: World) -> None:
    bot = await robot(world)
    chat_id = await bot.call("imbot.chat.add", USERS=[world.bob.id])
    assert await bot.refused("imbot.chat.setOwner", USER_ID=1) == (400, "CHAT_ID_EMPTY")
    assert await bot.refused("imbot.chat.setOwner", CHAT_ID=chat_id) == (400, "USER_ID_EMPTY")
    stranger = {"CHAT_ID": chat_id, "USER_ID": world.carol.id}
    assert await bot.refused("imbot.chat.setOwner", **stranger) == (400, "WRONG_REQUEST")
