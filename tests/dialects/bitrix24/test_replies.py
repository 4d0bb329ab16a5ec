"""Answers on the wire: the short way and the library's way say the same."""

from __future__ import annotations

import asyncio
import json

import pytest

from support.world import World

REQUEST = "{method} /rest/server.time.json?auth={auth} HTTP/{version}\r\nHost: x\r\n{more}\r\n"


async def exchange(world: World, text: str) -> tuple[str, dict[str, str], bytes]:
    """Send a raw request; status line, headers and body of the answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", world.app.port)
    writer.write(text.encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    line, *fields = head.strip().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (field.partition(":") for field in fields)}
    is_head = text.startswith("HEAD")
    body = b"" if is_head else await reader.readexactly(int(headers["content-length"]))
    writer.close()
    return line, headers, body


@pytest.mark.parametrize(("version", "more"), [("1.1", ""), ("1.1", "Connection: close\r\n"), ("1.0", "")])
async def test_every_way_gives_the_same_headers_and_a_whole_body(world: World, version: str, more: str) -> None:
    token = (await world.alice.through(await world.install())).auth
    line, headers, body = await exchange(world, REQUEST.format(method="GET", auth=token, version=version, more=more))
    assert line.split(" ", 1)[1] == "200 OK"
    assert headers["content-type"] == "application/json; charset=utf-8"
    assert headers["access-control-allow-origin"] == "*"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["date"].endswith("GMT")
    assert set(json.loads(body)) == {"result", "time"}


async def test_head_has_no_body(world: World) -> None:
    line, headers, _ = await exchange(world, REQUEST.format(method="HEAD", auth="x", version="1.1", more=""))
    assert line == "HTTP/1.1 401 Unauthorized"
    assert int(headers["content-length"]) > 0


async def test_several_requests_sent_at_once_are_answered_in_order(world: World) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", world.app.port)
    names = ["im.nothing.one", "im.nothing.two", "server.time"]
    writer.write(b"".join(f"GET /rest/{name}.json HTTP/1.1\r\nHost: x\r\n\r\n".encode() for name in names))
    statuses = []
    for _ in names:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        statuses.append(int(head.split(" ")[1]))
        length = next(int(field[15:]) for field in head.split("\r\n") if field.lower().startswith("content-length:"))
        await reader.readexactly(length)
    writer.close()
    assert statuses == [404, 404, 401]
