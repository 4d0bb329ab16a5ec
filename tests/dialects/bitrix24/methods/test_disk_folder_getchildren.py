"""``disk.folder.getchildren``: exact objects, filter and order, pages, only what the caller may read."""

from __future__ import annotations

from typing import Any

import pytest

from support.chats import left_chat
from support.files import folder_of, send_file, upload
from support.queries import count_queries
from support.world import Actor, World


async def children(actor: Actor, folder_id: int, **params: Any) -> list[str]:
    return [one["NAME"] for one in await actor.call("disk.folder.getchildren", id=folder_id, **params)]


async def test_files_are_listed_as_disk_file_get_shows_them(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    file_id = await send_file(world.alice, chat_id)
    answer = await world.bob.ask("disk.folder.getchildren", id=await folder_of(world.bob, chat_id))
    assert set(answer.body) == {"result", "total", "time"}
    assert answer.body["total"] == 1
    assert answer.result == [await world.bob.call("disk.file.get", id=file_id)]


async def test_folders_are_listed_as_documented(world: World) -> None:
    file_id = await send_file(world.alice, await world.chat(world.alice, world.bob))
    saved = await world.bob.call("im.disk.file.save", DISK_ID=file_id)
    [copy] = await world.bob.call("disk.folder.getchildren", id=saved["folder"]["id"])
    root_id = int(copy["STORAGE_ID"])
    [folder] = await world.bob.call("disk.folder.getchildren", id=root_id)
    assert folder.pop("CREATE_TIME") == folder.pop("UPDATE_TIME")
    assert folder == {
        "ID": str(saved["folder"]["id"]),
        "NAME": "Сохраненные файлы",
        "CODE": None,
        "STORAGE_ID": str(root_id),
        "TYPE": "folder",
        "REAL_OBJECT_ID": str(saved["folder"]["id"]),
        "PARENT_ID": str(root_id),
        "DELETED_TYPE": "0",
        "DELETE_TIME": None,
        "CREATED_BY": str(world.bob.id),
        "UPDATED_BY": str(world.bob.id),
        "DELETED_BY": "0",
        "DETAIL_URL": "",
    }


async def test_only_what_the_caller_may_read_is_listed(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    folder_id = await folder_of(world.alice, chat_id)
    hidden = await send_file(world.alice, chat_id, "hidden.txt")
    await world.alice.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[world.carol.id], HIDE_HISTORY="Y")
    await send_file(world.alice, chat_id, "seen.txt")
    await upload(world.alice, chat_id, "unpublished.txt")
    assert await children(world.alice, folder_id) == ["hidden.txt", "seen.txt", "unpublished.txt"]
    assert await children(world.bob, folder_id) == ["hidden.txt", "seen.txt"]
    assert await children(world.carol, folder_id) == ["seen.txt"]
    await world.alice.call("im.disk.file.delete", CHAT_ID=chat_id, DISK_ID=hidden)
    assert await children(world.bob, folder_id) == ["seen.txt"]


async def test_filter_and_order(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    folder_id = await folder_of(world.alice, chat_id)
    for name, size in (("b.txt", 3), ("a.txt", 2), ("c.png", 1)):
        await send_file(world.alice, chat_id, name, b"x" * size)
    assert await children(world.alice, folder_id) == ["b.txt", "a.txt", "c.png"]
    assert await children(world.alice, folder_id, order={"NAME": "DESC"}) == ["c.png", "b.txt", "a.txt"]
    assert await children(world.alice, folder_id, filter={"%NAME": ".txt"}, order={"SIZE": "ASC"}) == ["a.txt", "b.txt"]
    assert await children(world.alice, folder_id, filter={">=SIZE": 2, "TYPE": "file"}) == ["b.txt", "a.txt"]
    assert await children(world.alice, folder_id, filter={"TYPE": "folder"}) == []
    assert await children(world.alice, folder_id, filter={">CREATE_TIME": "2020-01-01", "!NAME": "b.txt"}) == [
        "a.txt",
        "c.png",
    ]
    assert await children(world.alice, folder_id, filter={"<CREATE_TIME": "2020-01-01"}) == []
    assert await children(world.alice, folder_id, filter={"DIGEST": "x", "x'; DROP": 1}, order="x") != []


async def test_pages_of_fifty(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    folder_id = await folder_of(world.alice, chat_id)
    first = await send_file(world.alice, chat_id)
    for _ in range(52):
        await world.alice.call("im.disk.file.commit", CHAT_ID=chat_id, DISK_ID=first)
    answer = await world.bob.ask("disk.folder.getchildren", id=folder_id)
    assert (len(answer.result), answer.body["next"], answer.body["total"]) == (50, 50, 53)
    rest = await world.bob.ask("disk.folder.getchildren", id=folder_id, start=50)
    assert [one["NAME"] for one in rest.result] == ["a (50).txt", "a (51).txt", "a (52).txt"]
    assert "next" not in rest.body
    uncounted = await world.bob.ask("disk.folder.getchildren", id=folder_id, start=-1)
    assert "total" not in uncounted.body
    for start in (0, 50):
        with count_queries(world) as queries:
            await world.bob.call("disk.folder.getchildren", id=folder_id, start=start)
        # The folder, the chat with the reader's part in it, the page, how many there are.
        assert queries.count == 4, queries.statements


async def test_strangers_and_former_members_are_told_nothing(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.bob)
    folder_id = await folder_of(world.alice, chat_id)
    for actor in (world.bob, world.stranger, world.outsider):
        answer = await actor.ask("disk.folder.getchildren", id=folder_id)
        assert answer.refusal == (400, "ERROR_NOT_FOUND")
        assert answer.body["error_description"] == f"Could not find entity with id `{folder_id}`"


async def test_a_file_is_no_folder(world: World) -> None:
    file_id = await send_file(world.alice, await world.chat(world.alice, world.bob))
    assert await world.alice.refused("disk.folder.getchildren", id=file_id) == (400, "ERROR_NOT_FOUND")


@pytest.mark.parametrize("value", [None, 0, -1, "", "x", [1], {"a": 1}])
async def test_wrong_numbers_are_refused(world: World, value: object) -> None:
    answer = await world.alice.ask("disk.folder.getchildren", id=value)
    assert answer.refusal == (400, "ERROR_ARGUMENT")
    assert answer.body["error_description"] == "Invalid value of parameter {Parameter #1}"
