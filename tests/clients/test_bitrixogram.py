"""The package bitrixogram, unchanged: a bot of a webhook, with commands, keyboards, attachments and states.

It flattens its calls to PHP's form, names commands by their words, and reads events key by key as they come.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from bitrixogram.attach import ReplyAttachBuilder
from bitrixogram.core import (
    BitrixBot,
    Command,
    Dispatcher,
    FSMContext,
    MagicFilter,
    Message,
    Router,
    State,
    WebhookListener,
)
from bitrixogram.keyboard import ReplyKeyboardBuilder

from support.portal import Portal, free_port

pytestmark = pytest.mark.clients

# What the bot is known by; the package calls it its token.
CLIENT_ID = "bitrixogram"
COMMANDS = ("inc", "dec")
ASKED_FOR_A_NAME = State("asked for a name")
PATIENCE_S = 10.0


def keyboard() -> Any:
    builder = ReplyKeyboardBuilder()
    builder.button(text="-", command="dec", command_params="5")
    builder.button(text="+", command="inc", command_params="5", bg_color="#336633", bg_color_token="primary")
    return builder.adjust(2).as_markup()


def attachment() -> Any:
    builder = ReplyAttachBuilder()
    grid = builder.grid_column_layout().add_item(name="Priority", value="High")
    return builder.message("[B]counter[/B]").delimiter(size=200, color="#c6c6c6").grid(grid).build().to_dict()


def counting(bot: BitrixBot) -> Router:
    """The bot's program, as its author would write it."""
    router, this = Router(), MagicFilter()

    async def greet(message: Message, fsm: FSMContext) -> None:
        await bot.send_message(message.get_chat_id(), f"hello, {message.get_text()}")
        await fsm.clear_state()

    async def ask(message: Message, fsm: FSMContext) -> None:
        await fsm.set_state(ASKED_FOR_A_NAME)
        await bot.send_message(message.get_chat_id(), "who are you?")

    async def other(message: Message, _fsm: FSMContext) -> None:
        await bot.send_message(message.get_chat_id(), "anything", attach=attachment(), keyboard=keyboard())

    async def increase(command: Command, _fsm: FSMContext) -> None:
        text = f"{int(command.get_command_params()) + 1}"
        await bot.command_update_message(text, command, keyboard=keyboard())

    async def answer(command: Command, _fsm: FSMContext) -> None:
        await bot.command_answer(command, f"{command.get_command_name()} {command.get_command_params()}")

    router.message(ASKED_FOR_A_NAME, this.text())(greet)
    router.message(this.text() == "name")(ask)
    router.message(this.text())(other)
    router.callback_query(this.command() == "inc")(increase)
    router.callback_query(this.command())(answer)
    return router


@pytest.fixture
async def bot_id(portal: Portal) -> AsyncIterator[int]:
    """Give a bot that answers: registered by a webhook, its commands by the package."""
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    registered = {"CODE": "counter", "EVENT_HANDLER": address, "PROPERTIES": {"NAME": "Counter"}}
    number: int = await portal.alice.call("imbot.register", CLIENT_ID=CLIENT_ID, **registered)
    dispatcher = Dispatcher()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=portal.tls())) as session:
        bot = BitrixBot(portal.webhook_url(portal.alice), CLIENT_ID, str(number), session)
        await bot.register_commands(
            [{"COMMAND": name, "TITLE": name, "PARAMS": "number"} for name in COMMANDS], address
        )
        dispatcher.add_router(counting(bot))
        listener = WebhookListener("127.0.0.1", port, dispatcher)
        site = await started(listener)
        yield number
        await listener.close()
        await site.cleanup()


async def started(listener: WebhookListener) -> aiohttp.web.AppRunner:
    """Start the package's listener as it starts itself, keeping what it forgets: how to stop it."""
    app = aiohttp.web.Application()
    app.router.add_post("/", listener.handle_post)
    runner = aiohttp.web.AppRunner(app)
    await runner.setup()
    await aiohttp.web.TCPSite(runner, listener.host, listener.port).start()
    return runner


async def test_it_answers_and_keeps_its_states(portal: Portal, bot_id: int) -> None:
    say = speaker(portal, bot_id)
    assert (await say("name"))["text"] == "who are you?"
    assert (await say("Боб"))["text"] == "hello, Боб"
    message = await say("name?")
    assert message["text"] == "anything"
    blocks = message["params"]["ATTACH"][0]["BLOCKS"]
    assert [next(iter(block)) for block in blocks] == ["MESSAGE", "DELIMITER", "GRID"]
    assert [button["COMMAND"] for button in message["params"]["KEYBOARD"]] == ["dec", "inc"]


async def test_its_commands_are_answered_and_its_keyboard_changes_the_message(portal: Portal, bot_id: int) -> None:
    say = speaker(portal, bot_id)
    assert (await say("/dec 4"))["text"] == "dec 4"
    message = await say("show")
    pressed = {"MESSAGE_ID": message["id"], "BOT_ID": bot_id, "COMMAND": "inc", "COMMAND_PARAMS": "5"}
    assert await portal.bob.call("im.message.command", **pressed) is True

    async def is_changed() -> dict[str, Any] | None:
        [same] = [one for one in await shown(portal, bot_id) if one["id"] == message["id"]]
        return same if same["text"] == "6" else None

    changed = await until(is_changed)
    assert "ATTACH" not in changed["params"]
    assert [button["TEXT"] for button in changed["params"]["KEYBOARD"]] == ["-", "+"]


async def test_a_common_command_is_answered_where_the_bot_is_absent(portal: Portal, bot_id: int) -> None:
    message_id = await portal.bob.call("im.message.add", DIALOG_ID=portal.carol.id, MESSAGE="/dec 1")

    async def is_answered() -> dict[str, Any] | None:
        page = await portal.bob.call("im.dialog.messages.get", DIALOG_ID=portal.carol.id)
        return next((one for one in page["messages"] if one["id"] > message_id), None)

    answer = await until(is_answered)
    assert answer["author_id"] == 0
    assert answer["text"].endswith("\ndec 1")
    assert bot_id > 0


def speaker(portal: Portal, bot_id: int) -> Callable[[str], Awaitable[dict[str, Any]]]:
    """Give a way to say something to the bot and wait for its answer."""

    async def say(text: str) -> dict[str, Any]:
        asked = await portal.bob.call("im.message.add", DIALOG_ID=bot_id, MESSAGE=text)

        async def is_answered() -> dict[str, Any] | None:
            messages = await shown(portal, bot_id)
            return next((one for one in messages if one["id"] > asked and one["author_id"] == bot_id), None)

        return await until(is_answered)

    return say


async def shown(portal: Portal, bot_id: int) -> list[dict[str, Any]]:
    page = await portal.bob.call("im.dialog.messages.get", DIALOG_ID=bot_id)
    messages: list[dict[str, Any]] = page["messages"]
    return messages


async def until(look: Callable[[], Awaitable[dict[str, Any] | None]]) -> dict[str, Any]:
    async with asyncio.timeout(PATIENCE_S):
        while True:
            if (found := await look()) is not None:
                return found
            await asyncio.sleep(0.02)
