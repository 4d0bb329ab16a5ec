"""A web site for tests: pages by path, a count of how often each was fetched, and gates that hold answers back."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Self

from aiohttp import web

# A test that waits longer has failed.
PATIENCE_S = 5.0


def page(title: str = "Title", description: str = "", picture: str = "", more: str = "") -> str:
    """Write a page that describes itself in Open Graph's words."""
    metas = {"og:title": title, "og:description": description, "og:image": picture}
    head = "".join(f'<meta property="{name}" content="{text}">' for name, text in metas.items() if text)
    return f"<!doctype html><html><head><meta charset=utf-8>{head}{more}</head><body><p>Text</p></body></html>"


class Site:
    """An HTTP server on a free port of 127.0.0.1."""

    def __init__(self) -> None:
        """Nothing listens before ``async with``."""
        self.pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.fetched: Counter[str] = Counter()
        self.headers: dict[str, dict[str, str]] = {}
        self._asked = asyncio.Event()
        # Requests wait here while it is cleared.
        self.gate = asyncio.Event()
        self.gate.set()

    async def __aenter__(self) -> Self:
        self._runner = web.ServerRunner(web.Server(self._handle, access_log=None), shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{self.port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.gate.set()
        await self._runner.cleanup()

    def put(
        self,
        path: str,
        body: str | bytes,
        content_type: str = "text/html; charset=utf-8",
        status: int = 200,
        **more: str,
    ) -> str:
        """Serve a body under a path; its address. ``more``: headers, with _ for -."""
        data = body.encode() if isinstance(body, str) else body
        headers = {"Content-Type": content_type, **{name.replace("_", "-"): text for name, text in more.items()}}
        self.pages[path] = (status, headers, data)
        return f"{self.url}{path}"

    async def was_asked_for(self, path: str) -> None:
        """Wait for the first request of a page."""
        async with asyncio.timeout(PATIENCE_S):
            while not self.fetched[path]:
                self._asked.clear()
                await self._asked.wait()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        self.fetched[request.path] += 1
        self._asked.set()
        self.headers[request.path_qs] = dict(request.headers)
        await self.gate.wait()
        found = self.pages.get(request.path_qs) or self.pages.get(request.path)
        if found is None:
            return web.Response(status=404, text="<title>Not found</title>", content_type="text/html")
        status, headers, body = found
        return web.Response(status=status, headers=headers, body=body)
