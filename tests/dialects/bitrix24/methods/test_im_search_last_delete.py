"""``im.search.last.delete``: a conversation is taken out of what was found last."""

from __future__ import annotations

import pytest

from support.world import Actor, World


async def last(actor: Actor) -> list[int | str]:
    return [one["id"] for one in await actor.call("im.search.last.get")]


async def test_an_entry_is_removed_from_the_callers_list_only(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    for actor in (world.alice, world.bob):
        for dialog in (world.carol.id, f"chat{chat_id}"):
            await actor.call("im.search.last.add", DIALOG_ID=dialog)
    answer = await world.alice.ask("im.search.last.delete", DIALOG_ID=world.carol.id)
    assert (answer.result, set(answer.body)) == (True, {"result", "time"})
    assert await last(world.alice) == [f"chat{chat_id}"]
    assert await world.alice.call("im.search.last.delete", DIALOG_ID=f"chat{chat_id}") is True
    assert await last(world.alice) == []
    assert await last(world.bob) == [f"chat{chat_id}", world.carol.id]


async def test_a_private_dialog_may_be_named_by_its_chat(world: World) -> None:
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="раз")
    dialog = await world.alice.call("im.dialog.get", DIALOG_ID=world.bob.id)
    await world.alice.call("im.search.last.add", DIALOG_ID=world.bob.id)
    await world.alice.call("im.search.last.delete", DIALOG_ID=f"chat{dialog['id']}")
    assert await last(world.alice) == []


async def test_what_is_not_there_or_foreign_is_answered_alike(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="раз")
    private = await world.alice.call("im.dialog.get", DIALOG_ID=world.bob.id)
    await world.stranger.call("im.search.last.add", DIALOG_ID=world.bob.id)
    for dialog in ("chat999999", f"chat{chat_id}", f"chat{private['id']}", 999999, world.alice.id):
        assert await world.stranger.call("im.search.last.delete", DIALOG_ID=dialog) is True
    assert await last(world.stranger) == [world.bob.id]


@pytest.mark.parametrize("dialog", [None, "", "x", 0, "chat0", "9" * 40, [1], {"a": 1}])
async def test_wrong_dialogs_are_refused(world: World, dialog: object) -> None:
    answer = await world.alice.ask("im.search.last.delete", DIALOG_ID=dialog)
    assert answer.refusal == (400, "DIALOG_ID_EMPTY")
    assert answer.body["error_description"] == "Dialog ID can't be empty"
