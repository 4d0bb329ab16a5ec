"""``disk.file.get``: the exact object, an address that works, who may read."""

from __future__ import annotations

import pytest

from support.chats import left_chat
from support.files import fetch, folder_of, send_file, upload
from support.queries import count_queries
from support.world import World


async def test_a_file_is_shown_as_documented(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    file_id = await send_file(world.alice, chat_id, "отчёт.txt", b"figures")
    folder_id = await folder_of(world.alice, chat_id)
    file = await world.bob.call("disk.file.get", id=file_id)
    created, changed = file.pop("CREATE_TIME"), file.pop("UPDATE_TIME")
    assert created[10] == changed[10] == "T"
    download, detail = file.pop("DOWNLOAD_URL"), file.pop("DETAIL_URL")
    assert file == {
        "ID": str(file_id),
        "NAME": "отчёт.txt",
        "CODE": None,
        "STORAGE_ID": str(folder_id),
        "TYPE": "file",
        "PARENT_ID": str(folder_id),
        "DELETED_TYPE": "0",
        "GLOBAL_CONTENT_VERSION": "1",
        "FILE_ID": str(file_id),
        "SIZE": "7",
        "DELETE_TIME": None,
        "CREATED_BY": str(world.alice.id),
        "UPDATED_BY": str(world.alice.id),
        "DELETED_BY": "0",
    }
    for address in (download, detail):
        assert (await fetch(world, address)).body == b"figures"


async def test_an_upload_is_seen_by_its_author_only(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    file_id = await upload(world.alice, chat_id)
    await world.alice.call("disk.file.get", id=file_id)
    assert await world.bob.refused("disk.file.get", id=file_id) == (400, "ERROR_NOT_FOUND")


async def test_strangers_and_former_members_are_told_nothing(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.bob)
    file_id = await send_file(world.alice, chat_id)
    for actor in (world.bob, world.stranger, world.outsider):
        answer = await actor.ask("disk.file.get", id=file_id)
        assert answer.refusal == (400, "ERROR_NOT_FOUND")
        assert answer.body["error_description"] == f"Could not find entity with id `{file_id}`"


async def test_hidden_history_hides_its_files(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    hidden = await send_file(world.alice, chat_id)
    await world.alice.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[world.carol.id], HIDE_HISTORY="Y")
    seen = await send_file(world.alice, chat_id)
    assert await world.carol.refused("disk.file.get", id=hidden) == (400, "ERROR_NOT_FOUND")
    assert (await world.carol.call("disk.file.get", id=seen))["ID"] == str(seen)


async def test_a_folder_is_no_file(world: World) -> None:
    folder_id = await folder_of(world.alice, await world.chat(world.alice, world.bob))
    assert await world.alice.refused("disk.file.get", id=folder_id) == (400, "ERROR_NOT_FOUND")


@pytest.mark.parametrize("value", [None, 0, -1, "", "x", [1], {"a": 1}])
async def test_wrong_numbers_are_refused(world: World, value: object) -> None:
    answer = await world.alice.ask("disk.file.get", id=value)
    assert answer.refusal == (400, "ERROR_ARGUMENT")
    assert answer.body["error_description"] == "Invalid value of parameter {Parameter #0}"


async def test_the_scope_is_asked_for(world: World) -> None:
    narrow = await world.webhook(world.alice, "im")
    assert await narrow.refused("disk.file.get", id=1) == (403, "insufficient_scope")
    assert "disk" in await narrow.call("scope", full=True)


async def test_two_queries(world: World) -> None:
    file_id = await send_file(world.alice, await world.chat(world.alice, world.bob))
    with count_queries(world) as queries:
        await world.alice.call("disk.file.get", id=file_id)
    # The file, the chat with the reader's part in it.
    assert queries.count == 2, queries.statements
