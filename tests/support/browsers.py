"""A browser without a screen: keeps the session cookie and sends the forgery token, like the web client."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self

import aiohttp

from skvorets.core import sessions
from support.world import Actor, World

COOKIE = "skvorets"


class RefusedError(Exception):
    """A refusal of the native API; its text is "STATUS code"."""


class Browser:
    """Talks to ``/api/`` of one server."""

    def __init__(self, url: str) -> None:
        """Nobody is logged in yet."""
        self.url = url
        self.cookie = ""
        self.forgery_token = ""

    async def __aenter__(self) -> Self:
        """Start."""
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        await self._session.close()

    async def raw(self, verb: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, Any]:
        """Send bytes as JSON; status and decoded answer, which is None for 204."""
        sent = {"Content-Type": "application/json", **headers}
        if self.cookie:
            sent["Cookie"] = f"{COOKIE}={self.cookie}"
        if self.forgery_token:
            sent["X-CSRF-Token"] = self.forgery_token
        async with self._session.request(verb, self.url + path, data=body, headers=sent) as response:
            if COOKIE in response.cookies:
                self.cookie = response.cookies[COOKIE].value
            text = await response.read()
            return response.status, json.loads(text) if text else None

    async def call(self, verb: str, path: str, given: object = None, *, headers: dict[str, str] | None = None) -> Any:
        """Call, and give the answer. Raises RefusedError."""
        status, answer = await self.raw(verb, path, json.dumps(given or {}).encode(), **(headers or {}))
        if status >= 400:
            code = answer["error"]["code"]
            assert answer["error"]["message"], answer
            raise RefusedError(f"{status} {code}")
        return answer

    async def get(self, path: str) -> Any:
        """Ask, and give the answer. Raises RefusedError."""
        return await self.call("GET", path)

    async def log_in(self, login: str, password: str) -> None:
        """Open a session with a password. Raises RefusedError."""
        await self.call("POST", "/api/session", {"login": login, "password": password})
        self.forgery_token = (await self.get("/api/session"))["csrfToken"]


@asynccontextmanager
async def browser_of(world: World, actor: Actor) -> AsyncIterator[Browser]:
    """Give a browser in which somebody is logged in already."""
    async with Browser(world.url) as browser:
        browser.cookie = await world.unit(sessions.open_session, actor.person, "test", "127.0.0.1")
        browser.forgery_token = (await browser.get("/api/session"))["csrfToken"]
        yield browser
