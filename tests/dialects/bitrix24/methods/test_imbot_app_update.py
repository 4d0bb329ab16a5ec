"""``imbot.app.update``: what is given changes, the rest stays; each documented error."""

from __future__ import annotations

from typing import Any

import pytest

from support.bots import Robot, registration, robot
from support.chat_apps import COMMAND, FRAME, WORD, chat_app, stored
from support.world import World

MISSING: dict[str, Any] = {}


async def update(bot: Robot, app_id: int, **fields: Any) -> Any:
    return await bot.owner.call("imbot.app.update", APP_ID=app_id, FIELDS=fields)


async def test_the_reply_is_true_and_the_rest_stays(world: World) -> None:
    bot = await robot(world)
    app_id = await chat_app(bot)
    before = await stored(world, app_id)
    answer = await bot.owner.ask("imbot.app.update", APP_ID=app_id, FIELDS={"CONTEXT": "CHAT", "IFRAME_WIDTH": "400"})
    assert set(answer.body) == {"result", "time"}
    assert answer.result is True
    after = await stored(world, app_id)
    assert before is not None
    assert after is not None
    assert (after.context, after.width) == ("chat", 400)
    assert (after.iframe, after.hash, after.phrases) == (before.iframe, before.hash, before.phrases)


async def test_a_frame_becomes_a_command_and_back(world: World) -> None:
    bot = await robot(world)
    app_id = await chat_app(bot)
    await update(bot, app_id, JS_METHOD="PUT", JS_PARAM="/echo", IFRAME="https://both.example.com/")
    found = await stored(world, app_id)
    assert found is not None
    assert (found.js_method, found.js_param, found.iframe, found.hash) == ("PUT", "/echo", "", WORD)
    await update(bot, app_id, IFRAME="https://both.example.com/")
    found = await stored(world, app_id)
    assert found is not None
    assert (found.js_method, found.js_param, found.iframe) == ("", "", "https://both.example.com/")


async def test_words_replace_all_words(world: World) -> None:
    bot = await robot(world)
    app_id = await chat_app(bot)
    await update(bot, app_id, LANG={"de": {"TITLE": "Echo"}}, HASH="register")
    found = await stored(world, app_id)
    assert found is not None
    assert set(found.read_phrases()) == {"de"}
    assert found.hash == "register"


@pytest.mark.parametrize(
    ("fields", "code", "text"),
    [
        (None, "WRONG_REQUEST", "Update fields can't be empty"),
        ({}, "WRONG_REQUEST", "Update fields can't be empty"),
        ({"CODE": "other"}, "WRONG_REQUEST", "Update fields can't be empty"),
        ({"IFRAME": "ftp://app.example.com/"}, "IFRAME_HTTPS", "Iframe params must be HTTPS site"),
        ({"IFRAME": {"a": 1}}, "IFRAME_HTTPS", "Iframe params must be HTTPS site"),
        ({"JS_METHOD": "ALERT"}, "WRONG_REQUEST", "App can't be updated"),
        ({"JS_METHOD": "SEND", "JS_PARAM": "<b>"}, "WRONG_REQUEST", "App can't be updated"),
        ({"LANG": []}, "WRONG_REQUEST", "App can't be updated"),
        ({"HASH": ["x"]}, "WRONG_REQUEST", "App can't be updated"),
    ],
)
async def test_what_is_wrong_is_refused_and_changes_nothing(world: World, fields: Any, code: str, text: str) -> None:
    bot = await robot(world)
    app_id = await chat_app(bot)
    before = await stored(world, app_id)
    answer = await bot.owner.ask("imbot.app.update", APP_ID=app_id, FIELDS=fields)
    assert answer.refusal == (400, code)
    assert answer.body["error_description"] == text
    assert await stored(world, app_id) == before


async def test_a_command_needs_a_word_to_become_a_frame(world: World) -> None:
    bot = await robot(world)
    app_id = await bot.call("imbot.app.register", **COMMAND)
    refused = await bot.owner.refused("imbot.app.update", APP_ID=app_id, FIELDS={"IFRAME": FRAME["IFRAME"]})
    assert refused == (400, "WRONG_REQUEST")
    await update(bot, app_id, IFRAME=FRAME["IFRAME"], HASH=WORD)


async def test_only_the_owner_may(world: World) -> None:
    bot = await robot(world)
    app_id, fields = await chat_app(bot), {"CONTEXT": "CHAT"}
    stranger = await world.alice.through(await world.install(name="Stranger"))
    given = {"APP_ID": app_id, "FIELDS": fields}
    assert await stranger.refused("imbot.app.update", **given) == (400, "APP_ID_ERROR")
    assert await world.alice.refused("imbot.app.update", **given) == (403, "ACCESS_DENIED")
    for wrong in (0, 999999, "x", [app_id], None):
        refused = await bot.owner.refused("imbot.app.update", APP_ID=wrong, FIELDS=fields)
        assert refused == (400, "CHAT_APP_ID_ERROR")
    await world.alice.call("imbot.register", **registration(CLIENT_ID="mine"))
    own = await world.alice.call("imbot.app.register", CLIENT_ID="mine", **FRAME)
    nested = {"APP_ID": own, "FIELDS": {**fields, "CLIENT_ID": "mine"}}
    assert await world.alice.call("imbot.app.update", **nested) is True
