"""Files by signed addresses: who gets them, in which parts, with which headers, for how long."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from skvorets.core import file_links
from skvorets.core.file_links import Link
from skvorets.dialects.native import file_downloads
from support.chats import dismiss
from support.files import fetch, send_file, shown_files, upload
from support.pictures import picture, size_in
from support.world import Actor, World

DATA = bytes(range(256)) * 40
FAR = 2**40  # unix seconds
NAME = 'отчёт "за" 100%;.txt'


async def one_file(world: World, data: bytes = DATA, name: str = NAME) -> tuple[int, dict[str, Any]]:
    """Let alice send a file to bob; the chat and the file as bob sees it."""
    chat_id = await world.chat(world.alice, world.bob)
    await send_file(world.alice, chat_id, name, data)
    [file] = await shown_files(world.bob, chat_id)
    return chat_id, file


async def test_a_file_is_saved_under_its_name_and_as_nothing_else(world: World) -> None:
    _, file = await one_file(world)
    got = await fetch(world, file["urlDownload"])
    assert (got.status, got.body) == (200, DATA)
    for name, value in {
        "content-type": "application/octet-stream",
        "content-length": str(len(DATA)),
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; sandbox",
        "cache-control": "private, no-cache",
        "accept-ranges": "bytes",
    }.items():
        assert got.headers[name] == value, name
    plain = 'filename="_____ ____ 100_;.txt"'
    assert got.headers["content-disposition"] == f"attachment; {plain}; filename*=UTF-8''{quote(NAME, safe='')}"


async def test_head_tells_the_same_without_the_bytes(world: World) -> None:
    _, file = await one_file(world)
    got, head = await fetch(world, file["urlDownload"]), await fetch(world, file["urlDownload"], "HEAD")
    assert (head.status, head.body) == (200, b"")
    for name in ("content-length", "etag", "last-modified", "content-type", "content-disposition"):
        assert head.headers[name] == got.headers[name]


async def test_a_download_goes_on_where_it_broke_off(world: World) -> None:
    _, file = await one_file(world)
    first = await fetch(world, file["urlDownload"], Range="bytes=0-999")
    assert (first.status, first.body) == (206, DATA[:1000])
    assert first.headers["content-range"] == f"bytes 0-999/{len(DATA)}"
    rest = await fetch(world, file["urlDownload"], Range="bytes=1000-", If_Range=first.headers["etag"])
    assert (rest.status, first.body + rest.body) == (206, DATA)
    assert (await fetch(world, file["urlDownload"], Range="bytes=-10")).body == DATA[-10:]
    other = await fetch(world, file["urlDownload"], Range="bytes=1000-", If_Range='"other"')
    assert (other.status, other.body) == (200, DATA)
    beyond = await fetch(world, file["urlDownload"], Range=f"bytes={len(DATA)}-")
    assert (beyond.status, beyond.headers["content-range"], beyond.body) == (416, f"bytes */{len(DATA)}", b"")
    part = await fetch(world, file["urlDownload"], "HEAD", Range="bytes=0-9")
    assert (part.status, part.headers["content-length"], part.body) == (206, "10", b"")


async def test_a_large_file_is_sent_piece_by_piece(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_downloads, "PIECE_BYTES", 1000)
    _, file = await one_file(world)
    assert (await fetch(world, file["urlDownload"])).body == DATA
    assert (await fetch(world, file["urlDownload"], Range="bytes=500-2500")).body == DATA[500:2501]


async def test_who_has_it_already_gets_nothing(world: World) -> None:
    _, file = await one_file(world)
    got = await fetch(world, file["urlDownload"])
    for condition in ({"If_None_Match": got.headers["etag"]}, {"If_Modified_Since": got.headers["last-modified"]}):
        again = await fetch(world, file["urlDownload"], **condition)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == got.headers["etag"]


async def test_an_empty_file_is_sent(world: World) -> None:
    _, file = await one_file(world, b"")
    got = await fetch(world, file["urlDownload"])
    assert (got.status, got.body, got.headers["content-length"]) == (200, b"", "0")
    assert (await fetch(world, file["urlDownload"], Range="bytes=0-")).status == 416


@pytest.mark.parametrize(
    ("data", "kind", "media_type"),
    [
        (picture("PNG"), "inline", "image/png"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "inline", "video/mp4"),
        (b"ID3\x04", "inline", "audio/mpeg"),
        (b"<html><script>alert(1)</script></html>", "attachment", "text/plain"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "attachment", "text/plain"),
        (b"%PDF-1.7", "attachment", "application/pdf"),
    ],
)
async def test_only_pictures_sound_and_films_are_looked_at_in_the_browser(
    world: World, data: bytes, kind: str, media_type: str
) -> None:
    _, file = await one_file(world, data, "evil.html")
    shown, saved = await fetch(world, file["urlShow"]), await fetch(world, file["urlDownload"])
    assert shown.body == saved.body == data
    assert shown.headers["content-type"] == saved.headers["content-type"] == media_type
    assert shown.headers["content-disposition"].partition(";")[0] == kind
    assert saved.headers["content-disposition"].partition(";")[0] == "attachment"


async def test_a_preview_is_a_smaller_picture(world: World) -> None:
    _, file = await one_file(world, picture("JPEG", (1600, 800)), "photo.jpg")
    got = await fetch(world, file["urlPreview"])
    assert (got.status, got.headers["content-type"], size_in(got.body)) == (200, "image/jpeg", (640, 320))
    assert got.headers["cache-control"] == "private, no-cache"
    assert (await fetch(world, file["urlPreview"], If_None_Match=got.headers["etag"])).status == 304
    assert (await fetch(world, file["urlPreview"], Range="bytes=0-9")).body == got.body[:10]
    head = await fetch(world, file["urlPreview"], "HEAD")
    assert (head.headers["content-length"], head.body) == (str(len(got.body)), b"")


async def test_what_is_no_picture_has_no_preview(world: World) -> None:
    _, file = await one_file(world)
    assert file["urlPreview"] == ""
    assert (await fetch(world, file["urlDownload"].replace("/download/", "/preview/"))).status == 404


async def test_each_download_asks_whether_the_person_may_still_read(world: World) -> None:
    chat_id, file = await one_file(world, picture("PNG"))
    addresses = [file["urlDownload"], file["urlShow"], file["urlPreview"]]
    assert {(await fetch(world, one)).status for one in addresses} == {200}
    await world.bob.call("im.chat.leave", CHAT_ID=chat_id)
    assert {(await fetch(world, one)).status for one in addresses} == {404}
    [same] = await shown_files(world.alice, chat_id)
    assert (await fetch(world, same["urlDownload"])).status == 200


async def test_a_deleted_message_takes_its_files_along(world: World) -> None:
    chat_id, file = await one_file(world)
    page = await world.bob.call("im.dialog.messages.get", DIALOG_ID=f"chat{chat_id}")
    await world.alice.call("im.message.delete", MESSAGE_ID=page["messages"][0]["id"])
    assert (await fetch(world, file["urlDownload"])).status == 404
    assert await world.alice.refused("disk.file.get", id=file["id"]) == (400, "ERROR_NOT_FOUND")
    assert await shown_files(world.bob, chat_id) == []


async def test_dismissed_people_get_nothing(world: World) -> None:
    _, file = await one_file(world)
    await dismiss(world, world.bob)
    assert (await fetch(world, file["urlDownload"])).status == 404


async def test_an_unpublished_file_is_its_authors(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    file_id = await upload(world.alice, chat_id)
    assert (await fetch(world, address(world, file_id, world.alice))).status == 200
    assert (await fetch(world, address(world, file_id, world.bob))).status == 404


def address(
    world: World, file_id: int, actor: Actor, *, purpose: int = file_links.READ, expires_at: int = 2**40
) -> str:
    """Sign an address as the server does."""
    token = file_links.sign(world.app.store.portal, Link(purpose, file_id, actor.id, expires_at))
    return f"{world.config.base_url}/files/download/{token}/x"


async def test_an_address_is_good_for_one_file_one_person_and_a_limited_time(world: World) -> None:
    _, file = await one_file(world)
    good = address(world, file["id"], world.bob)
    assert (await fetch(world, good)).status == 200
    assert (await fetch(world, address(world, file["id"], world.stranger))).status == 404
    assert (await fetch(world, address(world, file["id"], world.bob, expires_at=1))).status == 404
    assert (await fetch(world, address(world, file["id"], world.bob, purpose=file_links.UPLOAD))).status == 404
    assert (await fetch(world, address(world, 999_999, world.bob))).status == 404
    token = good.split("/")[-2]
    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), token[:-1], token + "A", "", "x", "%00", "ы" * 55):
        assert (await fetch(world, f"{world.config.base_url}/files/download/{quote(wrong)}/x")).status == 404


async def test_the_name_in_the_address_does_not_matter(world: World) -> None:
    _, file = await one_file(world)
    bare = file["urlDownload"].rpartition("/")[0]
    for end in ("", "/", "/other", "/a/b/c"):
        assert (await fetch(world, bare + end)).status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_files_are_only_read(world: World, method: str) -> None:
    _, file = await one_file(world)
    got = await fetch(world, file["urlDownload"], method)
    assert (got.status, got.headers["allow"]) == (405, "GET, HEAD")


async def test_lost_bytes_are_not_found(world: World) -> None:
    _, file = await one_file(world)
    for path in world.config.blobs_path.rglob("*"):
        if path.is_file():
            path.unlink()
    assert (await fetch(world, file["urlDownload"])).status == 404


async def test_addresses_stay_the_same_for_a_while(world: World) -> None:
    chat_id, file = await one_file(world)
    assert (await shown_files(world.bob, chat_id))[0]["urlShow"] == file["urlShow"]
    assert (await shown_files(world.alice, chat_id))[0]["urlShow"] != file["urlShow"]
