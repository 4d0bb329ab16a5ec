"""``imbot.chat.updateTitle``: the bot renames its chat, members are told. Owners: ``test_imbot_chat_twins.py``."""

from __future__ import annotations

from skvorets.core.events import MessageAdded
from skvorets.storage import chats
from support.bots import log, new_events, robot
from support.world import World


async def test_a_chat_is_renamed(world: World) -> None:
    bot = await robot(world)
    chat_id = await bot.call("imbot.chat.add", USERS=[world.bob.id])
    known = len(await log(world))
    answer = await bot.owner.ask("imbot.chat.updateTitle", CHAT_ID=chat_id, TITLE="New")
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    chat = await world.app.store.read(chats.find, chat_id)
    assert chat is not None
    assert chat.title == "New"
    [added] = await new_events(world, known, "message.added")
    assert isinstance(added, MessageAdded)
    assert (added.author_id, added.actor_id) == (0, bot.id)
    assert f"[USER={bot.id}]Echo[/USER]" in added.text


async def test_what_is_wrong_is_refused(world: World) -> None:
    bot = await robot(world)
    chat_id = await bot.call("imbot.chat.add", USERS=[world.bob.id], TITLE="Old")
    foreign = await world.chat(world.alice, world.bob)
    assert await bot.refused("imbot.chat.updateTitle", TITLE="x") == (400, "CHAT_ID_EMPTY")
    assert await bot.refused("imbot.chat.updateTitle", CHAT_ID=chat_id, TITLE=" ") == (400, "TITLE_EMPTY")
    assert await bot.refused("imbot.chat.updateTitle", CHAT_ID=chat_id, TITLE="Old") == (400, "WRONG_REQUEST")
    assert await bot.refused("imbot.chat.updateTitle", CHAT_ID=foreign, TITLE="x") == (400, "WRONG_REQUEST")
