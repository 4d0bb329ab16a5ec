"""``im.chat.sendTyping``: as ``im.dialog.writing``, with the chat named by its number."""

from __future__ import annotations

import pytest

from skvorets.core.events import TypingStarted
from support.chats import left_chat
from support.world import World


async def test_the_others_are_told_however_the_chat_is_named(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    answer = await world.bob.ask("im.chat.sendTyping", CHAT_ID=chat_id)
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    assert await world.bob.call("im.chat.sendTyping", DIALOG_ID=f"chat{chat_id}") is True
    found = [one for one in await world.events("typing.started") if isinstance(one, TypingStarted)]
    assert [(one.chat_id, one.actor_id) for one in found] == [(chat_id, world.bob.id)] * 2


async def test_strangers_and_former_members_are_refused_like_for_unknown_chats(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.bob)
    unknown = await world.bob.ask("im.chat.sendTyping", CHAT_ID=999_999)
    assert unknown.refusal == (403, "ACCESS_ERROR")
    for actor in (world.bob, world.stranger):
        assert (await actor.ask("im.chat.sendTyping", CHAT_ID=chat_id)).body == unknown.body
    assert not await world.events("typing.started")


@pytest.mark.parametrize("chat_id", [None, 0, -1, "", "chat1", [1]])
async def test_a_chat_must_be_named(world: World, chat_id: object) -> None:
    assert await world.alice.refused("im.chat.sendTyping", CHAT_ID=chat_id) == (400, "CHAT_ID_EMPTY")
