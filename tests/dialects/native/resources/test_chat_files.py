"""Files and links of a chat: uploading, listing, saving."""

from __future__ import annotations

import asyncio
import contextlib
import re
import sqlite3
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest

from support.browsers import COOKIE, Browser, RefusedError, browser_of
from support.files import fetch, send_file
from support.messenger import refusal, send, upload
from support.pictures import picture
from support.queries import count_queries
from support.world import World


@pytest.fixture
async def chat_id(world: World) -> int:
    """Give a chat of bob and carol."""
    return await world.chat(world.bob, world.carol)


def kept(world: World) -> list[Path]:
    """Give what lies in the blob store, pieces included."""
    return [path for path in world.config.blobs_path.rglob("*") if path.is_file()]


# ---- uploading


async def test_a_file_is_uploaded_as_it_is(world: World, chat_id: int) -> None:
    data = picture("PNG", (30, 20))
    async with browser_of(world, world.bob) as bob:
        file = await upload(bob, chat_id, "C:%5Cdir%5Ccat.txt", data)
        assert file == {
            "id": file["id"],
            "chatId": chat_id,
            "authorId": world.bob.id,
            "name": "cat.txt",
            "size": len(data),
            "type": "image",
            "mediaType": "image/png",
            "width": 30,
            "height": 20,
            "createdAt": file["createdAt"],
            "url": file["url"],
            "previewUrl": file["previewUrl"],
            "downloadUrl": file["downloadUrl"],
        }
        for form, name in (("show", "url"), ("preview", "previewUrl"), ("download", "downloadUrl")):
            assert f"/files/{form}/" in file[name]
            assert (await fetch(world, file[name])).status == 200
        again = await upload(bob, chat_id, "cat.txt", data)
        assert (again["name"], again["id"] != file["id"]) == ("cat (1).txt", True)
        assert (await upload(bob, chat_id, "empty", b""))["size"] == 0
    async with browser_of(world, world.carol) as carol:
        assert (await carol.get(f"/api/chats/{chat_id}/files"))["files"] == []


async def test_a_large_file_comes_in_pieces(world: World, chat_id: int) -> None:
    data = bytes(range(256)) * 3_600
    async with browser_of(world, world.bob) as bob:
        file = await upload(bob, chat_id, "large.bin", data)
        assert (await fetch(world, file["downloadUrl"])).body == data


async def test_wrong_uploads_leave_nothing(world: World, chat_id: int) -> None:
    async with browser_of(world, world.bob) as bob, browser_of(world, world.stranger) as stranger:
        for name, code in (("", "400 malformed"), ("..", "400 empty_name"), ("x" * 1001, "400 malformed")):
            with pytest.raises(RefusedError, match=code):
                await upload(bob, chat_id, name)
        with pytest.raises(RefusedError, match="404 no_such_chat"):
            await upload(stranger, chat_id)
        status, _ = await bob.raw("POST", f"/api/chats/{chat_id}/files", b"x")
        assert status == 400
        bob.forgery_token = ""
        with pytest.raises(RefusedError, match="403 forged"):
            await upload(bob, chat_id)
    assert kept(world) == []


class TestLimits:
    """The largest file is 1,000 bytes here."""

    @pytest.fixture(autouse=True)
    def _limit(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        services = world.app.api._services
        config = msgspec.structs.replace(services.config, max_file_bytes=1_000)
        monkeypatch.setattr(world.app.api, "_services", msgspec.structs.replace(services, config=config))

    async def test_a_file_may_be_as_large_as_that(self, world: World, chat_id: int) -> None:
        async with browser_of(world, world.bob) as bob:
            assert (await upload(bob, chat_id, "a", b"x" * 1_000))["size"] == 1_000
            with pytest.raises(RefusedError, match="413 too_large"):
                await upload(bob, chat_id, "b", b"y" * 1_001)
        assert len(kept(world)) == 1

    async def test_one_that_does_not_say_how_large_it_is_is_stopped(self, world: World, chat_id: int) -> None:
        chunk = b"400\r\n" + b"z" * 0x400 + b"\r\n"
        async with browser_of(world, world.bob) as bob:
            answer = await raw_upload(world, bob, chat_id, b"Transfer-Encoding: chunked", chunk * 2 + b"0\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 413 ")
        assert kept(world) == []


async def test_an_upload_that_breaks_off_leaves_nothing(world: World, chat_id: int) -> None:
    async with browser_of(world, world.bob) as bob:
        await raw_upload(world, bob, chat_id, b"Content-Length: 1000000", b"x" * 300_000)
        for _ in range(100):
            if not kept(world):
                break
            await asyncio.sleep(0.02)
        assert kept(world) == []
        assert await refusal(bob, "GET", "/api/messages/999999") == "404 no_such_message"


async def raw_upload(world: World, browser: Browser, chat_id: int, header: bytes, body: bytes) -> bytes:
    """Send bytes as they are, say that this was all, and read what comes."""
    parts = urlsplit(world.url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write(
        f"POST /api/chats/{chat_id}/files?name=a HTTP/1.1\r\nHost: {parts.netloc}\r\n"
        f"Cookie: {COOKIE}={browser.cookie}\r\nX-CSRF-Token: {browser.forgery_token}\r\n".encode()
    )
    writer.write(header + b"\r\n\r\n" + body)
    await writer.drain()
    if b"Length" in header:
        writer.close()
        return b""
    answer = await reader.read(65_536)
    writer.close()
    return answer


# ---- lists


async def test_files_are_listed_by_kind_the_newest_first(world: World, chat_id: int) -> None:
    webm = b"\x1a\x45\xdf\xa3" + bytes(10) + b"webm"
    sent = {"a.png": picture(), "b.txt": b"text", "c.webm": webm, "d.mp3": b"ID3xxx", "e.gif": picture("GIF")}
    for name, data in sent.items():
        await send_file(world.carol, chat_id, name, data)
    async with browser_of(world, world.bob) as bob, browser_of(world, world.stranger) as stranger:
        path = f"/api/chats/{chat_id}/files"

        async def names(query: str) -> list[str]:
            return [one["name"] for one in (await bob.get(f"{path}?{query}"))["files"]]

        assert await names("") == ["e.gif", "d.mp3", "c.webm", "b.txt", "a.png"]
        assert await names("type=image") == ["e.gif", "a.png"]
        assert await names("type=video") == ["c.webm"]
        assert await names("type=audio") == ["d.mp3"]
        assert await names("type=file") == ["b.txt"]
        with count_queries(world) as queries:
            page = await bob.get(f"{path}?type=image&limit=1")
        # The session and its person, the chat, the files, people.
        assert queries.count == 5
        assert (set(page), page["hasMore"]) == ({"files", "people", "hasMore"}, True)
        assert [one["id"] for one in page["people"]] == [world.carol.id]
        rest = await bob.get(f"{path}?type=image&limit=1&beforeId={page['files'][0]['id']}")
        assert ([one["name"] for one in rest["files"]], rest["hasMore"]) == (["a.png"], False)
        assert await refusal(stranger, "GET", path) == "404 no_such_chat"
        for query in ("type=folder", "limit=0", "limit=101", "beforeId=x"):
            assert await refusal(bob, "GET", f"{path}?{query}") == "400 malformed"


async def test_files_of_hidden_history_are_not_listed(world: World, chat_id: int) -> None:
    await send_file(world.bob, chat_id, "old.txt")
    await world.bob.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[world.alice.id], HIDE_HISTORY="Y")
    await send_file(world.bob, chat_id, "new.txt")
    async with browser_of(world, world.alice) as alice:
        for query in ("", "?type=file"):
            page = await alice.get(f"/api/chats/{chat_id}/files{query}")
            assert [one["name"] for one in page["files"]] == ["new.txt"]


async def test_lists_of_files_use_their_index(world: World, chat_id: int) -> None:
    with count_queries(world) as queries:
        async with browser_of(world, world.bob) as bob:
            await bob.get(f"/api/chats/{chat_id}/files?type=image")
    [statement] = [one for one in queries.statements if "CASE WHEN" in one]
    if not world.config.database:  # plans of PostgreSQL depend on how much there is
        explained = explain(world, statement)
        assert "files_by_kind" in explained
        assert "TEMP B-TREE" not in explained


def explain(world: World, statement: str) -> str:
    with contextlib.closing(sqlite3.connect(world.config.sqlite_path)) as database:
        plain = re.sub(r"\$\d", "?", statement)
        rows = database.execute(f"EXPLAIN QUERY PLAN {plain}", [1] * plain.count("?"))
        return " ".join(str(row[3]) for row in rows)


async def test_links_are_listed_with_what_is_said_of_them(world: World, chat_id: int) -> None:
    async with browser_of(world, world.bob) as bob, browser_of(world, world.stranger) as stranger:
        first = await send(bob, chat_id, "https://a.example/x and [URL=https://b.example]the [B]plan[/B][/URL]")
        second = await send(bob, chat_id, "https://c.example/cat.png")
        await send(bob, chat_id, ">>https://quoted.example")
        path = f"/api/chats/{chat_id}/links"
        page = await bob.get(path)
        assert page["links"] == [
            {"messageId": message["id"], "url": url, "title": title, "createdAt": message["createdAt"], **author}
            for author in [{"authorId": world.bob.id}]
            for message, url, title in (
                (second, "https://c.example/cat.png", ""),
                (first, "https://a.example/x", ""),
                (first, "https://b.example", "the plan"),
            )
        ]
        assert ([one["id"] for one in page["people"]], page["hasMore"]) == ([world.bob.id], False)
        assert (await bob.get(f"{path}?limit=1"))["hasMore"] is True
        older = await bob.get(f"{path}?limit=1&beforeId={second['id']}")
        assert [one["url"] for one in older["links"]] == ["https://a.example/x", "https://b.example"]
        await bob.call("DELETE", f"/api/messages/{first['id']}")
        assert [one["messageId"] for one in (await bob.get(path))["links"]] == [second["id"]]
        assert await refusal(stranger, "GET", path) == "404 no_such_chat"
        assert await refusal(bob, "GET", f"{path}?limit=0") == "400 malformed"


# ---- saving


async def test_a_file_is_saved_for_oneself(world: World, chat_id: int) -> None:
    file_id = await send_file(world.carol, chat_id, "a.txt")
    async with browser_of(world, world.bob) as bob, browser_of(world, world.stranger) as stranger:
        assert await bob.call("POST", f"/api/files/{file_id}/save") is None
        assert await refusal(stranger, "POST", f"/api/files/{file_id}/save") == "404 no_such_file"
    saved = await world.app.store.read(
        lambda tx: tx.rows("SELECT person_id FROM files WHERE person_id > 0 AND is_folder = 0")
    )
    assert [row[0] for row in saved] == [world.bob.id]
