"""``imbot.app.unregister``: the reply, each documented error, only one's own."""

from __future__ import annotations

from support.bots import registration, robot
from support.chat_apps import FRAME, chat_app, stored
from support.world import World


async def test_it_is_gone(world: World) -> None:
    bot = await robot(world)
    app_id, other = await chat_app(bot), await chat_app(bot, "other")
    answer = await bot.owner.ask("imbot.app.unregister", APP_ID=app_id)
    assert set(answer.body) == {"result", "time"}
    assert answer.result is True
    assert await stored(world, app_id) is None
    assert await stored(world, other) is not None
    assert await bot.owner.refused("imbot.app.unregister", APP_ID=app_id) == (400, "CHAT_APP_ID_ERROR")


async def test_what_is_not_there_cannot_be_removed(world: World) -> None:
    bot = await robot(world)
    app_id = await chat_app(bot)
    for wrong in (None, 0, "x", 999999, [app_id], {"a": app_id}):
        answer = await bot.owner.ask("imbot.app.unregister", APP_ID=wrong)
        assert answer.refusal == (400, "CHAT_APP_ID_ERROR")
        assert answer.body["error_description"] == "App not found"
    assert await stored(world, app_id) is not None


async def test_only_the_owner_may(world: World) -> None:
    bot = await robot(world)
    app_id = await chat_app(bot)
    stranger = await world.alice.through(await world.install(name="Stranger"))
    answer = await stranger.ask("imbot.app.unregister", APP_ID=app_id)
    assert answer.refusal == (400, "APP_ID_ERROR")
    assert answer.body["error_description"] == "App was installed by another rest application"
    assert await world.alice.refused("imbot.app.unregister", APP_ID=app_id) == (403, "ACCESS_DENIED")
    assert await world.alice.refused("imbot.app.unregister", APP_ID=app_id, CLIENT_ID="x") == (400, "APP_ID_ERROR")
    assert await stored(world, app_id) is not None
    await world.alice.call("imbot.register", **registration(CLIENT_ID="mine"))
    own = await world.alice.call("imbot.app.register", CLIENT_ID="mine", **FRAME)
    assert await world.alice.call("imbot.app.unregister", APP_ID=own, CLIENT_ID="mine") is True
