"""Handlers of events for tests: an HTTP server that keeps every request and answers as it is told.

async with Handlers() as handlers:
    bot = handlers.at("/bot")          # bot.url is what an application registers
    bot.answer(503, 503)               # the next two answers; afterwards 200
    bot.react = my_function            # called with each request before it is answered, e.g. to call REST from it
    first = await bot.next()           # the oldest request not yet taken, waiting for it
    first.form                         # the decoded form: {"event": …, "data": {…}, "auth": {…}}
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Self

import msgspec
from aiohttp import web

from skvorets.php_forms import parse_query

# A test that waits longer has failed.
PATIENCE_S = 5.0


class Received(msgspec.Struct, frozen=True):
    """One request as it came over the wire."""

    path: str  # with the query
    headers: tuple[tuple[str, str], ...]  # names as they were spelled
    body: bytes

    @property
    def form(self) -> dict[str, Any]:
        """The body as PHP's ``$_POST`` would show it."""
        return parse_query(self.body.decode())

    @property
    def event(self) -> str:
        """Name of the event."""
        return str(self.form["event"])

    def header(self, name: str) -> str:
        """Value of a header, "" when it is absent."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


class HandlerScript:
    """One handler: its requests, and what it answers."""

    def __init__(self, url: str) -> None:
        """Listen at ``url``; the server calls ``take``."""
        self.url = url
        self.requests: list[Received] = []
        self.react: Callable[[Received], Awaitable[object]] | None = None
        # Requests wait here while it is cleared.
        self.gate = asyncio.Event()
        self.gate.set()
        self.in_flight = 0
        self.most_in_flight = 0
        self._statuses: deque[int | tuple[int, dict[str, str]]] = deque()
        self._taken = 0
        self._news = asyncio.Event()

    def answer(self, *statuses: int | tuple[int, dict[str, str]]) -> None:
        """Answer the next requests with these statuses (and headers), later ones with 200."""
        self._statuses.extend(statuses)

    async def next(self, patience_s: float = PATIENCE_S) -> Received:
        """Give the oldest request that was not given yet; waits for it. Raises TimeoutError."""
        async with asyncio.timeout(patience_s):
            while len(self.requests) <= self._taken:
                self._news.clear()
                await self._news.wait()
        self._taken += 1
        return self.requests[self._taken - 1]

    async def take(self, count: int) -> list[Received]:
        """Give the next ``count`` requests."""
        return [await self.next() for _ in range(count)]

    @property
    def untaken(self) -> list[Received]:
        """Requests that nobody has asked for yet."""
        return self.requests[self._taken :]

    async def handle(self, received: Received) -> web.Response:
        """Keep the request and answer it."""
        self.requests.append(received)
        self._news.set()
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            await self.gate.wait()
            if self.react is not None:
                await self.react(received)
        finally:
            self.in_flight -= 1
        status = self._statuses.popleft() if self._statuses else 200
        code, headers = (status, {}) if isinstance(status, int) else status
        return web.Response(status=code, headers=headers, text="ok")


class Handlers:
    """An HTTP server on a free port of 127.0.0.1 with any number of handlers."""

    def __init__(self) -> None:
        """Nothing listens before ``start``."""
        self.port = 0
        self._scripts: dict[str, HandlerScript] = {}
        self._runner: web.ServerRunner | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen; after ``stop`` on the same port again."""
        self._runner = web.ServerRunner(web.Server(self._handle, access_log=None), shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Go away: connections are refused until the next ``start``."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def at(self, path: str) -> HandlerScript:
        """Give the handler at a path, made when it is first asked for."""
        if path not in self._scripts:
            self._scripts[path] = HandlerScript(f"http://127.0.0.1:{self.port}{path}")
        return self._scripts[path]

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        script = self._scripts.get(request.path)
        if script is None:
            return web.Response(status=404, text="no handler here")
        headers = tuple((name.decode(), value.decode()) for name, value in request.raw_headers)
        return await script.handle(Received(request.path_qs, headers, await request.read()))
