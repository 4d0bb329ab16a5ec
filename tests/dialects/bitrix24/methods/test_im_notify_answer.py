"""``im.notify.answer``: the answer to a mention or a like becomes a message of its chat."""

from __future__ import annotations

from typing import Any

import pytest

from support.notices import notices, told, unread
from support.world import World

ANSWER = "im.notify.answer"


async def mentioned(world: World, chat_id: int) -> tuple[int, int]:
    """Let alice mention bob; the message and bob's notification."""
    text = f"[USER={world.bob.id}]Bob[/USER], are you there?"
    message_id = await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=text)
    return message_id, (await notices(world.bob))[0]["id"]


async def test_the_answer_is_posted_as_a_reply(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    message_id, notification_id = await mentioned(world, chat_id)
    answer = await world.bob.ask(ANSWER, ID=notification_id, ANSWER_TEXT="yes")
    assert answer.result == {"result_message": ["Ваш ответ успешно отправлен."]}
    found = await world.alice.call("im.dialog.messages.get", DIALOG_ID=f"chat{chat_id}")
    message = found["messages"][0]
    assert (message["text"], message["author_id"]) == ("yes", world.bob.id)
    assert message["params"]["REPLY_ID"] == message_id
    assert await unread(world.bob) == []


async def test_a_like_can_be_answered_too(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    message_id = await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="mine")
    await world.alice.call("im.message.like", MESSAGE_ID=message_id)
    [liked] = await notices(world.bob)
    assert await world.bob.call(ANSWER, NOTIFY_ID=liked["id"], ANSWER_TEXT="thanks") != {"result_message": False}


async def test_those_who_left_the_chat_cannot_answer(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    _, notification_id = await mentioned(world, chat_id)
    await world.bob.call("im.chat.leave", CHAT_ID=chat_id)
    assert await world.bob.call(ANSWER, ID=notification_id, ANSWER_TEXT="x") == {"result_message": False}


async def test_what_takes_no_answer(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    _, foreign = await mentioned(world, chat_id)
    before = len(await world.events("message.added"))
    for person, which in ((world.bob, await told(world, world.bob)), (world.carol, foreign), (world.bob, 999_999)):
        assert await person.call(ANSWER, ID=which, ANSWER_TEXT="x") == {"result_message": False}
    assert len(await world.events("message.added")) == before


@pytest.mark.parametrize(
    ("params", "refusal", "text"),
    [
        ({"ANSWER_TEXT": "x"}, "ID_ERROR", "Notification ID can't be empty"),
        ({"ID": 0, "ANSWER_TEXT": "x"}, "ID_ERROR", "Notification ID can't be empty"),
        ({"ID": "x", "ANSWER_TEXT": "x"}, "ID_ERROR", "Notification ID can't be empty"),
        ({"ID": [5], "ANSWER_TEXT": "x"}, "ID_ERROR", "Notification ID can't be empty"),
        ({"ID": 5}, "ANSWER_TEXT_ERROR", "ANSWER_TEXT can't be empty"),
        ({"ID": 5, "ANSWER_TEXT": " "}, "ANSWER_TEXT_ERROR", "ANSWER_TEXT can't be empty"),
        ({"ID": 5, "ANSWER_TEXT": ["x"]}, "ANSWER_TEXT_ERROR", "ANSWER_TEXT can't be empty"),
    ],
)
async def test_each_documented_error(world: World, params: dict[str, Any], refusal: str, text: str) -> None:
    answer = await world.bob.ask(ANSWER, **params)
    assert answer.refusal == (400, refusal)
    assert answer.body["error_description"] == text
