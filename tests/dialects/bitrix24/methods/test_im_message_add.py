"""``im.message.add``: the documented reply, each documented error, a stranger, the recorded event."""

from __future__ import annotations

import pytest
from support.world import World

from skvorets.core.events import MessageAdded


async def test_a_private_message_is_answered_with_its_id(world: World) -> None:
    answer = await world.alice.ask("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="Привет")
    assert answer.result > 0
    assert set(answer.body) == {"result", "time"}
    [event] = await world.events("message.added")
    assert isinstance(event, MessageAdded)
    assert (event.id, event.author_id, event.text) == (answer.result, world.alice.id, "Привет")


@pytest.mark.parametrize("dialog", ["", "chat", "chat0", "x", "0", [1], {"a": 1}])
async def test_a_wrong_dialog_is_refused(world: World, dialog: object) -> None:
    assert await world.alice.refused("im.message.add", DIALOG_ID=dialog, MESSAGE="x") == (400, "DIALOG_ID_EMPTY")


async def test_an_empty_message_is_refused_and_changes_nothing(world: World) -> None:
    before = len(await world.events())
    assert await world.alice.refused("im.message.add", DIALOG_ID=world.bob.id, MESSAGE=" ") == (400, "MESSAGE_EMPTY")
    assert len(await world.events()) == before
