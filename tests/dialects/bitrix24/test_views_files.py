"""Files of messages as the API shows them: in pages of messages, in the recent list, in events to bots."""

from __future__ import annotations

from typing import Any

import pytest

from support.files import fetch, newest, send_file, shown_files, upload
from support.handlers import Handlers
from support.pictures import picture, size_in
from support.queries import count_queries
from support.wire_events import group, listening_bot
from support.world import World

FACTS = {
    "id",
    "chatId",
    "date",
    "type",
    "preview",
    "name",
    "extension",
    "size",
    "image",
    "status",
    "progress",
    "authorId",
    "authorName",
}
ADDRESSES = {"urlPreview", "urlShow", "urlDownload"}


async def test_a_file_is_shown_as_documented(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    data = picture("JPEG", (960, 640))
    file_id = await send_file(world.alice, chat_id, "Photo.JPEG", data)
    [file] = await shown_files(world.bob, chat_id)
    assert set(file) == FACTS | ADDRESSES
    date = file.pop("date")
    assert date[10] == "T"
    assert date.endswith("+03:00")
    addresses = [file.pop(name) for name in sorted(ADDRESSES)]
    assert file == {
        "id": file_id,
        "chatId": chat_id,
        "type": "image",
        "preview": "",
        "name": "Photo.JPEG",
        "extension": "jpeg",
        "size": len(data),
        "image": {"width": 960, "height": 640},
        "status": "done",
        "progress": 100,
        "authorId": world.alice.id,
        "authorName": "Alice Petrova",
    }
    download, preview, show = [await fetch(world, one) for one in addresses]
    assert download.body == show.body == data
    assert size_in(preview.body) == (640, 427)


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"ID3\x04", "audio"), (b"\0\0\0\x18ftypisom", "video"), (b"%PDF-1.7", "file"), (b"BM\0\0\0\0\0\0\0\0", "file")],
)
async def test_other_kinds_have_no_size_in_pixels(world: World, data: bytes, kind: str) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    await send_file(world.alice, chat_id, "photo.png", data)
    [file] = await shown_files(world.bob, chat_id)
    assert (file["type"], file["image"], file["urlPreview"]) == (kind, False, "")


async def test_one_query_more_for_the_files_of_a_page(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    found: dict[str, Any] = {}
    for number in (1, 3):
        for _ in range(number):
            await send_file(world.alice, chat_id)
        with count_queries(world) as queries:
            found = await world.alice.call("im.dialog.messages.get", DIALOG_ID=f"chat{chat_id}", LIMIT=50)
        # The chat with the reader's part in it, messages, likes, files, people, departments.
        assert queries.count == 6, queries.statements
    assert [one["id"] for one in found["files"]] == sorted(one["id"] for one in found["files"])
    assert len(found["files"]) == 4


async def test_files_before_the_readers_history_are_not_shown(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    await send_file(world.alice, chat_id)
    await world.alice.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[world.carol.id], HIDE_HISTORY="Y")
    assert await shown_files(world.carol, chat_id) == []


async def test_the_recent_list_marks_files(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    await send_file(world.alice, chat_id, text="[B]look[/B]")

    async def line() -> tuple[str, bool]:
        [item] = [one for one in await world.bob.call("im.recent.get") if one["id"] == f"chat{chat_id}"]
        return item["message"]["text"], item["message"]["file"]

    assert await line() == ("look [Файл]", True)
    file_id = await send_file(world.alice, chat_id)
    assert await line() == ("[Файл]", True)
    await world.alice.call("im.disk.file.delete", CHAT_ID=chat_id, DISK_ID=file_id)
    text, is_file = await line()
    assert not is_file
    assert text.endswith("было удалено")


async def test_deleting_a_message_deletes_its_files_for_good(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    file_id = await send_file(world.alice, chat_id, text="x")
    message_id = (await newest(world.alice, chat_id))["id"]
    other = await upload(world.alice, chat_id)
    await world.alice.call("im.message.update", MESSAGE_ID=message_id, MESSAGE="")
    assert await world.alice.refused("disk.file.get", id=file_id) == (400, "ERROR_NOT_FOUND")
    assert (await world.alice.call("disk.file.get", id=other))["ID"] == str(other)


async def test_a_bot_gets_addresses_that_it_can_fetch(world: World) -> None:
    async with Handlers() as handlers:
        script = handlers.at("/bot")
        bot = await listening_bot(world, script)
        chat_id = await group(world.alice, bot.id, world.bob.id)
        await script.next()  # the welcome
        data = picture("PNG", (1300, 20))
        file_id = await send_file(world.bob, chat_id, "план.png", data, f"[USER={bot.id}][/USER] see")
        form = (await script.next()).form
        assert form["event"] == "ONIMBOTMESSAGEADD"
        params = form["data"]["PARAMS"]
        assert params["PARAMS"] == {"FILE_ID": [str(file_id)]}
        file = params["FILES"][str(file_id)]
        assert set(file) == FACTS | ADDRESSES
        assert (file["name"], file["size"], file["type"]) == ("план.png", str(len(data)), "image")
        assert file["image"] == {"width": "1300", "height": "20"}
        assert file["authorName"] == "Bob Ivanov"
        assert (await fetch(world, file["urlDownload"])).body == data
        assert size_in((await fetch(world, file["urlPreview"])).body) == (640, 10)
        await world.alice.call("im.chat.user.delete", CHAT_ID=chat_id, USER_ID=bot.id)
        assert (await fetch(world, file["urlDownload"])).status == 404


async def test_a_bot_in_a_private_dialog_gets_files_too(world: World) -> None:
    async with Handlers() as handlers:
        script = handlers.at("/bot")
        bot = await listening_bot(world, script)
        folder = await world.bob.call("im.disk.folder.get", DIALOG_ID=bot.id)
        await script.next()  # the welcome
        file = await world.bob.call(
            "disk.folder.uploadfile", id=folder["ID"], data={"NAME": "a.txt"}, fileContent=["a.txt", "aGVsbG8="]
        )
        await world.bob.call("im.disk.file.commit", DIALOG_ID=bot.id, UPLOAD_ID=file["ID"])
        params = (await script.next()).form["data"]["PARAMS"]
        assert params["MESSAGE"] == ""
        shown = params["FILES"][str(file["ID"])]
        assert "image" in shown
        assert (await fetch(world, shown["urlDownload"])).body == b"hello"
