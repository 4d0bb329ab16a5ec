"""``im.recent.pin``: pinning, the limit, refusals, the recorded event."""

from __future__ import annotations

import pytest

from skvorets.core.events import DialogChanged
from skvorets.core.recents import MAX_PINNED
from support.recents import recents
from support.world import World


async def pinned(world: World) -> list[int]:
    return [item["chat_id"] for item in await recents(world.alice) if item["pinned"]]


@pytest.mark.parametrize("name", ["PIN", "ACTION"])
async def test_a_conversation_is_pinned_and_unpinned(world: World, name: str) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    assert await world.alice.call("im.recent.pin", DIALOG_ID=f"chat{chat_id}") is True
    assert await pinned(world) == [chat_id]
    assert await world.alice.call("im.recent.pin", DIALOG_ID=f"chat{chat_id}", **{name: "N"}) is True
    assert await pinned(world) == []
    changes = await world.events("dialog.changed")
    assert changes == [DialogChanged(chat_id=chat_id, person_id=world.alice.id, changed=["pinned"])] * 2


async def test_a_pin_is_ones_own(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    await world.alice.call("im.recent.pin", DIALOG_ID=f"chat{chat_id}")
    [item] = await recents(world.bob)
    assert item["pinned"] is False


async def test_more_than_the_documented_number_is_answered_with_false(world: World) -> None:
    chats = [await world.chat(world.alice, world.bob) for _ in range(MAX_PINNED + 1)]
    results = [await world.alice.call("im.recent.pin", DIALOG_ID=f"chat{chat_id}") for chat_id in chats]
    assert results == [True] * MAX_PINNED + [False]
    assert await world.alice.call("im.recent.pin", DIALOG_ID=f"chat{chats[0]}") is True
    assert len(await pinned(world)) == MAX_PINNED


async def test_a_hidden_conversation_comes_back_by_being_pinned(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    await world.alice.call("im.recent.hide", DIALOG_ID=f"chat{chat_id}")
    await world.alice.call("im.recent.pin", DIALOG_ID=f"chat{chat_id}")
    assert await pinned(world) == [chat_id]


@pytest.mark.parametrize("dialog", ["", "chat", "x", "0", [1], {"a": 1}, None, "9" * 100])
async def test_a_wrong_dialog_is_refused(world: World, dialog: object) -> None:
    assert await world.alice.refused("im.recent.pin", DIALOG_ID=dialog) == (400, "DIALOG_ID_EMPTY")


async def test_a_stranger_is_refused(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    before = len(await world.events())
    for dialog in (f"chat{chat_id}", "chat999999", "999999"):
        answer = await world.stranger.ask("im.recent.pin", DIALOG_ID=dialog)
        assert answer.refusal == (400, "ACCESS_ERROR")
        assert answer.body["error_description"] == "You don't have permission to pin this chat"
    assert len(await world.events()) == before


async def test_a_dialog_in_which_nothing_was_said_yet_is_opened_by_being_pinned(world: World) -> None:
    assert await world.alice.call("im.recent.pin", DIALOG_ID=world.bob.id) is True
    [item] = await recents(world.alice)
    assert (item["id"], item["pinned"]) == (world.bob.id, True)
    assert await recents(world.bob) == []
