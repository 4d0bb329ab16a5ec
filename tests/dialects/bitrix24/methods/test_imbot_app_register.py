"""``imbot.app.register``: both kinds, defaults and limits, each documented error, whose bot it is."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.storage import chat_apps
from support.bots import log, registration, robot
from support.chat_apps import COMMAND, FRAME, WORD, chat_app, stored
from support.pictures import base64_of, picture
from support.world import World


async def test_a_command_is_stored_as_the_seed_registers_it(world: World) -> None:
    bot = await robot(world)
    given = {**COMMAND, "CONTEXT": "BOT", "EXTRANET_SUPPORT": "N", "LIVECHAT_SUPPORT": "N", "IFRAME_POPUP": "N"}
    answer = await bot.owner.ask("imbot.app.register", BOT_ID=bot.id, **given)
    assert set(answer.body) == {"result", "time"}
    assert type(answer.result) is int
    found = await stored(world, answer.result)
    assert found is not None
    assert (found.bot_id, found.code, found.js_method, found.js_param) == (bot.id, "help", "SEND", "/help")
    assert (found.iframe, found.hash, found.icon, found.context) == ("", "", "", "bot")
    assert (found.is_hidden, found.for_extranet, found.for_livechat, found.is_popup) == (0, 0, 0, 0)
    assert found.read_phrases() == {
        "ru": {"title": "Эхо", "description": "Открыть эхо", "copyright": "Мы"},
        "en": {"title": "Echo", "description": "Open the echo", "copyright": ""},
    }


async def test_a_frame_is_stored_with_its_sizes_word_and_icon(world: World) -> None:
    bot = await robot(world)
    given = {"IFRAME_WIDTH": "350", "IFRAME_HEIGHT": "150", "IFRAME_POPUP": "Y", "CONTEXT": "LINES-admin"}
    app_id = await chat_app(bot, HASH=f"{WORD}tail", ICON_FILE=base64_of(picture(size=(108, 66))), HIDDEN="Y", **given)
    found = await stored(world, app_id)
    assert found is not None
    assert (found.js_method, found.iframe) == ("", FRAME["IFRAME"])
    assert (found.width, found.height, found.is_popup, found.is_hidden) == (350, 150, 1, 1)
    assert (found.hash, found.context) == (WORD, "lines-admin")
    async with world.session.get(f"{world.url}/files/icon/{found.icon}") as response:
        assert response.status == 200
        assert response.headers["Content-Type"].startswith("image/")


@pytest.mark.parametrize("icon", ["", "no picture", base64_of(b"GIF89a"), {"a": 1}, ["a.png", base64_of(picture())]])
async def test_an_icon_that_is_no_picture_is_ignored(world: World, icon: object) -> None:
    bot = await robot(world)
    found = await stored(world, await chat_app(bot, IMAGE_FILE=icon))
    assert found is not None
    assert bool(found.icon) == isinstance(icon, list)


@pytest.mark.parametrize(
    ("given", "sizes"),
    [
        ({}, (320, 250)),
        ({"IFRAME_WIDTH": 100, "IFRAME_HEIGHT": 1}, (250, 50)),
        ({"IFRAME_WIDTH": 10**9}, (10_000, 250)),
    ],
)
async def test_sizes_have_bounds_and_defaults(world: World, given: dict[str, Any], sizes: tuple[int, int]) -> None:
    bot = await robot(world)
    found = await stored(world, await chat_app(bot, **given))
    assert found is not None
    assert (found.width, found.height) == sizes
    assert found.context == "all"


@pytest.mark.parametrize(
    ("method", "param"),
    [
        ("PUT", "/echo some_text+1-2"),
        ("send", "/help"),
        ("CALL", "+7 (495) 123-45-67#"),
        ("SUPPORT", "0aF" * 10 + "11"),
    ],
)
async def test_a_command_wins_over_a_frame(world: World, method: str, param: str) -> None:
    bot = await robot(world)
    found = await stored(world, await chat_app(bot, JS_METHOD=method, JS_PARAM=param))
    assert found is not None
    assert (found.js_method, found.js_param, found.iframe) == (method.upper(), param, "")


async def test_the_same_code_is_the_same_application(world: World) -> None:
    bot = await robot(world)
    first = await chat_app(bot)
    assert await chat_app(bot, IFRAME="https://elsewhere.example.com/") == first
    found = await stored(world, first)
    assert found is not None
    assert found.iframe == FRAME["IFRAME"]
    assert await chat_app(bot, "other") != first


async def test_hidden_ones_need_no_words(world: World) -> None:
    bot = await robot(world)
    assert await chat_app(bot, LANG=None, HIDDEN="Y") > 0


NO_APP = "Iframe or JS method isn't specified"


@pytest.mark.parametrize(
    ("given", "code", "text"),
    [
        ({"BOT_ID": 999999}, "BOT_ID_ERROR", "Bot not found"),
        ({"CODE": None}, "CODE_ERROR", "App code isn't specified"),
        ({"CODE": " "}, "CODE_ERROR", "App code isn't specified"),
        ({"CODE": {"a": 1}}, "CODE_ERROR", "App code isn't specified"),
        ({"CODE": "x" * 256}, "WRONG_REQUEST", "App can't be created"),
        ({"IFRAME": None}, "PARAMS_ERROR", NO_APP),
        ({"IFRAME": None, "JS_METHOD": "SEND"}, "PARAMS_ERROR", NO_APP),
        ({"JS_METHOD": "ALERT", "JS_PARAM": "/help"}, "PARAMS_ERROR", NO_APP),
        ({"JS_METHOD": "SEND", "JS_PARAM": "привет"}, "PARAMS_ERROR", NO_APP),
        ({"JS_METHOD": "SEND", "JS_PARAM": "a\nb"}, "PARAMS_ERROR", NO_APP),
        ({"JS_METHOD": "CALL", "JS_PARAM": "/help"}, "PARAMS_ERROR", NO_APP),
        ({"JS_METHOD": "SUPPORT", "JS_PARAM": "12"}, "PARAMS_ERROR", NO_APP),
        ({"JS_METHOD": ["SEND"]}, "PARAMS_ERROR", NO_APP),
        ({"IFRAME": "javascript:alert(1)"}, "IFRAME_HTTPS", "Iframe params must be HTTPS site"),
        ({"IFRAME": "https://"}, "IFRAME_HTTPS", "Iframe params must be HTTPS site"),
        ({"IFRAME": "nowhere"}, "IFRAME_HTTPS", "Iframe params must be HTTPS site"),
        ({"IFRAME": ["https://a.example.com"]}, "IFRAME_HTTPS", "Iframe params must be HTTPS site"),
        ({"HASH": None}, "HASH_ERROR", "Hash can't be empty"),
        ({"HASH": ["x"]}, "HASH_ERROR", "Hash can't be empty"),
        ({"LANG": None}, "LANG_ERROR", "Lang set can't be empty"),
        ({"LANG": [{"LANGUAGE_ID": "en"}]}, "LANG_ERROR", "Lang set can't be empty"),
        ({"LANG": "en"}, "LANG_ERROR", "Lang set can't be empty"),
    ],
)
async def test_what_is_wrong_is_refused_and_changes_nothing(
    world: World, given: dict[str, Any], code: str, text: str
) -> None:
    bot = await robot(world)
    known = len(await log(world))
    answer = await bot.owner.ask("imbot.app.register", **{"BOT_ID": bot.id, **FRAME, **given})
    assert answer.refusal == (400, code)
    assert answer.body["error_description"] == text
    assert len(await log(world)) == known
    assert await world.app.store.read(chat_apps.count_of_bot, bot.id) == 0


@pytest.mark.parametrize("public", [{"allow_private_handlers": False}])
async def test_frames_are_https_in_earnest_wherever_they_lie(public: dict[str, Any], tmp_path: Any) -> None:
    from support.world import test_config  # noqa: PLC0415 — pytest would take it for a test

    world = World(test_config(tmp_path, "", **public))
    await world.open()
    try:
        owner = await world.alice.through(await world.install())
        url = "https://bot.example.com/"
        bot_id = await owner.call("imbot.register", CODE="b", EVENT_HANDLER=url, PROPERTIES={"NAME": "B"})
        given = {"BOT_ID": bot_id, **FRAME}
        refused = await owner.refused("imbot.app.register", **{**given, "IFRAME": "http://app.example.com/"})
        assert refused == (400, "IFRAME_HTTPS")
        assert await owner.call("imbot.app.register", **{**given, "IFRAME": "https://wiki/frame"}) > 0
    finally:
        await world.close()


async def test_only_the_owner_may(world: World) -> None:
    bot = await robot(world)
    stranger = await world.alice.through(await world.install(name="Stranger"))
    assert await stranger.refused("imbot.app.register", BOT_ID=bot.id, **FRAME) == (400, "APP_ID_ERROR")
    assert await stranger.refused("imbot.app.register", **FRAME) == (400, "BOT_ID_ERROR")
    assert await world.alice.refused("imbot.app.register", BOT_ID=bot.id, **FRAME) == (403, "ACCESS_DENIED")
    foreign = {"BOT_ID": bot.id, "CLIENT_ID": "mine", **FRAME}
    assert await world.alice.refused("imbot.app.register", **foreign) == (400, "APP_ID_ERROR")
    await world.alice.call("imbot.register", **registration(CLIENT_ID="mine"))
    assert await world.alice.call("imbot.app.register", CLIENT_ID="mine", **FRAME) > 0


async def test_a_bot_takes_its_applications_along(world: World) -> None:
    bot = await robot(world)
    app_id = await chat_app(bot)
    await bot.call("imbot.unregister")
    assert await stored(world, app_id) is None
