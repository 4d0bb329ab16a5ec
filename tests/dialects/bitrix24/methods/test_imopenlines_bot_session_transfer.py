"""``imopenlines.bot.session.transfer``: to a person or another line, and all that is refused."""

from __future__ import annotations

from typing import Any

import pytest

from support.bots import robot
from support.chats import dismiss
from support.lines import led_by, line_of, messages_of
from support.world import World

METHOD = "imopenlines.bot.session.transfer"


@pytest.mark.parametrize(
    ("leave", "stays"), [({"LEAVE": "Y"}, False), ({"LEAVE": "N"}, True), ({}, True), ({"LEAVE": "x"}, True)]
)
async def test_a_person_is_asked_and_the_bot_stays_until_he_answers(
    world: World,
    leave: dict[str, str],
    stays: bool,  # noqa: FBT001 — of the table
) -> None:
    bot = await robot(world, TYPE="O")
    visitor = await led_by(world, bot.id, world.bob)
    chat_id = await visitor.chat_id()

    assert await bot.owner.call(METHOD, CHAT_ID=chat_id, USER_ID=world.carol.id, **leave) is True

    members = await world.carol.call("im.chat.user.list", CHAT_ID=chat_id)
    assert (bot.id in members, world.carol.id in members, world.bob.id in members) == (stays, True, False)
    assert (await world.alice.call("imopenlines.dialog.get", CHAT_ID=chat_id))["owner"] == 0
    said = [one.text for one in await messages_of(world, chat_id) if one.author_id == 0]
    assert f"[USER={world.carol.id}]" in said[-1]
    await world.carol.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="I am here")
    session = await visitor.session()
    assert (session.operator_id, session.status, session.transfers) == (world.carol.id, 40, 1)
    assert bot.id not in await world.carol.call("im.chat.user.list", CHAT_ID=chat_id)
    assert (await visitor.texts())[-1] == "I am here"


async def test_another_line_serves_the_customer_by_its_own_queue(world: World) -> None:
    bot = await robot(world, TYPE="O")
    visitor = await led_by(world, bot.id, world.bob)
    chat_id = await visitor.chat_id()
    sales = await line_of(world, [world.carol], name="Sales")

    assert await bot.owner.call(METHOD, CHAT_ID=chat_id, QUEUE_ID=sales.id, LEAVE="Y") is True

    session = await visitor.session()
    assert (session.line_id, session.operator_id, session.bot_id) == (sales.id, 0, 0)
    members = await world.carol.call("im.chat.user.list", CHAT_ID=chat_id)
    assert (world.carol.id in members, world.bob.id in members, bot.id in members) == (True, False, False)
    chat = await world.alice.call("imopenlines.dialog.get", CHAT_ID=chat_id)
    assert chat["entity_data_1"].split("|")[7] == str(sales.id)


async def test_one_parameter_may_say_either(world: World) -> None:
    bot = await robot(world, TYPE="O")
    sales = await line_of(world, [world.carol], name="Sales")
    to_person, to_line = await led_by(world, bot.id, world.bob), await led_by(world, bot.id, world.bob)

    first = {"CHAT_ID": await to_person.chat_id(), "TRANSFER_ID": str(world.carol.id), "USER_ID": world.bob.id}
    second = {"CHAT_ID": await to_line.chat_id(), "TRANSFER_ID": f"queue{sales.id}", "USER_ID": world.bob.id}
    assert await bot.owner.call(METHOD, **first) is True
    assert await bot.owner.call(METHOD, **second) is True

    assert world.carol.id in await world.carol.call("im.chat.user.list", CHAT_ID=first["CHAT_ID"])
    assert (await to_line.session()).line_id == sales.id


@pytest.mark.parametrize(
    ("given", "code", "text"),
    [
        ({}, "TRANSFER_ID_EMPTY", "Queue ID or User ID can't be empty"),
        ({"USER_ID": 0}, "USER_ID_EMPTY", "User ID can't be empty"),
        ({"USER_ID": -1}, "USER_ID_EMPTY", "User ID can't be empty"),
        ({"USER_ID": ""}, "USER_ID_EMPTY", "User ID can't be empty"),
        ({"USER_ID": {"a": 1}}, "USER_ID_EMPTY", "User ID can't be empty"),
        ({"QUEUE_ID": 0}, "QUEUE_ID_EMPTY", "QUEUE ID can't be empty"),
        ({"QUEUE_ID": ["x"]}, "QUEUE_ID_EMPTY", "QUEUE ID can't be empty"),
        ({"TRANSFER_ID": "queue0"}, "QUEUE_ID_EMPTY", "QUEUE ID can't be empty"),
        ({"TRANSFER_ID": "0"}, "USER_ID_EMPTY", "User ID can't be empty"),
        ({"TRANSFER_ID": "queue"}, "QUEUE_ID_EMPTY", "QUEUE ID can't be empty"),
        ({"TRANSFER_ID": "somebody"}, "USER_ID_EMPTY", "User ID can't be empty"),
        ({"TRANSFER_ID": " "}, "TRANSFER_ID_EMPTY", "Queue ID or User ID can't be empty"),
        ({"QUEUE_ID": 999}, "WRONG_CHAT", "You can not redirect to this operator"),
        ({"USER_ID": 999_999}, "WRONG_CHAT", "You can not redirect to this operator"),
    ],
)
async def test_wrong_targets_are_refused_as_documented(
    world: World, given: dict[str, Any], code: str, text: str
) -> None:
    bot = await robot(world, TYPE="O")
    visitor = await led_by(world, bot.id, world.bob)
    known = len(await world.events())

    answer = await bot.owner.ask(METHOD, CHAT_ID=await visitor.chat_id(), **given)

    assert answer.refusal == (400, code)
    assert answer.body["error_description"] == text
    assert (await visitor.session()).bot_id == bot.id
    assert len(await world.events()) == known


async def test_only_employees_can_be_transferred_to(world: World) -> None:
    bot = await robot(world, TYPE="O")
    visitor = await led_by(world, bot.id, world.bob)
    client = await visitor.client()
    dora = await world.add("Dora")
    await dismiss(world, dora)

    for wrong in (bot.id, world.outsider.id, client.person_id, dora.id):
        given = {"CHAT_ID": client.chat_id, "USER_ID": wrong}
        assert await bot.owner.refused(METHOD, **given) == (400, "WRONG_CHAT"), wrong


async def test_refusals_come_in_the_documented_order(world: World) -> None:
    bot, other = await robot(world, TYPE="O"), await robot(world, TYPE="O")
    visitor = await led_by(world, bot.id, world.bob)
    bare = await world.alice.through(await world.install(name="No bots"))
    chat_id = await visitor.chat_id()

    assert await bare.refused(METHOD, USER_ID=0) == (400, "CHAT_ID_EMPTY")
    assert await bare.refused(METHOD, CHAT_ID=chat_id, USER_ID=0) == (400, "USER_ID_EMPTY")
    assert await bare.refused(METHOD, CHAT_ID=chat_id, USER_ID=bot.id) == (400, "BOT_ID_ERROR")
    assert await other.owner.refused(METHOD, CHAT_ID=chat_id, USER_ID=world.carol.id) == (400, "BOT_ID_ERROR")
    group = await world.chat(world.bob, world.carol)
    assert await bot.owner.refused(METHOD, CHAT_ID=group, USER_ID=world.carol.id) == (400, "WRONG_CHAT")
