"""``im.chat.mute``: for oneself alone; each documented error."""

from __future__ import annotations

import pytest

from skvorets.core.events import DialogChanged
from support.chats import entity_chat, general_chat_id, left_chat
from support.world import World


async def mute_list(world: World, chat_id: int) -> list[int]:
    return list((await world.alice.call("im.dialog.get", DIALOG_ID=f"chat{chat_id}"))["mute_list"])


async def test_a_chat_is_silenced_and_rings_again(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    answer = await world.bob.ask("im.chat.mute", CHAT_ID=chat_id)
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    assert await mute_list(world, chat_id) == [world.bob.id]
    [changed] = await world.events("dialog.changed")
    assert isinstance(changed, DialogChanged)
    assert (changed.chat_id, changed.person_id, changed.changed) == (chat_id, world.bob.id, ["muted"])
    await world.bob.call("im.chat.mute", CHAT_ID=chat_id, MUTE="N")
    assert await mute_list(world, chat_id) == []


async def test_the_older_name_of_the_flag_is_understood(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    await world.bob.call("im.chat.mute", CHAT_ID=chat_id, ACTION="Y")
    await world.bob.call("im.chat.mute", CHAT_ID=chat_id, ACTION="N")
    assert await mute_list(world, chat_id) == []


async def test_silencing_again_succeeds_and_records_nothing(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    await world.bob.call("im.chat.mute", CHAT_ID=chat_id)
    before = len(await world.events())
    assert await world.bob.call("im.chat.mute", CHAT_ID=chat_id) is True
    assert len(await world.events()) == before


async def test_the_general_chat_may_be_silenced_and_a_call_may_not(world: World) -> None:
    assert await world.bob.call("im.chat.mute", CHAT_ID=await general_chat_id(world)) is True
    call = await entity_chat(world, world.alice, world.bob, entity="CALL")
    answer = await world.bob.ask("im.chat.mute", CHAT_ID=call)
    assert (answer.refusal, answer.body["error_description"]) == ((403, "ACCESS_ERROR"), "This chat cannot be muted")


async def test_strangers_and_former_members_are_refused_like_for_unknown_chats(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.bob)
    opened = await world.chat(world.alice, world.carol, TYPE="OPEN")
    unknown = await world.bob.ask("im.chat.mute", CHAT_ID=999_999)
    assert unknown.refusal == (403, "ACCESS_ERROR")
    assert unknown.body["error_description"] == "This chat cannot be muted"
    for actor, target in ((world.bob, chat_id), (world.stranger, chat_id), (world.stranger, opened)):
        assert (await actor.ask("im.chat.mute", CHAT_ID=target)).body == unknown.body


@pytest.mark.parametrize("flag", [["Y"], {"a": 1}])
async def test_a_nested_flag_is_refused(world: World, flag: object) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    assert await world.bob.refused("im.chat.mute", CHAT_ID=chat_id, MUTE=flag) == (400, "ERROR_ARGUMENT")


async def test_a_dialog_of_two_cannot_be_silenced(world: World) -> None:
    chat_id = int((await world.alice.call("im.dialog.get", DIALOG_ID=world.bob.id))["id"])
    answer = await world.alice.ask("im.chat.mute", CHAT_ID=chat_id)
    assert (answer.refusal, answer.body["error_description"]) == ((403, "ACCESS_ERROR"), "This chat cannot be muted")
    assert await world.alice.refused("im.chat.mute", DIALOG_ID=world.bob.id) == (400, "DIALOG_ID_EMPTY")


async def test_a_chat_must_be_named(world: World) -> None:
    answer = await world.alice.ask("im.chat.mute")
    assert (answer.refusal, answer.body["error_description"]) == ((400, "CHAT_ID_EMPTY"), "Chat ID can't be empty")
