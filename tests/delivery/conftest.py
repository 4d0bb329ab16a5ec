"""Servers that misbehave on purpose, and a client that may call them (loopback only)."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Mapping

import pytest
import uvloop

from skvorets.delivery.addresses import AddressRules
from skvorets.delivery.outgoing import Outgoing, OutgoingSettings
from support.raw_servers import Handler, Serve


def pytest_asyncio_loop_factories(item: pytest.Item) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Run the tests of the client on both loops: whether a body has left is asked of the loop's own transports."""
    if item.path.stem.startswith(("test_outgoing", "test_sent_body")):
        return {"asyncio": asyncio.new_event_loop, "uvloop": uvloop.new_event_loop}
    return {"asyncio": asyncio.new_event_loop}


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """A function that starts raw TCP servers on 127.0.0.1 and returns their port; closed after the test."""
    servers: list[asyncio.Server] = []
    connections: set[asyncio.Task[None]] = set()

    async def start(handler: Handler, *, tls: ssl.SSLContext | None = None) -> int:
        async def run(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                await handler(reader, writer)
            except (ConnectionError, asyncio.IncompleteReadError):
                pass  # the client has gone, as many of these tests want it
            finally:
                writer.transport.abort()

        def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.ensure_future(run(reader, writer))
            connections.add(task)
            task.add_done_callback(connections.discard)

        server = await asyncio.start_server(accept, "127.0.0.1", 0, ssl=tls)
        servers.append(server)
        return int(server.sockets[0].getsockname()[1])

    yield start
    for server in servers:
        server.close()
    for task in list(connections):
        task.cancel()
    await asyncio.gather(*connections, return_exceptions=True)


@pytest.fixture
async def outgoing() -> AsyncIterator[Outgoing]:
    """A client in the development profile: loopback is allowed."""
    async with Outgoing(OutgoingSettings(rules=AddressRules(allow_private=True))) as client:
        yield client
