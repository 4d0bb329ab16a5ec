"""``imopenlines.bot.session.message.send``: automatic messages in the name of the line."""

from __future__ import annotations

from typing import Any

import pytest

from support.bots import robot
from support.lines import led_by, messages_of
from support.world import World

METHOD = "imopenlines.bot.session.message.send"


@pytest.mark.parametrize("method", [METHOD, "imopenlines.bot.session.send.message"])
async def test_a_text_reaches_the_customer_as_one_of_the_line(world: World, method: str) -> None:
    bot = await robot(world, TYPE="O")
    visitor = await led_by(world, bot.id, world.bob)
    chat_id = await visitor.chat_id()

    assert await bot.owner.call(method, CHAT_ID=chat_id, NAME="DEFAULT", MESSAGE=" One moment ") is True

    sent = (await messages_of(world, chat_id))[-1]
    assert (sent.author_id, sent.text) == (0, "One moment")
    assert sent.read_params()["CLASS"] == "bx-messenger-content-item-ol-output"
    assert (await visitor.texts())[-1] == "One moment"


async def test_the_welcome_text_is_the_lines_own(world: World) -> None:
    bot = await robot(world, TYPE="O")
    visitor = await led_by(world, bot.id, world.bob, welcome_text="Welcome!")

    given = {"CHAT_ID": await visitor.chat_id(), "NAME": "welcome", "MESSAGE": "ignored"}
    assert await bot.owner.call(METHOD, **given) is True

    assert (await visitor.texts()).count("Welcome!") == 2
    assert "ignored" not in await visitor.texts()


@pytest.mark.parametrize(
    "given", [{"MESSAGE": "text"}, {"NAME": "DEFAULT"}, {"NAME": "DEFAULT", "MESSAGE": " "}, {"NAME": "WELCOME"}]
)
async def test_nothing_to_send_is_true_as_well(world: World, given: dict[str, str]) -> None:
    bot = await robot(world, TYPE="O")
    visitor = await led_by(world, bot.id, world.bob)
    known = len(await world.events())

    assert await bot.owner.call(METHOD, CHAT_ID=await visitor.chat_id(), **given) is True

    assert len(await world.events()) == known


async def test_refusals_are_the_documented_ones(world: World) -> None:
    bot, other = await robot(world, TYPE="O"), await robot(world, TYPE="O")
    visitor = await led_by(world, bot.id, world.bob)
    words = {"NAME": "DEFAULT", "MESSAGE": "text"}

    unreadable: list[Any] = ["", 0, {}, None]
    for wrong in unreadable:
        assert await bot.owner.refused(METHOD, CHAT_ID=wrong, **words) == (400, "CHAT_ID_EMPTY")
    chat_id = await visitor.chat_id()
    assert await other.owner.refused(METHOD, CHAT_ID=chat_id, **words) == (400, "BOT_ID_ERROR")
    assert await visitor.texts() == ["hello"]
