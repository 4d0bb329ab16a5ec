"""``examples/itr_bot.py`` and its menus, as a customer of an open line meets them; kinds of items: the seed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from skvorets.storage import members
from skvorets.storage.lines import Line
from support.examples import Example, example, posted
from support.frame_apps import portal
from support.lines import Visitor, line_of, visitor_of
from support.processes import PATIENCE_S
from support.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

MAIN = (
    "Здравствуйте! Я бот магазина. О чём расскажем?[br][send=1]1. Когда вы открыты[/send]"
    "[br][send=2]2. Как вас найти[/send][br][send=3]3. Заказы и доставка[/send][br][send=0]0. Позвать человека[/send]"
)
ORDERS = (
    "Заказы и доставка: что подсказать?[br][send=1]1. Сроки и цена доставки[/send]"
    "[br][send=2]2. Вы сейчас открыты?[/send][br][send=3]3. Спросить о своём заказе[/send]"
    "[br][send=4]4. Спросить директора[/send][br][send=5]5. Поболтать с попугаем[/send]"
    "[br][send=6]6. Это всё, спасибо[/send][br][send=9]9. Назад[/send]"
)
HOURS = "Каждый день с 9 до 21, в праздники тоже."
WAY = "Улица Скворцова, 5, вход из сада. Чайник уже греется!"
_LOOK_EVERY_S = 0.02
CALLED_S = 2  # of itr_menu.py


class Desk:
    """The line with the bot in front, and the program that is the bot."""

    def __init__(self, world: World, bot: Example, bot_id: int, line: Line) -> None:
        self.world, self.bot, self.bot_id, self.line = world, bot, bot_id, line

    async def visitor(self, *choices: str) -> Visitor:
        """Let Olga come, say hello and choose; wait for each answer."""
        visitor = await visitor_of(self.world, self.line, name="Ольга")
        await self.answers(visitor, "Добрый день", 1)
        for choice in choices:
            await self.answers(visitor, choice, 1)
        return visitor

    async def answers(self, visitor: Visitor, text: str, count: int) -> list[str]:
        """Write something; so many texts of the bot that come then."""
        message = await visitor.writes(text)
        return await self.texts_after(visitor, message.id, count)

    async def texts_after(self, visitor: Visitor, message_id: int, count: int) -> list[str]:
        end = time.monotonic() + PATIENCE_S
        while True:
            found = [
                one.text
                for one in await visitor.messages()
                if one.id > message_id and one.author_id not in {0, (await visitor.client()).person_id}
            ]
            if len(found) >= count:
                return found
            assert time.monotonic() < end, found
            await asyncio.sleep(_LOOK_EVERY_S)

    async def members(self, visitor: Visitor) -> set[int]:
        """Who is in the chat of the operators, besides the customer."""
        client = await visitor.client()
        found = await self.world.app.store.read(members.ids_of, client.chat_id)
        return set(found) - {client.person_id}


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with portal(tmp_path / "portal") as world:
        with example("itr_bot", tmp_path) as bot:
            bot_id = await installed(world, bot, tmp_path)
            line = await line_of(world, [world.alice, world.bob], bot=bot_id, asks_rating=False)
            yield Desk(world, bot, bot_id, line)


async def installed(world: World, bot: Example, folder: Path) -> int:
    await world.install(name="ITR", handler_url=bot.url, install_url=bot.url)
    await happens((folder / "itr_bot.json").exists)
    return int(await bot_with_code(world, "itrbot"))


async def bot_with_code(world: World, code: str) -> int:
    known = await world.alice.call("imbot.bot.list")
    return next(int(one["ID"]) for one in known.values() if one["CODE"] == code)


async def happens(condition: Any) -> None:
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        await asyncio.sleep(_LOOK_EVERY_S)


async def test_who_comes_gets_the_menu_once_and_chooses_by_number(desk: Desk) -> None:
    visitor = await visitor_of(desk.world, desk.line, name="Ольга")
    assert await desk.answers(visitor, "Добрый день", 1) == [MAIN]
    assert await desk.answers(visitor, "1", 2) == [HOURS, MAIN]
    assert await desk.answers(visitor, "2", 1) == [WAY]  # without the menu
    assert await desk.answers(visitor, "3", 1) == [ORDERS]
    assert (await desk.answers(visitor, "1.", 2))[1] == ORDERS
    assert await desk.answers(visitor, "9 назад", 1) == [MAIN]
    assert (await visitor.texts()).count(MAIN) == 3  # said hello to once, after 1, after 9


async def test_what_is_no_item_shows_the_menu_again(desk: Desk) -> None:
    visitor = await desk.visitor("3")
    await asyncio.sleep(CALLED_S + 1)
    assert await desk.answers(visitor, "а ещё?", 1) == [ORDERS]


async def test_operators_choose_nothing(desk: Desk) -> None:
    visitor = await desk.visitor("3")
    await desk.answers(visitor, "4", 1)
    await reaches_people(visitor)  # the bot is there until she has answered
    dialog = f"chat{await visitor.chat_id()}"
    await desk.world.alice.call("im.message.add", DIALOG_ID=dialog, MESSAGE="9", SKIP_CONNECTOR="Y")
    assert (await desk.answers(visitor, "1", 2))[1] == ORDERS


async def test_a_function_is_run(desk: Desk) -> None:
    visitor = await desk.visitor("3")
    said, menu = await desk.answers(visitor, "2", 2)
    assert said in {"Открыты до 21 часов.", "Сейчас закрыты, откроемся в 9 часов."}
    assert menu == ORDERS


async def test_a_customer_goes_to_the_queue(desk: Desk) -> None:
    visitor = await desk.visitor("3")
    assert await desk.answers(visitor, "3", 1) == ["Ольга, передаю вас коллегам: они видят ваш заказ."]
    await reaches_people(visitor)
    assert await desk.members(visitor) == {desk.world.alice.id, desk.world.bob.id}


async def test_a_customer_goes_to_a_person(desk: Desk) -> None:
    visitor = await desk.visitor("3")
    assert await desk.answers(visitor, "4", 1) == ["Директор ответит прямо здесь."]
    await reaches_people(visitor)
    assert desk.world.alice.id in await desk.members(visitor)
    assert desk.world.bob.id not in await desk.members(visitor)


async def test_another_bot_takes_over_or_is_missed(desk: Desk) -> None:
    visitor = await desk.visitor("3")
    called = "Вот и он. Надоест — напишите 0."
    assert await desk.answers(visitor, "5", 3) == [called, "Попугай улетел :(", ORDERS]
    parrot = await desk.world.alice.call(
        "imbot.register",
        CODE="echobot",
        TYPE="O",
        EVENT_HANDLER=desk.bot.url,
        PROPERTIES={"NAME": "Parrot"},
        CLIENT_ID="parrot",
    )
    assert await desk.answers(visitor, "5", 1) == [called]
    end = time.monotonic() + PATIENCE_S
    while await desk.members(visitor) != {parrot}:
        assert time.monotonic() < end
        await asyncio.sleep(_LOOK_EVERY_S)
    assert (await visitor.session()).bot_id == parrot


async def test_a_customer_ends_the_conversation(desk: Desk) -> None:
    visitor = await desk.visitor("3")
    assert (await desk.answers(visitor, "6", 1))[0] == "Рады помочь. Приходите ещё!"
    end = time.monotonic() + PATIENCE_S
    while (await visitor.session()).is_open:
        assert time.monotonic() < end
        await asyncio.sleep(_LOOK_EVERY_S)
    assert await desk.answers(visitor, "Ещё вопрос", 1) == [MAIN]  # a new one begins


async def test_zero_brings_a_person_whatever_menu_is_open(desk: Desk) -> None:
    visitor = await desk.visitor("3")
    await visitor.writes("0")
    await reaches_people(visitor)
    assert {desk.world.alice.id, desk.world.bob.id} <= await desk.members(visitor)
    other = await desk.visitor()  # meanwhile the bot hears of the nought, which must not trouble it
    assert await desk.members(other) == {desk.bot_id}


async def test_where_a_customer_is_outlives_the_program(desk: Desk) -> None:
    visitor = await desk.visitor("3")
    desk.bot.stop()
    desk.bot.start()
    assert (await desk.answers(visitor, "1", 2))[1] == ORDERS


async def test_customers_are_in_menus_of_their_own(desk: Desk) -> None:
    first, second = await desk.visitor("3"), await desk.visitor()
    assert (await desk.answers(first, "1", 2))[1] == ORDERS
    assert (await desk.answers(second, "1", 2))[1] == MAIN


async def reaches_people(visitor: Visitor) -> None:
    end = time.monotonic() + PATIENCE_S
    while not (await visitor.session()).queued_at:
        assert time.monotonic() < end, "nobody was asked"
        await asyncio.sleep(_LOOK_EVERY_S)


@pytest.mark.parametrize("body", [b"", b"event=ONIMBOTMESSAGEADD", b"auth[a]=1&auth=2", b"[" * 50, b"\xff\xfe"])
async def test_it_stands_nonsense(tmp_path: Path, body: bytes) -> None:
    with example("itr_bot", tmp_path) as bot:
        assert posted(bot.url, body) == 400
