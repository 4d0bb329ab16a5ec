"""``im.message.command``: only what the message offers, nothing published, each documented error."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.events import CommandCalled
from skvorets.storage import commands
from skvorets.storage.commands import Command
from skvorets.storage.database import Tx
from support.world import Actor, World

WRONG = (400, "PARAMS_ERROR")


async def offered(world: World, *members: Actor, place: str = "KEYBOARD", **more: Any) -> tuple[int, dict[str, Any]]:
    """Post a message with a button for the command ``go`` of a bot; the bot's id and the click that fits."""
    bot = await world.add("Robot", kind="bot")
    command_id = await world.unit(register, bot.id)
    chat_id = await world.chat(*members)
    button = {"TEXT": "Go", "COMMAND": "go", "COMMAND_PARAMS": "now", **more}
    message_id = await members[0].call(
        "im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x", BOT_ID=bot.id, **{place: [button]}
    )
    click = {"MESSAGE_ID": message_id, "BOT_ID": bot.id, "COMMAND": "go", "COMMAND_PARAMS": "now"}
    return command_id, click


@pytest.mark.parametrize("place", ["KEYBOARD", "MENU"])
async def test_the_command_is_called_and_nothing_published(world: World, place: str) -> None:
    command_id, click = await offered(world, world.alice, world.bob, place=place)
    said = len(await world.events("message.added"))
    answer = await world.bob.ask("im.message.command", **click)
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    [called] = await world.events("command.called")
    assert isinstance(called, CommandCalled)
    assert (called.person_id, called.message_id, called.context) == (world.bob.id, click["MESSAGE_ID"], place)
    assert called.text == "/go now"
    assert [(one.command_id, one.params) for one in called.calls] == [(command_id, "now")]
    assert len(await world.events("message.added")) == said


@pytest.mark.parametrize(
    "wrong", [{"COMMAND": "stop"}, {"COMMAND_PARAMS": "later"}, {"COMMAND_PARAMS": None}, {"BOT_ID": 999_999}]
)
async def test_what_the_message_does_not_offer_is_refused(world: World, wrong: dict[str, Any]) -> None:
    _, click = await offered(world, world.alice, world.bob)
    answer = await world.bob.ask("im.message.command", **{**click, **wrong})
    assert (answer.refusal, answer.body["error_description"]) == (WRONG, "Incorrect params")
    assert not await world.events("command.called")


async def test_a_button_that_is_switched_off_and_an_unknown_command_are_refused(world: World) -> None:
    _, click = await offered(world, world.alice, world.bob, DISABLED="Y")
    assert await world.bob.refused("im.message.command", **click) == WRONG
    command_id, click = await offered(world, world.alice, world.bob)
    await world.unit(commands.delete, command_id)
    assert await world.bob.refused("im.message.command", **click) == WRONG


async def test_strangers_and_former_members_are_refused_like_for_unknown_messages(world: World) -> None:
    _, click = await offered(world, world.alice, world.carol, world.bob)
    chat_id = (await world.events("message.added"))[-1].chat_id  # type: ignore[attr-defined]  # a MessageAdded
    await world.bob.call("im.chat.leave", CHAT_ID=chat_id)
    unknown = await world.bob.ask("im.message.command", **{**click, "MESSAGE_ID": 999_999})
    assert unknown.refusal == WRONG
    for actor in (world.bob, world.stranger, world.outsider):
        assert (await actor.ask("im.message.command", **click)).body == unknown.body
    assert not await world.events("command.called")


@pytest.mark.parametrize(
    ("name", "values", "code", "text"),
    [
        ("MESSAGE_ID", [None, "", 0, -1, "x", [1]], "MESSAGE_ID_ERROR", "Message ID can't be empty"),
        ("BOT_ID", [None, "", 0, -1, "x", [1]], "BOT_ID_ERROR", "Bot ID can't be empty"),
        ("COMMAND", [None, "", " / ", ["go"]], "COMMAND_ERROR", "Command can't be empty"),
        ("COMMAND_PARAMS", [None, ["now"]], "PARAMS_ERROR", "Incorrect params"),
    ],
)
async def test_each_parameter_must_be_given(
    world: World, name: str, values: list[object], code: str, text: str
) -> None:
    _, click = await offered(world, world.alice, world.bob)
    for value in values:
        answer = await world.bob.ask("im.message.command", **{**click, name: value})
        assert (answer.refusal, answer.body["error_description"]) == ((400, code), text)


async def register(tx: Tx, bot_id: int) -> int:
    return await commands.insert(
        tx,
        Command(
            id=0,
            bot_id=bot_id,
            application_id=0,
            command="go",
            is_common=1,
            is_hidden=0,
            for_extranet=0,
            phrases="{}",
            created_at=tx.now,
        ),
    )
