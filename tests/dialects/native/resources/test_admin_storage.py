"""How much is stored, for administrators; large files and bytes that nobody needs go."""

from __future__ import annotations

import asyncio
import base64
import os
from typing import Any

import pytest

from support.administration import audit_of, refuses_others
from support.browsers import Browser, RefusedError, browser_of
from support.queries import count_queries
from support.world import World

DAY_S = 24 * 3600


async def test_sizes_and_numbers_are_told(world: World) -> None:
    chat_id = await world.chat(world.bob, world.carol)
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="hi")
    async with browser_of(world, world.alice) as browser:
        with count_queries(world) as queries:
            stored = await browser.get("/api/admin/storage")
    assert queries.count == 9  # two for the session
    assert stored["engine"] == ("postgres" if world.config.database else "sqlite")
    assert stored["databaseBytes"] > 50_000
    assert stored["people"] == 5
    assert stored["messages"] >= 2
    assert stored["logRows"] > 5
    assert stored["survey"] is None
    assert set(stored) == {
        *("engine", "databaseBytes", "databaseFreeBytes", "messages", "chats", "people", "bots", "logRows"),
        *("logOldestAt", "logKeptDays", "waiting", "dead", "survey", "isCounting"),
    }


async def test_the_folder_is_counted_when_that_is_asked_for(world: World) -> None:
    _age(world, await asyncio.to_thread(world.app.blobs.put, b"old" * 100))
    await asyncio.to_thread(world.app.blobs.put, b"new")
    async with browser_of(world, world.alice) as browser:
        assert await browser.call("POST", "/api/admin/storage/survey") is None
        survey = await _survey(browser)
    assert survey == {
        "at": survey["at"],
        "blobs": 2,
        "blobBytes": 303,
        "previews": 0,
        "previewBytes": 0,
        "unnamed": 1,
        "unnamedBytes": 300,
    }


async def test_clearing_takes_what_nothing_names_and_is_old(world: World) -> None:
    digest = await asyncio.to_thread(world.app.blobs.put, b"nobody's")
    young = await asyncio.to_thread(world.app.blobs.put, b"being written")
    file_id = await _file(world, "kept.txt", b"somebody's")
    for path in (world.app.config.blobs_path).rglob("*"):
        if path.is_file() and path.name != young:
            os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 2 * DAY_S))
    async with browser_of(world, world.alice) as browser:
        assert await browser.call("POST", "/api/admin/storage/clear") == {"count": 1, "bytes": 8}
        assert (await browser.get("/api/admin/storage"))["survey"]["unnamed"] == 0
        assert [one["id"] for one in await browser.get("/api/admin/files")] == [file_id]
    assert not world.app.blobs.exists(digest)
    assert world.app.blobs.exists(young)
    assert len(await audit_of(world, "blobs.removed")) == 1


async def test_the_largest_files_come_first_and_can_be_removed(world: World) -> None:
    small = await _file(world, "small.txt", b"x")
    large = await _file(world, "large.txt", b"x" * 5000)
    async with browser_of(world, world.alice) as browser:
        with count_queries(world) as queries:
            found = await browser.get("/api/admin/files")
        assert queries.count == 5  # two for the session
        assert [one["id"] for one in found] == [large, small]
        assert found[0] == {
            "id": large,
            "name": "large.txt",
            "size": 5000,
            "mediaType": found[0]["mediaType"],
            "createdAt": found[0]["createdAt"],
            "authorId": world.bob.id,
            "authorName": "Bob Ivanov",
            "chatId": found[0]["chatId"],
            "chatTitle": "Test",
        }
        await browser.call("DELETE", f"/api/admin/files/{large}")
        with pytest.raises(RefusedError, match=r"^404 "):
            await browser.call("DELETE", f"/api/admin/files/{large}")
        assert [one["id"] for one in await browser.get("/api/admin/files?limit=1")] == [small]
    [entry] = await audit_of(world, "file.removed")
    assert (entry["subject"], entry["name"], entry["size"]) == (("file", large), "large.txt", 5000)
    page = await world.bob.call("im.dialog.messages.get", DIALOG_ID=f"chat{found[0]['chatId']}")
    newest = next(one for one in page["messages"] if "удалён" in one["text"] or "removed" in one["text"])
    assert "FILE_ID" not in (newest["params"] or {})


async def test_only_administrators_may(world: World) -> None:
    for verb, path in (
        ("GET", "/api/admin/storage"),
        ("POST", "/api/admin/storage/survey"),
        ("POST", "/api/admin/storage/clear"),
        ("GET", "/api/admin/files"),
        ("DELETE", "/api/admin/files/1"),
    ):
        await refuses_others(world, verb, path)


async def _file(world: World, name: str, data: bytes) -> int:
    """Post a file into a chat of Bob's; its id."""
    chat_id = await world.chat(world.bob, world.carol)
    folder = await world.bob.call("im.disk.folder.get", CHAT_ID=chat_id)
    content = [name, base64.b64encode(data).decode()]
    file = await world.bob.call("disk.folder.uploadfile", id=folder["ID"], data={"NAME": name}, fileContent=content)
    await world.bob.call("im.disk.file.commit", CHAT_ID=chat_id, FILE_ID=file["ID"])
    return int(file["ID"])


def _age(world: World, digest: str) -> None:
    path = world.app.blobs.path(digest)
    os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 2 * DAY_S))


async def _survey(browser: Browser) -> dict[str, Any]:
    for _ in range(200):
        found: dict[str, Any] | None = (await browser.get("/api/admin/storage"))["survey"]
        if found:
            return found
        await asyncio.sleep(0.02)
    pytest.fail("the folder was not counted")
