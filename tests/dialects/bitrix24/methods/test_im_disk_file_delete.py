"""``im.disk.file.delete``: only who sent the file; what becomes of the message; when nothing is done."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.events import MessageChanged, MessageDeleted
from support.chats import left_chat
from support.files import fetch, newest, send_file, shown_files, upload
from support.world import Actor, World


async def delete(actor: Actor, chat_id: int, file_id: int) -> Any:
    return await actor.call("im.disk.file.delete", CHAT_ID=chat_id, DISK_ID=file_id)


async def test_a_message_with_nothing_else_is_deleted(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    file_id = await send_file(world.alice, chat_id)
    [shown] = await shown_files(world.bob, chat_id)
    assert (await fetch(world, shown["urlDownload"])).status == 200
    answer = await world.alice.ask("im.disk.file.delete", CHAT_ID=chat_id, DISK_ID=file_id)
    assert answer.result is True
    message = await newest(world.bob, chat_id)
    assert (message["text"], message["params"]) == ("", {"IS_DELETED": "Y"})
    assert await shown_files(world.bob, chat_id) == []
    assert (await fetch(world, shown["urlDownload"])).status == 404
    event = (await world.events("message.deleted"))[-1]
    assert isinstance(event, MessageDeleted)
    assert (event.id, event.actor_id, event.is_complete) == (message["id"], world.alice.id, False)


async def test_a_message_with_text_stays(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    file_id = await send_file(world.alice, chat_id, text="see")
    assert await delete(world.alice, chat_id, file_id) is True
    message = await newest(world.bob, chat_id)
    assert (message["text"], message["params"]) == ("see", None)
    event = (await world.events("message.changed"))[-1]
    assert isinstance(event, MessageChanged)
    assert (event.id, event.params, event.text) == (message["id"], None, "see")


async def test_the_other_files_of_a_message_stay(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    ids = [await upload(world.alice, chat_id) for _ in range(2)]
    await world.alice.call("im.disk.file.commit", CHAT_ID=chat_id, UPLOAD_ID=ids)
    assert await delete(world.alice, chat_id, ids[0]) is True
    assert (await newest(world.bob, chat_id))["params"] == {"FILE_ID": [ids[1]]}
    assert [one["id"] for one in await shown_files(world.bob, chat_id)] == [ids[1]]
    assert await delete(world.alice, chat_id, ids[1]) is True
    assert (await newest(world.bob, chat_id))["params"] == {"IS_DELETED": "Y"}


async def test_an_upload_that_was_never_published_is_deleted(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    file_id = await upload(world.alice, chat_id)
    assert await delete(world.alice, chat_id, file_id) is True
    assert await world.alice.refused("disk.file.get", id=file_id) == (400, "ERROR_NOT_FOUND")


async def test_another_member_deletes_nothing_but_is_told_true(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    file_id = await send_file(world.alice, chat_id)
    before = len(await world.events())
    assert await delete(world.bob, chat_id, file_id) is True
    assert [one["id"] for one in await shown_files(world.bob, chat_id)] == [file_id]
    assert len(await world.events()) == before


async def test_whoever_has_no_access_is_told_false(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.bob)
    file_id, of_another = await send_file(world.alice, chat_id), await world.chat(world.alice, world.carol)
    for actor in (world.bob, world.stranger, world.outsider):
        assert await delete(actor, chat_id, file_id) is False
    assert await delete(world.alice, chat_id, 999_999) is False
    assert await delete(world.alice, of_another, file_id) is False
    assert await delete(world.alice, 999_999, file_id) is False
    assert [one["id"] for one in await shown_files(world.alice, chat_id)] == [file_id]


async def test_the_sender_who_left_deletes_no_more(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    file_id = await send_file(world.bob, chat_id)
    await world.bob.call("im.chat.leave", CHAT_ID=chat_id)
    assert await delete(world.bob, chat_id, file_id) is False
    assert len(await shown_files(world.alice, chat_id)) == 1


async def test_both_names_of_the_parameter_are_known(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    file_id = await send_file(world.alice, chat_id)
    assert await world.alice.call("im.disk.file.delete", DIALOG_ID=f"chat{chat_id}", FILE_ID=file_id) is True
    assert await shown_files(world.alice, chat_id) == []


@pytest.mark.parametrize("value", [None, 0, -1, "", "x", [1], {"a": 1}])
async def test_wrong_files_are_refused(world: World, value: object) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    answer = await world.alice.ask("im.disk.file.delete", CHAT_ID=chat_id, DISK_ID=value)
    assert answer.refusal == (400, "FILE_ID_EMPTY")
    assert answer.body["error_description"] == "File ID can't be empty"


@pytest.mark.parametrize("value", [None, 0, -1, "", "x", [1], {"a": 1}])
async def test_wrong_chats_are_refused(world: World, value: object) -> None:
    assert await world.alice.refused("im.disk.file.delete", CHAT_ID=value, DISK_ID=1) == (400, "CHAT_ID_EMPTY")
