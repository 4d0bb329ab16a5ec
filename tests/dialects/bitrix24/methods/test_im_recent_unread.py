"""``im.recent.unread``: the mark by hand."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.events import DialogChanged
from support.recents import recents
from support.world import World


async def line(world: World) -> dict[str, Any]:
    [item] = await recents(world.alice)
    return item


async def test_a_conversation_is_marked_and_the_mark_taken_away(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    assert await world.alice.call("im.recent.unread", DIALOG_ID=f"chat{chat_id}") is True
    assert (await line(world))["unread"] is True
    assert await world.alice.call("im.recent.unread", DIALOG_ID=f"chat{chat_id}", ACTION="N") is True
    assert (await line(world))["unread"] is False
    changes = await world.events("dialog.changed")
    assert changes == [DialogChanged(chat_id=chat_id, person_id=world.alice.id, changed=["unread"])] * 2


async def test_taking_the_mark_away_reads_the_dialog(world: World) -> None:
    await world.bob.call("im.message.add", DIALOG_ID=world.alice.id, MESSAGE="раз")
    assert (await line(world))["counter"] == 1
    await world.alice.call("im.recent.unread", DIALOG_ID=world.bob.id, ACTION="N")
    assert (await line(world))["counter"] == 0
    assert [event.kind for event in await world.events()][-1] == "dialog.read"


@pytest.mark.parametrize("dialog", ["", "chat", "x", "0", [1], {"a": 1}, None])
async def test_a_wrong_dialog_is_refused(world: World, dialog: object) -> None:
    assert await world.alice.refused("im.recent.unread", DIALOG_ID=dialog) == (400, "DIALOG_ID_EMPTY")


async def test_a_dialog_in_which_nothing_was_said_yet_is_opened_by_the_mark(world: World) -> None:
    assert await world.alice.call("im.recent.unread", DIALOG_ID=world.bob.id) is True
    assert ((await line(world))["id"], (await line(world))["unread"]) == (world.bob.id, True)
    assert (await world.alice.call("im.counters.get"))["TYPE"]["DIALOG"] == 1


async def test_a_stranger_is_refused(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    assert await world.stranger.refused("im.recent.unread", DIALOG_ID=f"chat{chat_id}") == (403, "ACCESS_ERROR")
