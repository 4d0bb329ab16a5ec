"""``im.disk.file.save``: a copy among the caller's own files."""

from __future__ import annotations

import pytest

from support.chats import left_chat
from support.files import fetch, send_file, upload
from support.world import World


async def test_a_copy_lies_in_the_folder_of_saved_files(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    file_id = await send_file(world.alice, chat_id, "image.png", b"bytes")
    saved = await world.bob.call("im.disk.file.save", DISK_ID=file_id)
    assert set(saved) == {"folder", "file"}
    assert saved["folder"] == {"id": saved["folder"]["id"], "name": "Сохраненные файлы"}
    assert saved["file"] == {"id": saved["file"]["id"], "name": "image.png"}
    assert isinstance(saved["file"]["id"], int)
    again = await world.bob.call("im.disk.file.save", FILE_ID=file_id)
    assert again["folder"] == saved["folder"]
    assert again["file"]["name"] == "image (1).png"
    [first, second] = await world.bob.call("disk.folder.getchildren", id=saved["folder"]["id"])
    assert [first["ID"], second["ID"]] == [str(saved["file"]["id"]), str(again["file"]["id"])]


async def test_the_copy_outlives_the_original_and_is_its_owners_alone(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    file_id = await send_file(world.alice, chat_id, "image.png", b"bytes")
    saved = await world.bob.call("im.disk.file.save", DISK_ID=file_id)
    await world.alice.call("im.disk.file.delete", CHAT_ID=chat_id, DISK_ID=file_id)
    copy = await world.bob.call("disk.file.get", id=saved["file"]["id"])
    assert (await fetch(world, copy["DOWNLOAD_URL"])).body == b"bytes"
    for actor in (world.alice, world.stranger):
        assert await actor.refused("disk.file.get", id=saved["file"]["id"]) == (400, "ERROR_NOT_FOUND")
        assert await actor.refused("disk.folder.getchildren", id=saved["folder"]["id"]) == (400, "ERROR_NOT_FOUND")
        assert await actor.refused("im.disk.file.save", DISK_ID=saved["file"]["id"]) == (400, "FILE_SAVE_ERROR")


async def test_everybody_has_a_folder_of_his_own(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    file_id = await send_file(world.alice, chat_id)
    folders = {
        (await actor.call("im.disk.file.save", DISK_ID=file_id))["folder"]["id"] for actor in (world.alice, world.bob)
    }
    assert len(folders) == 2


async def test_whoever_may_not_read_the_file_saves_nothing(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.bob)
    file_id = await send_file(world.alice, chat_id)
    unknown = await world.alice.ask("im.disk.file.save", DISK_ID=999_999)
    assert unknown.refusal == (400, "FILE_SAVE_ERROR")
    assert unknown.body["error_description"] == "File ID can't be saved"
    for actor in (world.bob, world.stranger, world.outsider):
        assert (await actor.ask("im.disk.file.save", DISK_ID=file_id)).body == unknown.body
    own = await upload(world.alice, chat_id)
    assert await world.bob.refused("im.disk.file.save", DISK_ID=own) == (400, "FILE_SAVE_ERROR")


@pytest.mark.parametrize("value", [None, 0, -1, "", "x", [1], {"a": 1}])
async def test_wrong_files_are_refused(world: World, value: object) -> None:
    assert await world.alice.refused("im.disk.file.save", DISK_ID=value) == (400, "FILE_ID_EMPTY")
