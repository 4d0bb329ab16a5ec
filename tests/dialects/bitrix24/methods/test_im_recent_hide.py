"""``im.recent.hide``: out of the list until something new is said."""

from __future__ import annotations

import pytest

from skvorets.core.events import DialogChanged
from support.recents import recents
from support.world import Actor, World


async def listed(actor: Actor) -> list[object]:
    return [item["id"] for item in await recents(actor)]


async def test_a_hidden_conversation_comes_back_with_the_next_message(world: World) -> None:
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="раз")
    assert await world.alice.call("im.recent.hide", DIALOG_ID=world.bob.id) is True
    assert await listed(world.alice) == []
    assert await listed(world.bob) == [world.alice.id]
    [event] = await world.events("dialog.changed")
    assert isinstance(event, DialogChanged)
    assert (event.person_id, event.changed) == (world.alice.id, ["hidden"])
    await world.bob.call("im.message.add", DIALOG_ID=world.alice.id, MESSAGE="два")
    assert await listed(world.alice) == [world.bob.id]


async def test_hiding_takes_the_pin_away(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    await world.alice.call("im.recent.pin", DIALOG_ID=f"chat{chat_id}")
    await world.alice.call("im.recent.hide", DIALOG_ID=f"chat{chat_id}")
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="раз")
    [item] = await recents(world.alice)
    assert item["pinned"] is False


@pytest.mark.parametrize("dialog", ["", "chat", "x", "0", [1], {"a": 1}, None])
async def test_a_wrong_dialog_is_refused(world: World, dialog: object) -> None:
    assert await world.alice.refused("im.recent.hide", DIALOG_ID=dialog) == (400, "DIALOG_ID_EMPTY")


async def test_a_stranger_is_refused(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    assert await world.stranger.refused("im.recent.hide", DIALOG_ID=f"chat{chat_id}") == (403, "ACCESS_ERROR")
    assert await world.alice.refused("im.recent.hide", DIALOG_ID=999_999) == (403, "ACCESS_ERROR")


async def test_a_dialog_in_which_nothing_was_said_yet_is_not_listed_anyway(world: World) -> None:
    before = len(await world.events())
    assert await world.alice.call("im.recent.hide", DIALOG_ID=world.carol.id) is True
    assert len(await world.events()) == before
