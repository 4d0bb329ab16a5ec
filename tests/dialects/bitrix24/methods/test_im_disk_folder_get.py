"""``im.disk.folder.get``: the folder is made once; who may know it; wrong ids."""

from __future__ import annotations

import pytest

from support.chats import left_chat
from support.world import World


async def test_the_folder_is_made_once_and_known_to_the_chat(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    assert (await world.bob.call("im.dialog.get", DIALOG_ID=f"chat{chat_id}"))["disk_folder_id"] == 0
    found = await world.alice.call("im.disk.folder.get", CHAT_ID=chat_id)
    assert set(found) == {"ID"}
    assert isinstance(found["ID"], int)
    assert await world.bob.call("im.disk.folder.get", CHAT_ID=chat_id) == found
    assert await world.bob.call("im.disk.folder.get", DIALOG_ID=f"chat{chat_id}") == found
    assert (await world.bob.call("im.dialog.get", DIALOG_ID=f"chat{chat_id}"))["disk_folder_id"] == found["ID"]


async def test_every_chat_has_its_own(world: World) -> None:
    folders = [
        (await world.alice.call("im.disk.folder.get", CHAT_ID=await world.chat(world.alice, world.bob)))["ID"]
        for _ in range(2)
    ]
    assert len(set(folders)) == 2


async def test_a_dialog_of_two_people_has_one_folder(world: World) -> None:
    mine = await world.alice.call("im.disk.folder.get", DIALOG_ID=world.bob.id)
    assert await world.bob.call("im.disk.folder.get", DIALOG_ID=world.alice.id) == mine


async def test_an_employee_sees_that_of_an_open_chat_without_joining(world: World) -> None:
    chat_id = await world.chat(world.alice, TYPE="OPEN")
    await world.stranger.call("im.disk.folder.get", CHAT_ID=chat_id)
    assert await world.alice.call("im.chat.user.list", CHAT_ID=chat_id) == [world.alice.id]
    assert await world.outsider.refused("im.disk.folder.get", CHAT_ID=chat_id) == (403, "ACCESS_ERROR")


async def test_strangers_and_former_members_are_refused_like_for_unknown_chats(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.bob)
    unknown = await world.alice.ask("im.disk.folder.get", CHAT_ID=999_999)
    assert unknown.refusal == (403, "ACCESS_ERROR")
    for actor in (world.bob, world.stranger, world.outsider):
        assert (await actor.ask("im.disk.folder.get", CHAT_ID=chat_id)).body == unknown.body


@pytest.mark.parametrize("value", [None, 0, -1, "", "x", "chat1", [1], {"a": 1}])
async def test_wrong_chats_are_refused(world: World, value: object) -> None:
    answer = await world.alice.ask("im.disk.folder.get", CHAT_ID=value)
    assert answer.refusal == (400, "CHAT_ID_EMPTY")
    assert answer.body["error_description"] == "Chat ID can't be empty"


async def test_nothing_is_logged(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    before = len(await world.events())
    await world.alice.call("im.disk.folder.get", CHAT_ID=chat_id)
    assert len(await world.events()) == before
