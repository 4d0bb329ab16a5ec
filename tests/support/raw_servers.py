"""HTTP by hand, for servers of tests that misbehave in ways no HTTP library would."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from skvorets.delivery.outcome import FailureKind, Outcome

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
# ``port = await serve(handler, tls=None)``; the fixture is in tests/delivery/conftest.py
Serve = Callable[..., Awaitable[int]]

HEADERS = {
    "Content-Type": "application/x-www-form-urlencoded",
    "User-Agent": "Bitrix24 Webhook Engine",
    "webhook-id": "e-1",
}


async def read_request(reader: asyncio.StreamReader) -> tuple[str, bytes]:
    """Read one HTTP request: its head as text and its body."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    length = 0
    for line in head.splitlines():
        name, _, value = line.partition(":")
        if name.lower() == "content-length":
            length = int(value)
    return head, await reader.readexactly(length)


def answer(status: str = "200 OK", body: bytes = b"", *headers: str) -> bytes:
    """Build one HTTP answer."""
    lines = (f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers)
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


async def accept_one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer one request with 200, then wait for the client to go."""
    await read_request(reader)
    writer.write(answer())
    await writer.drain()
    await reader.read()


async def stay_silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Accept, read nothing, answer nothing."""
    await asyncio.sleep(30)


def reply_with(data: bytes) -> Handler:
    """Read one request, send these bytes and no more."""

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(data)
        await writer.drain()
        writer.write_eof()
        await reader.read()

    return handler


def failure_kind(outcome: Outcome) -> FailureKind | None:
    """Return the failure's kind, having made sure that there is a status or a failure and not both."""
    assert (outcome.status is None) != (outcome.failure is None)
    return outcome.failure.kind if outcome.failure else None
