"""How much of a body has left, seen at a connection with tiny buffers; on asyncio's loop and on uvloop."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator

import pytest
from aiohttp import ClientConnectionResetError
from aiohttp.base_protocol import BaseProtocol
from aiohttp.http import StreamWriter
from multidict import CIMultiDict

from skvorets.delivery.sent_body import WRITE_BYTES, SentBody

# Given to the connection in one piece, yet more than the kernel takes with the buffers below.
BODY = b"x" * (WRITE_BYTES - 100)


@pytest.fixture
def receiver() -> Iterator[socket.socket]:
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening


@contextlib.asynccontextmanager
async def connection(receiver: socket.socket) -> AsyncIterator[tuple[StreamWriter, asyncio.Transport, socket.socket]]:
    """A writer of the HTTP client, its transport and the other side's socket."""
    loop = asyncio.get_running_loop()
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2048)
    sock.setblocking(False)
    await loop.sock_connect(sock, receiver.getsockname())
    accepted, _ = receiver.accept()
    transport, protocol = await loop.create_connection(lambda: BaseProtocol(loop), sock=sock)
    writer = StreamWriter(protocol, loop)
    await writer.write_headers("POST / HTTP/1.1", CIMultiDict())
    with accepted:
        try:
            yield writer, transport, accepted
        finally:
            transport.abort()
            await asyncio.sleep(0)


async def read_all(sock: socket.socket, at_most: int) -> int:
    """Read until the end or ``at_most`` bytes, off the loop, and return how many there were."""

    def read() -> int:
        total = 0
        sock.settimeout(5)
        with contextlib.suppress(ConnectionError):
            while total < at_most and (chunk := sock.recv(1 << 16)):
                total += len(chunk)
        return total

    return await asyncio.to_thread(read)


async def test_a_body_has_left_only_when_its_last_byte_has(receiver: socket.socket) -> None:
    body = SentBody(BODY)
    assert (body.is_untouched, body.was_sent) == (True, False)
    async with connection(receiver) as (writer, _, accepted), asyncio.TaskGroup() as tasks:
        tasks.create_task(body.write(writer))
        await asyncio.sleep(0.05)
        assert (body.is_untouched, body.was_sent) == (False, False)
        await read_all(accepted, len(BODY))
    assert body.was_sent


async def test_the_rest_of_a_given_up_body_never_leaves(receiver: socket.socket) -> None:
    body = SentBody(BODY)
    async with connection(receiver) as (writer, transport, accepted), asyncio.TaskGroup() as tasks:
        writing = tasks.create_task(body.write(writer))
        await asyncio.sleep(0.05)
        transport.close()  # as the HTTP client does; it would go on sending what it holds
        assert not body.was_sent
        body.drop_rest()
        assert await read_all(accepted, len(BODY)) < len(BODY)
        writing.cancel()


async def test_nothing_is_written_to_a_connection_that_the_other_side_has_closed(receiver: socket.socket) -> None:
    body = SentBody(BODY)
    async with connection(receiver) as (writer, _, accepted):
        accepted.close()
        with pytest.raises(ClientConnectionResetError):
            await body.write(writer)
    assert (body.is_untouched, body.was_sent) == (True, False)
