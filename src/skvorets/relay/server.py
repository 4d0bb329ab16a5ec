"""The server as the relay sees it: a stream of events, and what is said of them. See docs/delivery.md, "Pull"."""

from __future__ import annotations

import base64
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any, Self

import aiohttp
import msgspec

# Events that the server gives before they are acknowledged.
WINDOW = 100
# The server says something every 15 s; so much later it is gone.
SILENCE_S = 45.0
CONNECT_S = 10.0
# Seconds for an acknowledgement.
ANSWER_S = 30.0
# Answers that do not change by asking again.
_FINAL = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})


class AwayError(Exception):
    """The server cannot be reached, or is busy starting or stopping: worth another try."""


class RefusedError(Exception):
    """The server does not give us these events; the text says why. Trying again would not help."""


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """Where the server is, and what the relay shows it."""

    door: str  # e.g. https://portal.example/pull
    client_id: str
    secret: str = ""  # empty: the door is that of a webhook
    trusted_ca: Path | None = None


class RelayEvent(msgspec.Struct, frozen=True, rename="camel"):
    """One event to be posted."""

    offset: int
    id: str
    attempt: int
    event: str
    url: str
    lane: str
    policy: str
    headers: dict[str, str]
    body: str


class Answered(msgspec.Struct, frozen=True):
    """What the handler made of an event, for the server's log."""

    offset: int
    status: int
    answer: str


class Returned(msgspec.Struct, frozen=True):
    """What the server makes of an event that was given back."""

    state: str
    returned: list[int] = []  # later ones of the lane, which will come again


class Server:
    """A connection to one application's events. Use it with ``async with``."""

    def __init__(self, account: Account) -> None:
        """Nothing is opened yet."""
        self._account = account
        self._query = {} if account.secret else {"CLIENT_ID": account.client_id}

    async def __aenter__(self) -> Self:
        account = self._account
        tls: ssl.SSLContext | bool = True
        if account.trusted_ca is not None:
            tls = ssl.create_default_context()
            tls.load_verify_locations(cafile=account.trusted_ca)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(ssl=tls),
            headers={"Authorization": _basic(account)} if account.secret else None,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_S, sock_read=SILENCE_S),
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    @asynccontextmanager
    async def stream(self) -> AsyncIterator[AsyncIterator[RelayEvent]]:
        """Open the stream; everything that was not acknowledged comes again. Raises AwayError, RefusedError."""
        try:
            async with self._session.get(
                f"{self._account.door}/stream", params={**self._query, "limit": str(WINDOW)}
            ) as response:
                await _check(response)
                yield self._read(response)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise AwayError(str(error) or type(error).__name__) from None

    async def _read(self, response: aiohttp.ClientResponse) -> AsyncIterator[RelayEvent]:
        buffer = b""
        async for chunk in response.content.iter_any():
            *frames, buffer = (buffer + chunk).split(b"\n\n")
            for frame in frames:
                fields = dict(line.split(b": ", 1) for line in frame.split(b"\n") if b": " in line and line[:1] != b":")
                match fields.get(b"event"):
                    case b"event":
                        yield msgspec.json.decode(fields[b"data"], type=RelayEvent)
                    case b"superseded":
                        raise RefusedError("another reader takes the events of this application now")
                    case b"end":
                        return

    async def acknowledge(self, answered: Sequence[Answered]) -> None:
        """Say that events are done. Raises AwayError, RefusedError."""
        await self._post("ack", {"events": answered}, dict[str, list[int]])

    async def give_back(self, offset: int, **said: object) -> Returned | None:
        """Say that an event is not done; None when it is not ours any more. Raises AwayError, RefusedError."""
        found: Returned | None = await self._post("nack", {"offset": offset, **said}, Returned)
        return found

    async def _post(self, name: str, body: object, kind: Any) -> Any:
        try:
            async with self._session.post(
                f"{self._account.door}/{name}",
                params=self._query,
                data=msgspec.json.encode(body),
                timeout=aiohttp.ClientTimeout(total=ANSWER_S, sock_connect=CONNECT_S),
            ) as response:
                content = await response.read()
                if response.status == HTTPStatus.CONFLICT and name == "nack":
                    return None
                await _check(response)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise AwayError(str(error) or type(error).__name__) from None
        return msgspec.json.decode(content, type=kind)


def _basic(account: Account) -> str:
    return "Basic " + base64.b64encode(f"{account.client_id}:{account.secret}".encode()).decode()


async def _check(response: aiohttp.ClientResponse) -> None:
    if response.status == HTTPStatus.OK:
        return
    text = (await response.text(errors="replace"))[:300]
    if response.status == HTTPStatus.CONFLICT and '"pushed"' in text:
        raise RefusedError("its events are pushed; first: skvorets app limits APP --transport pull")
    if response.status == HTTPStatus.UNAUTHORIZED:
        raise RefusedError("the server does not know this client id with this secret")
    if response.status in _FINAL:
        raise RefusedError(f"the server answered {response.status}: {text}")
    raise AwayError(f"the server answered {response.status}")
