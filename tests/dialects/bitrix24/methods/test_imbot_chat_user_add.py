"""``imbot.chat.user.add``: the bot invites people and other bots. Owners: ``test_imbot_chat_twins.py``."""

from __future__ import annotations

from skvorets.core.events import MembersJoined
from support.bots import log, new_events, registration, robot
from support.world import World


async def test_people_and_bots_are_invited(world: World) -> None:
    bot = await robot(world)
    other = await bot.owner.call("imbot.register", **registration("second"))
    chat_id = await bot.call("imbot.chat.add", USERS=[world.bob.id])
    known = len(await log(world))
    answer = await bot.owner.ask(
        "imbot.chat.user.add", BOT_ID=bot.id, CHAT_ID=chat_id, USERS=[world.carol.id, other], HIDE_HISTORY="Y"
    )
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    [joined] = await new_events(world, known, "members.joined")
    assert isinstance(joined, MembersJoined)
    assert (joined.person_ids, joined.bot_ids) == ([world.carol.id, other], [other])
    assert (joined.actor_id, joined.shows_history) == (bot.id, False)


async def test_what_is_wrong_is_refused(world: World) -> None:
    bot = await robot(world)
    chat_id = await bot.call("imbot.chat.add", USERS=[world.bob.id])
    foreign = await world.chat(world.alice, world.bob)
    assert await bot.refused("imbot.chat.user.add", USERS=[1]) == (400, "CHAT_ID_EMPTY")
    for given in (
        {"CHAT_ID": chat_id, "USERS": [world.bob.id]},
        {"CHAT_ID": chat_id},
        {"CHAT_ID": foreign, "USERS": [world.carol.id]},
    ):
        assert await bot.refused("imbot.chat.user.add", **given) == (400, "WRONG_REQUEST")
