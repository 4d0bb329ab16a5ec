"""``imbot.chat.updateColor``: the bot changes the colour of its chat. Owners: ``test_imbot_chat_twins.py``."""

from __future__ import annotations

from skvorets.core.events import ChatChanged
from skvorets.storage import chats
from support.bots import log, new_events, robot
from support.world import World


async def test_the_colour_changes_silently(world: World) -> None:
    bot = await robot(world)
    chat_id = await bot.call("imbot.chat.add", USERS=[world.bob.id], COLOR="RED")
    known = len(await log(world))
    answer = await bot.owner.ask("imbot.chat.updateColor", CHAT_ID=chat_id, COLOR="mint")
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    chat = await world.app.store.read(chats.find, chat_id)
    assert chat is not None
    assert chat.color == "MINT"
    assert await new_events(world, known) == [ChatChanged(chat_id=chat_id, actor_id=bot.id, changed=["color"])]


async def test_what_is_wrong_is_refused(world: World) -> None:
    bot = await robot(world)
    chat_id = await bot.call("imbot.chat.add", USERS=[world.bob.id], COLOR="RED")
    foreign = await world.chat(world.alice, world.bob)
    assert await bot.refused("imbot.chat.updateColor", COLOR="RED") == (400, "CHAT_ID_EMPTY")
    assert await bot.refused("imbot.chat.updateColor", CHAT_ID=chat_id, COLOR="BLACK") == (400, "WRONG_COLOR")
    assert await bot.refused("imbot.chat.updateColor", CHAT_ID=chat_id, COLOR="RED") == (400, "WRONG_REQUEST")
    assert await bot.refused("imbot.chat.updateColor", CHAT_ID=foreign, COLOR="MINT") == (400, "WRONG_REQUEST")
