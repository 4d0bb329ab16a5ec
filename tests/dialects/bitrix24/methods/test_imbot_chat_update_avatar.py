"""``imbot.chat.updateAvatar``: the bot changes the picture of its chat. Owners: ``test_imbot_chat_twins.py``."""

from __future__ import annotations

from skvorets.storage import chats
from support.bots import log, robot
from support.pictures import base64_of, picture
from support.world import World

PNG = base64_of(picture())


async def test_the_picture_changes(world: World) -> None:
    bot = await robot(world)
    chat_id = await bot.call("imbot.chat.add", USERS=[world.bob.id])
    answer = await bot.owner.ask("imbot.chat.updateAvatar", CHAT_ID=chat_id, AVATAR=PNG)
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    chat = await world.app.store.read(chats.find, chat_id)
    assert chat is not None
    assert world.app.blobs.exists(chat.avatar)


async def test_what_is_wrong_is_refused_and_changes_nothing(world: World) -> None:
    bot = await robot(world)
    chat_id = await bot.call("imbot.chat.add", USERS=[world.bob.id])
    foreign = await world.chat(world.alice, world.bob)
    known = len(await log(world))
    assert await bot.refused("imbot.chat.updateAvatar", AVATAR=PNG) == (400, "CHAT_ID_EMPTY")
    assert await bot.refused("imbot.chat.updateAvatar", CHAT_ID=chat_id, AVATAR="x") == (400, "AVATAR_ERROR")
    assert await bot.refused("imbot.chat.updateAvatar", CHAT_ID=foreign, AVATAR=PNG) == (400, "WRONG_REQUEST")
    assert len(await log(world)) == known
