"""``disk.folder.uploadfile``: the exact object, forms of the content, names, who may put files where."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from support.chats import left_chat
from support.files import fetch, folder_of
from support.pictures import base64_of, picture
from support.world import Actor, World

CONTENT = ["x.txt", base64_of(b"hello")]


async def a_folder(world: World) -> int:
    return await folder_of(world.alice, await world.chat(world.alice, world.bob))


async def put(actor: Actor, folder_id: int, name: str = "a.txt", content: Any = CONTENT, **more: Any) -> Any:
    return await actor.call("disk.folder.uploadfile", id=folder_id, data={"NAME": name}, fileContent=content, **more)


async def refused(actor: Actor, folder_id: int, **params: Any) -> tuple[int, str]:
    given = {"data": {"NAME": "a.txt"}, "fileContent": CONTENT, **params}
    return await actor.refused("disk.folder.uploadfile", id=folder_id, **given)


async def stored(world: World, actor: Actor, file: Any) -> bytes:
    """The bytes that a download gives."""
    shown = await actor.call("disk.file.get", id=file["ID"])
    return (await fetch(world, shown["DOWNLOAD_URL"])).body


async def test_a_new_file_is_shown_as_documented(world: World) -> None:
    folder_id = await a_folder(world)
    before = len(await world.events())
    file = await put(world.alice, folder_id, "отчёт.txt")
    assert file.pop("CREATE_TIME") == file.pop("UPDATE_TIME")
    assert (await fetch(world, file.pop("DOWNLOAD_URL"))).body == b"hello"
    assert file.pop("DETAIL_URL").startswith(world.config.base_url)
    assert file == {
        "ID": file["ID"],
        "NAME": "отчёт.txt",
        "CODE": None,
        "STORAGE_ID": str(folder_id),
        "TYPE": "file",
        "PARENT_ID": str(folder_id),
        "DELETED_TYPE": 0,
        "GLOBAL_CONTENT_VERSION": 1,
        "FILE_ID": file["ID"],
        "SIZE": "5",
        "DELETE_TIME": None,
        "CREATED_BY": str(world.alice.id),
        "UPDATED_BY": str(world.alice.id),
        "DELETED_BY": None,
    }
    assert isinstance(file["ID"], int)
    assert len(await world.events()) == before


@pytest.mark.parametrize(
    "content",
    [
        ["x.txt", base64_of(b"hello")],
        base64_of(b"hello"),
        "data:text/plain;base64," + base64_of(b"hello"),
        {"0": "x.txt", "1": base64_of(b"hello")},
        f'["x.txt", "{base64_of(b"hello")}"]',
        ["x.txt", base64_of(b"hello").rstrip("=")],
        ["x.txt", "aGVs\r\nbG8="],
    ],
)
async def test_the_content_comes_in_every_form(world: World, content: object) -> None:
    file = await put(world.alice, await a_folder(world), content=content)
    assert file["NAME"] == "a.txt"
    assert await stored(world, world.alice, file) == b"hello"


async def test_a_file_of_a_form_is_content_too(world: World) -> None:
    folder_id, data = await a_folder(world), bytes(range(256)) * 300
    form = aiohttp.FormData({"id": str(folder_id), "data[NAME]": "a.bin"})
    form.add_field("fileContent", data, filename="other.bin")
    async with world.session.post(f"{world.url}{world.alice.path}disk.folder.uploadfile", data=form) as response:
        file = (await response.json())["result"]
    assert file["NAME"] == "a.bin"
    assert await stored(world, world.alice, file) == data


async def test_a_taken_name_is_refused_or_numbered(world: World) -> None:
    folder_id = await a_folder(world)
    await put(world.alice, folder_id, "avatar.jpg")
    assert await refused(world.alice, folder_id, data={"NAME": "AVATAR.jpg"}) == (400, "DISK_OBJ_22000")
    names = [(await put(world.alice, folder_id, "avatar.jpg", generateUniqueName=True))["NAME"] for _ in range(3)]
    assert names == ["avatar (1).jpg", "avatar (2).jpg", "avatar (3).jpg"]
    assert (await put(world.bob, folder_id, "avatar.jpg", generateUniqueName="Y"))["NAME"] == "avatar (4).jpg"


async def test_the_same_name_is_free_elsewhere_and_after_deletion(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    folder_id = await folder_of(world.alice, chat_id)
    first = await put(world.alice, folder_id)
    await put(world.alice, await a_folder(world))
    await world.alice.call("im.disk.file.delete", CHAT_ID=chat_id, DISK_ID=first["ID"])
    assert (await put(world.alice, folder_id))["NAME"] == "a.txt"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\plan.doc", "plan.doc"),
        ("  a\r\nb\t.txt ", "a b .txt"),
        ("\u202egnp.exe", "gnp.exe"),
        ("a\u0000b", "ab"),
        ("x" * 300 + ".tar", "x" * 251 + ".tar"),
        ("<b>.html", "<b>.html"),
        (5, "5"),
    ],
)
async def test_names_are_cleaned(world: World, name: Any, kept: str) -> None:
    assert (await put(world.alice, await a_folder(world), name))["NAME"] == kept


@pytest.mark.parametrize(
    "data", [None, "", {}, [], {"NAME": ""}, {"NAME": " \n"}, {"NAME": ".."}, {"NAME": "a/"}, {"NAME": {"a": 1}}, "x"]
)
async def test_a_name_is_required(world: World, data: object) -> None:
    answer = await world.alice.ask("disk.folder.uploadfile", id=await a_folder(world), data=data, fileContent=CONTENT)
    assert answer.refusal == (400, "DISK_BASE_SERVICE_22001")
    assert answer.body["error_description"] == "Error: required parameter NAME (DISK_BASE_SERVICE_22001)"


async def test_an_empty_file_is_a_file(world: World) -> None:
    file = await put(world.alice, await a_folder(world), content=["a.txt", ""])
    assert file["SIZE"] == "0"
    assert await stored(world, world.alice, file) == b""


@pytest.mark.parametrize(
    "content", ["%%%", ["a", "no base64!"], ["a", ["b"]], [{"a": 1}], {"a": {"b": "c"}}, "[broken"]
)
async def test_unreadable_content_is_refused(world: World, content: object) -> None:
    folder_id = await a_folder(world)
    assert await refused(world.alice, folder_id, fileContent=content) == (400, "ERROR_COULD_NOT_SAVE_FILE")
    assert await world.alice.call("disk.folder.getchildren", id=folder_id) == []


async def test_the_type_comes_from_the_content_and_not_from_the_name(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    folder_id = await folder_of(world.alice, chat_id)
    true = await put(world.alice, folder_id, "holiday.txt", ["x", base64_of(picture("JPEG", (40, 30)))])
    false = await put(world.alice, folder_id, "evil.png", ["x", base64_of(b"<html><script>alert(1)</script>")])
    await world.alice.call("im.disk.file.commit", CHAT_ID=chat_id, UPLOAD_ID=[true["ID"], false["ID"]])
    page = await world.bob.call("im.dialog.messages.get", DIALOG_ID=f"chat{chat_id}", LIMIT=1)
    assert [(one["type"], one["image"], bool(one["urlPreview"])) for one in page["files"]] == [
        ("image", {"width": 40, "height": 30}, True),
        ("file", False, False),
    ]


async def test_nobody_fills_folders_that_he_does_not_see(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.bob)
    folder_id = await folder_of(world.alice, chat_id)
    blobs = world.config.blobs_path
    before = len(list(blobs.rglob("*")))
    for actor in (world.bob, world.stranger, world.outsider):
        answer = await actor.ask(
            "disk.folder.uploadfile", id=folder_id, data={"NAME": "a"}, fileContent=["a", base64_of(b"new bytes")]
        )
        assert answer.refusal == (400, "ERROR_NOT_FOUND")
        assert answer.body["error_description"] == f"Could not find entity with id `{folder_id}`"
        assert await actor.refused("disk.folder.uploadfile", id=folder_id) == (400, "ERROR_NOT_FOUND")
    assert len(list(blobs.rglob("*"))) == before


async def test_a_file_is_no_folder(world: World) -> None:
    file = await put(world.alice, await a_folder(world))
    assert await refused(world.alice, file["ID"]) == (400, "ERROR_NOT_FOUND")


@pytest.mark.parametrize("value", [None, 0, -1, "", "x", [1], {"a": 1}])
async def test_wrong_folders_are_refused(world: World, value: object) -> None:
    answer = await world.alice.ask("disk.folder.uploadfile", id=value, data={"NAME": "a"}, fileContent=CONTENT)
    assert answer.refusal == (400, "ERROR_ARGUMENT")
    assert answer.body["error_description"] == "Invalid value of parameter {Parameter #0}"


async def test_without_content_an_address_is_given(world: World) -> None:
    folder_id = await a_folder(world)
    empty: list[dict[str, Any]] = [
        {},
        {"fileContent": ""},
        {"fileContent": None},
        {"fileContent": []},
        {"data": {"NAME": "x"}},
    ]
    for nothing in empty:
        found = await world.alice.call("disk.folder.uploadfile", id=folder_id, **nothing)
        assert set(found) == {"field", "uploadUrl"}
        assert found["field"] == "file"
        assert found["uploadUrl"].startswith(f"{world.config.base_url}/rest/upload.json?token=")
