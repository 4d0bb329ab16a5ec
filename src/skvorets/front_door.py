"""The HTTP server: listens, hands each request to the door that its path names, closes without losing what is open."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from aiohttp import StreamReader, web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.http_parser import RawRequestMessage
from aiohttp.web_protocol import RequestHandler

from skvorets.config import Config

Handler: TypeAlias = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]

# Bytes of a request's first line: a batch of fifty commands may come by GET.
MAX_REQUEST_LINE = 256 * 1024
# Seconds that open requests have to finish when the server stops: ours take milliseconds, a batch of fifty perhaps one
# second; what takes longer is somebody who sends slowly, and a restart must not wait for him.
SHUTDOWN_S = 1.5
# Connections that may wait to be taken.
BACKLOG = 1024


class FrontDoor:
    """One listening address with the doors behind it."""

    def __init__(self, config: Config) -> None:
        """Nothing listens before ``open``."""
        self._config = config
        # First part of the path -> who answers below it.
        self.doors: dict[str, Handler] = {}
        self.port = 0

    async def prepare(self) -> None:
        """Make the server, so that it can be closed whatever happens before it is opened."""
        server = web.Server(
            self._handle, request_factory=self._make_request, access_log=None, max_line_size=MAX_REQUEST_LINE
        )
        self._runner = web.ServerRunner(server, shutdown_timeout=SHUTDOWN_S)
        await self._runner.setup()

    async def open(self) -> None:
        """Begin to listen."""
        host, port = self._config.listen_host, self._config.listen_port
        site = web.TCPSite(self._runner, host, port, ssl_context=_tls(self._config), backlog=BACKLOG)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def close(self) -> None:
        """Let open requests finish; then cut the connections: over TLS closing waits for the other side's goodbye."""
        server = self._runner.server
        connections = [] if server is None else [one.transport for one in server.connections]
        await self._runner.cleanup()
        for connection in connections:
            if connection is not None:
                connection.abort()
        await asyncio.sleep(0)

    def _make_request(
        self,
        message: RawRequestMessage,
        payload: StreamReader,
        protocol: RequestHandler,
        writer: AbstractStreamWriter,
        task: asyncio.Task[None],
    ) -> web.BaseRequest:
        """Build the request with our limit of the body's size."""
        loop = asyncio.get_running_loop()
        limit = self._config.max_body_bytes
        return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=limit)

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Route by the first part of the path: two dozen doors need no router."""
        handler = self.doors.get(request.path.lstrip("/").partition("/")[0])
        if handler is None:
            return web.Response(status=404, text="Not found\n")
        return await handler(request)


def _tls(config: Config) -> ssl.SSLContext | None:
    if not config.serves_tls:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(config.tls_certificate, config.tls_key)
    return context
