"""``im.search.last.add``: a conversation on top of what was found last; only one that the caller may see."""

from __future__ import annotations

import pytest

from support.chats import left_chat
from support.world import World


async def test_a_person_or_a_chat_is_added_and_nobody_is_told(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    before = await world.events()
    for dialog in (world.bob.id, f"chat{chat_id}", str(world.alice.id)):
        answer = await world.alice.ask("im.search.last.add", DIALOG_ID=dialog)
        assert (answer.result, set(answer.body)) == (True, {"result", "time"})
    found = [one["id"] for one in await world.alice.call("im.search.last.get")]
    assert found == [world.alice.id, f"chat{chat_id}", world.bob.id]
    assert await world.events() == before


async def test_a_private_dialog_named_by_its_chat_is_the_other_person(world: World) -> None:
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="раз")
    dialog = await world.alice.call("im.dialog.get", DIALOG_ID=world.bob.id)
    await world.alice.call("im.search.last.add", DIALOG_ID=world.bob.id)
    assert await world.alice.call("im.search.last.add", DIALOG_ID=f"chat{dialog['id']}") is True
    assert [one["id"] for one in await world.alice.call("im.search.last.get")] == [world.bob.id]
    for actor in (world.carol, world.stranger):
        assert await actor.refused("im.search.last.add", DIALOG_ID=f"chat{dialog['id']}") == (403, "ACCESS_ERROR")


async def test_an_open_chat_is_added_without_taking_part(world: World) -> None:
    opened = await world.chat(world.alice, world.bob, TYPE="OPEN")
    assert await world.stranger.call("im.search.last.add", DIALOG_ID=f"chat{opened}") is True
    assert await world.outsider.refused("im.search.last.add", DIALOG_ID=f"chat{opened}") == (403, "ACCESS_ERROR")


async def test_foreign_and_unknown_conversations_are_refused_alike(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.bob)
    unknown = await world.bob.ask("im.search.last.add", DIALOG_ID="chat999999")
    assert unknown.refusal == (403, "ACCESS_ERROR")
    for actor in (world.bob, world.stranger, world.outsider):
        answer = await actor.ask("im.search.last.add", DIALOG_ID=f"chat{chat_id}")
        assert answer.body == unknown.body
    assert await world.bob.refused("im.search.last.add", DIALOG_ID=999999) == (403, "ACCESS_ERROR")
    assert await world.outsider.refused("im.search.last.add", DIALOG_ID=world.bob.id) == (403, "ACCESS_ERROR")
    assert await world.bob.call("im.search.last.get") == []


@pytest.mark.parametrize("dialog", [None, "", "x", 0, "chat0", "9" * 40, [1], {"a": 1}])
async def test_wrong_dialogs_are_refused(world: World, dialog: object) -> None:
    answer = await world.alice.ask("im.search.last.add", DIALOG_ID=dialog)
    assert answer.refusal == (400, "DIALOG_ID_EMPTY")
    assert answer.body["error_description"] == "Dialog ID can't be empty"
