"""``/api/chat-apps``: whose buttons are shown where, and the address with which a frame is opened."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from skvorets.storage import chats
from skvorets.storage.database import Tx
from support.bots import Robot, registration, robot
from support.browsers import Browser, RefusedError, browser_of
from support.chat_apps import COMMAND, WORD, chat_app
from support.pictures import base64_of, picture
from support.queries import count_queries
from support.world import World


async def shown(browser: Browser, dialog: object) -> list[str]:
    found = await browser.get(f"/api/chat-apps?dialogId={dialog}")
    return [one["code"] for one in found["apps"]]


async def every_context(bot: Robot) -> None:
    for context in ("ALL", "USER", "CHAT", "BOT", "LINES", "CALL", "ALL-admin", "CHAT-ADMIN", "nonsense"):
        await chat_app(bot, context, CONTEXT=context)
    await chat_app(bot, "hidden", HIDDEN="Y")
    await chat_app(bot, "extranet", EXTRANET_SUPPORT="Y")


async def test_the_context_says_where(world: World) -> None:
    bot = await robot(world)
    await every_context(bot)
    other = await bot.owner.call("imbot.register", **registration("second"))
    chat = await world.chat(world.bob, world.alice, world.outsider)
    calls = await world.chat(world.bob, world.alice, ENTITY_TYPE="CALL")
    async with browser_of(world, world.bob) as browser:
        assert await shown(browser, world.carol.id) == ["ALL", "USER", "nonsense", "extranet"]
        assert await shown(browser, bot.id) == ["ALL", "USER", "BOT", "nonsense", "extranet"]
        assert await shown(browser, other) == ["ALL", "USER", "nonsense", "extranet"]
        assert await shown(browser, f"chat{chat}") == ["ALL", "CHAT", "nonsense", "extranet"]
        assert await shown(browser, f"chat{calls}") == ["ALL", "CALL", "nonsense", "extranet"]
    async with browser_of(world, world.alice) as browser:
        expected = ["ALL", "CHAT", "ALL-admin", "CHAT-ADMIN", "nonsense", "extranet"]
        assert await shown(browser, f"chat{chat}") == expected
    async with browser_of(world, world.outsider) as browser:
        assert await shown(browser, f"chat{chat}") == ["extranet"]
        with pytest.raises(RefusedError, match=r"404 (?:not_found|no_such_\w+)"):
            await shown(browser, world.stranger.id)
    async with browser_of(world, world.stranger) as browser:
        with pytest.raises(RefusedError, match=r"404 (?:not_found|no_such_\w+)"):
            await shown(browser, f"chat{chat}")


@pytest.mark.parametrize("dialog", ["", "0", "chat0", "chat", "-1", "chat1x", "1%20", "sg1", "9" * 30])
async def test_a_dialog_must_be_named(world: World, dialog: str) -> None:
    async with browser_of(world, world.bob) as browser:
        with pytest.raises(RefusedError, match="400 malformed"):
            await shown(browser, dialog)


async def test_one_entry_and_what_the_list_costs(world: World) -> None:
    bot = await robot(world)
    await bot.call("imbot.app.register", **COMMAND, ICON_FILE=base64_of(picture(size=(108, 66))))
    await every_context(bot)
    async with browser_of(world, world.bob) as browser:
        with count_queries(world) as queries:
            first = (await browser.get(f"/api/chat-apps?dialogId={world.carol.id}"))["apps"][0]
    assert queries.count == 5  # session, its person, the other person, dialog, applications
    icon = first.pop("icon")
    assert icon.startswith(f"{world.config.base_url}/files/icon/")
    assert type(first.pop("id")) is int
    assert first == {
        "botId": bot.id,
        "code": "help",
        "title": "Эхо",
        "description": "Открыть эхо",
        "copyright": "Мы",
        "isCommand": True,
        "jsMethod": "SEND",
        "jsParam": "/help",
        "width": 320,
        "height": 250,
        "isPopup": False,
    }


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Echo"), ("ru", "Эхо"), ("by", "Эхо"), ("de", "Echo"), ("", "Эхо")]
)
async def test_words_come_in_the_persons_language(world: World, language: str, title: str) -> None:
    bot = await robot(world)
    await chat_app(bot)
    dora = await world.add("Dora", language=language)
    async with browser_of(world, dora) as browser:
        (found,) = (await browser.get(f"/api/chat-apps?dialogId={world.carol.id}"))["apps"]
        assert found["title"] == title


def query_of(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def signed(text: str) -> str:
    return hashlib.md5(f"{text}{WORD}".encode(), usedforsecurity=False).hexdigest()


async def opened(browser: Browser, app_id: int, **given: Any) -> Any:
    return await browser.call("POST", f"/api/chat-apps/{app_id}/open", given)


async def test_the_address_of_a_frame(world: World) -> None:
    bot = await robot(world)
    app_id = await chat_app(bot, IFRAME="https://app.example.com/f?own=1&x=%20#part", IFRAME_POPUP="Y")
    async with browser_of(world, world.bob) as browser:
        answer = await opened(browser, app_id, dialogId=str(world.carol.id))
    assert answer["app"]["isPopup"] is True
    assert answer["isInContext"] is False
    assert answer["url"].startswith("https://app.example.com/f?own=1&x=%20&BOT_ID=")
    assert answer["url"].endswith("#part")
    base = world.config.base_url
    assert query_of(answer["url"]) == {
        "own": "1",
        "x": " ",
        "BOT_ID": str(bot.id),
        "BOT_CODE": "echo",
        "APP_ID": str(app_id),
        "APP_CODE": "frame",
        "DOMAIN": base,
        "DOMAIN_HASH": signed(str(urlsplit(base).hostname)),
        "USER_ID": str(world.bob.id),
        "USER_HASH": signed(str(world.bob.id)),
        "DIALOG_ID": str(world.carol.id),
        "CONTEXT": "textarea",
        "LANG": "ru",
        "IS_CHROME": "N",
        "DIALOG_CONTEXT": "user",
    }


async def test_a_command_has_no_address(world: World) -> None:
    bot = await robot(world)
    app_id = await bot.call("imbot.app.register", **COMMAND)
    async with browser_of(world, world.bob) as browser:
        answer = await opened(browser, app_id, dialogId=str(bot.id))
    assert (answer["url"], answer["app"]["jsMethod"], answer["app"]["jsParam"]) == ("", "SEND", "/help")


async def test_a_button_opens_what_the_message_carries(world: World) -> None:
    bot = await robot(world)
    app_id = await chat_app(bot, HIDDEN="Y", CONTEXT="LINES")
    other = await chat_app(bot, "other", HIDDEN="Y")
    chat = await world.chat(world.bob, world.carol)
    await world.bob.call("im.chat.user.add", CHAT_ID=chat, USERS=[bot.id])
    keyboard = [
        {"TEXT": "Open", "APP_ID": app_id, "APP_PARAMS": "test"},
        {"TEXT": "Off", "APP_ID": app_id, "APP_PARAMS": "off", "DISABLED": "Y"},
    ]
    menu = [{"TEXT": "Open", "APP_ID": app_id}]
    given = {"DIALOG_ID": f"chat{chat}", "MESSAGE": "hi", "KEYBOARD": keyboard, "MENU": menu}
    message_id = await bot.call("imbot.message.add", **given)
    plain = await bot.call("imbot.message.add", DIALOG_ID=f"chat{chat}", MESSAGE="plain")
    where = {"dialogId": f"chat{chat}", "messageId": message_id}
    async with browser_of(world, world.bob) as browser:
        assert await shown(browser, f"chat{chat}") == []
        answer = await opened(browser, app_id, **where, buttonParams="test")
        query = query_of(answer["url"])
        assert answer["isInContext"] is True
        assert (query["CONTEXT"], query["MESSAGE_ID"], query["BUTTON_PARAMS"]) == ("button", str(message_id), "test")
        assert (query["DIALOG_ID"], query["DIALOG_CONTEXT"]) == (f"chat{chat}", "chat")
        assert query_of((await opened(browser, app_id, **where))["url"])["BUTTON_PARAMS"] == ""
        for wrong, params in (
            (app_id, {"dialogId": f"chat{chat}"}),  # hidden: no button above the field
            (app_id, {**where, "buttonParams": "other"}),
            (app_id, {**where, "buttonParams": "off"}),
            (app_id, {**where, "messageId": plain}),
            (app_id, {**where, "messageId": 2**40}),
            (app_id, {**where, "dialogId": str(world.carol.id)}),
            (other, where),
            (2**40, where),
        ):
            with pytest.raises(RefusedError, match=r"404 (?:not_found|no_such_\w+)"):
                await opened(browser, wrong, **params)
        await bot.call("imbot.message.delete", MESSAGE_ID=message_id, COMPLETE="N")
        with pytest.raises(RefusedError, match=r"404 (?:not_found|no_such_\w+)"):
            await opened(browser, app_id, **where, buttonParams="test")
    async with browser_of(world, world.stranger) as browser:
        with pytest.raises(RefusedError, match=r"404 (?:not_found|no_such_\w+)"):
            await opened(browser, app_id, **where, buttonParams="test")


async def test_in_a_customers_dialog_the_line_is_told(world: World) -> None:
    bot = await robot(world)
    app_id = await chat_app(bot, CONTEXT="LINES")
    chat = await world.chat(world.bob, world.carol, ENTITY_TYPE="LINES", ENTITY_ID="telegrambot|8|173633217|569")
    await world.unit(_tell, chat, "Y|LEAD|56|N|N|1765")
    async with browser_of(world, world.bob) as browser:
        query = query_of((await opened(browser, app_id, dialogId=f"chat{chat}"))["url"])
    assert query["DIALOG_CONTEXT"] == "lines"
    assert (query["DIALOG_ENTITY_ID"], query["DIALOG_ENTITY_DATA_1"]) == (
        "telegrambot|8|173633217|569",
        "Y|LEAD|56|N|N|1765",
    )


async def _tell(tx: Tx, chat_id: int, data: str) -> None:
    await chats.change(tx, chat_id, entity_data_1=data)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"dialogId": 5},
        {"dialogId": ["5"]},
        {"dialogId": "5", "messageId": "7"},
        {"dialogId": "5", "messageId": 0},
        {"dialogId": "5", "messageId": 2**70},
        {"dialogId": "5", "buttonParams": {"a": 1}},
        {"dialogId": "5", "buttonParams": "x" * 70_000},
    ],
)
async def test_bad_input_is_refused(world: World, given: dict[str, Any]) -> None:
    bot = await robot(world)
    app_id = await chat_app(bot)
    async with browser_of(world, world.bob) as browser:
        with pytest.raises(RefusedError, match="400 malformed"):
            await opened(browser, app_id, **given)
