"""Files of visitors: kept, shown, refused."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from unittest import mock

import pytest

from skvorets.dialects.widget import limits, views
from skvorets.rate_limits import LimitProfile
from support.lines import line_of
from support.pictures import picture
from support.widgets import Refused, Window, window_of
from support.world import World


async def fetch(world: World, address: str) -> tuple[int, bytes, Any]:
    assert address.startswith("/files/")
    async with world.session.get(world.url + address) as response:
        return response.status, await response.read(), response.headers


async def test_a_file_becomes_a_message_that_shows_it(world: World) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))

    message = await window.upload(b"some text", "Отчёт.txt")

    (file,) = message["files"]
    assert (message["author"], message["text"], message["clientId"]) == ("me", "", "file")
    assert {name: file[name] for name in ("name", "size", "type", "width", "height", "previewUrl")} == {
        "name": "Отчёт.txt",
        "size": 9,
        "type": "file",
        "width": 0,
        "height": 0,
        "previewUrl": "",
    }
    status, body, headers = await fetch(world, file["downloadUrl"])
    assert (status, body) == (200, b"some text")
    assert headers["Content-Disposition"].startswith("attachment")


async def test_a_picture_has_a_smaller_copy(world: World) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))

    (file,) = (await window.upload(picture(size=(900, 700)), "a.png"))["files"]

    assert file["type"] == "image"
    assert (await fetch(world, file["previewUrl"]))[0] == 200
    status, _, headers = await fetch(world, file["url"])
    assert status == 200
    assert headers["Content-Disposition"].startswith("inline")


@pytest.mark.parametrize(
    "body", [b"<html><script>alert(1)</script></html>", b'<svg xmlns="http://www.w3.org/2000/svg"/>']
)
async def test_what_could_run_is_never_shown_inline(world: World, body: bytes) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))

    (file,) = (await window.upload(body, "a.png"))["files"]

    _, _, headers = await fetch(world, file["url"])
    assert headers["Content-Disposition"].startswith("attachment")
    assert headers["Content-Type"].startswith("text/plain")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]


async def test_a_repeated_file_is_answered_and_not_repeated(world: World) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))

    assert await window.upload(b"one", "a.txt", "same") == await window.upload(b"two", "b.txt", "same")
    assert len((await window.get("messages"))["messages"]) == 1


async def test_the_operators_get_a_copy_and_the_visitor_gets_theirs(world: World) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))
    await window.upload(b"some text", "a.txt")
    chat_id = (await world.events("line.session"))[-1].chat_id  # type: ignore[attr-defined]

    shown = await world.alice.call("im.dialog.messages.get", DIALOG_ID=f"chat{chat_id}")

    assert [one["name"] for one in shown["files"]] == ["a.txt"]


async def in_pieces(*pieces: bytes) -> AsyncIterator[bytes]:
    """Send without telling how much it will be."""
    for piece in pieces:
        yield piece


async def test_too_large_a_file_is_refused_and_not_kept(world: World) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))

    with mock.patch.object(views, "VISITOR_FILE_BYTES", 10):
        for body in (b"x" * 11, in_pieces(b"x" * 6, b"x" * 5)):
            with pytest.raises(Refused, match="413 too_large"):
                await window.upload(body)
        assert (await window.upload(in_pieces(b"x" * 5, b"x" * 5)))["files"][0]["size"] == 10

    assert len((await window.get("messages"))["messages"]) == 1
    assert len([one for one in world.config.blobs_path.rglob("*") if one.is_file()]) == 1


async def test_bytes_of_an_hour_are_limited(world: World) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))
    few = {**limits.OF_VISITOR, "bytes": LimitProfile(bucket=10, per_second=10 / 3600, operating_s=0)}

    with mock.patch.object(limits, "OF_VISITOR", few):
        await window.upload(b"x" * 8)
        for body in (b"x" * 8, in_pieces(b"x" * 8)):
            with pytest.raises(Refused, match="429 too_many") as refusal:
                await window.upload(body, client_id="other")
            assert 2000 < int(refusal.value.retry_after) <= 2160
    assert len((await window.get("messages"))["messages"]) == 1


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "400 malformed"),
        ("name=a.txt", "400 malformed"),
        ("clientId=c", "400 malformed"),
        ("name=&clientId=c", "400 malformed"),
        ("name=%00&clientId=c", "400 malformed"),
        ("name=...%0a&clientId=", "400 malformed"),
        (f"name={'a' * 1001}&clientId=c", "400 malformed"),
        (f"name=a&clientId={'c' * 65}", "400 malformed"),
        ("name=%20&clientId=c", "400 empty_name"),
    ],
)
async def test_bad_queries_are_refused(world: World, query: str, code: str) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))

    with pytest.raises(Refused, match=code):
        await window.send("POST", f"files?{query}", b"text", "text/plain")
    assert await window.texts() == []


async def test_an_empty_file_is_a_file(world: World) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))

    assert (await window.upload(b"", "empty.txt"))["files"][0]["size"] == 0


async def test_a_stranger_sends_nothing(world: World) -> None:
    line = await line_of(world, [world.alice])

    with pytest.raises(Refused, match="401 no_token"):
        await Window(world, line).upload(b"text")
