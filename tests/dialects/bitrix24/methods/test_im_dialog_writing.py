"""``im.dialog.writing`` and ``im.chat.sendTyping``: who is told, each documented error."""

from __future__ import annotations

import pytest

from skvorets.core.events import TypingStarted
from support.chats import dismiss, left_chat
from support.world import World


async def test_the_others_of_a_chat_are_told(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    answer = await world.bob.ask("im.dialog.writing", DIALOG_ID=f"chat{chat_id}")
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    [typing] = await world.events("typing.started")
    assert isinstance(typing, TypingStarted)
    assert (typing.chat_id, typing.actor_id) == (chat_id, world.bob.id)


async def test_the_other_of_a_private_dialog_is_told(world: World) -> None:
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="x")
    assert await world.bob.call("im.dialog.writing", DIALOG_ID=world.alice.id) is True
    assert len(await world.events("typing.started")) == 1


async def test_writing_the_first_message_creates_no_dialog_yet(world: World) -> None:
    before = len(await world.events())
    assert await world.alice.call("im.dialog.writing", DIALOG_ID=world.bob.id) is True
    assert len(await world.events()) == before


async def test_strangers_and_former_members_are_refused_like_for_unknown_chats(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.bob)
    opened = await world.chat(world.alice, world.carol, TYPE="OPEN")
    unknown = await world.bob.ask("im.dialog.writing", DIALOG_ID="chat999999")
    assert (unknown.refusal, unknown.body["error_description"]) == ((403, "ACCESS_ERROR"), "Action unavailable")
    for actor, target in ((world.bob, chat_id), (world.stranger, chat_id), (world.stranger, opened)):
        assert (await actor.ask("im.dialog.writing", DIALOG_ID=f"chat{target}")).body == unknown.body


async def test_nobody_is_told_in_dialogs_with_unknown_hidden_or_dismissed_people(world: World) -> None:
    await dismiss(world, world.carol)
    for actor, person_id in ((world.alice, 999_999), (world.outsider, world.bob.id), (world.alice, world.carol.id)):
        assert await actor.refused("im.dialog.writing", DIALOG_ID=person_id) == (403, "ACCESS_ERROR")


@pytest.mark.parametrize(
    ("dialog", "code"),
    [
        (None, "DIALOG_ID_EMPTY"),
        ("", "DIALOG_ID_EMPTY"),
        ("x", "DIALOG_ID_EMPTY"),
        ("chat", "DIALOG_ID_EMPTY"),
        ([1], "DIALOG_ID_EMPTY"),
        ("chat0", "CHAT_ID_EMPTY"),
        ("chat-1", "CHAT_ID_EMPTY"),
    ],
)
async def test_wrong_dialogs_are_refused(world: World, dialog: object, code: str) -> None:
    assert await world.alice.refused("im.dialog.writing", DIALOG_ID=dialog) == (400, code)
