"""The only outgoing HTTP client: events to handlers, pages for link previews.

Where it may connect to: ``addresses.py`` and ``resolving.py``. It follows no redirect of a POST, takes no proxy or
password from the environment, keeps no cookies, verifies certificates, and limits time, connections and answers.
Source: bitrix24-events.md, sections 1 and 2: the answer of a handler is ignored, redirects are not followed; we
keep the beginning of the answer for the delivery log.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import aiohttp
import msgspec

from skvorets.delivery.addresses import AddressError, AddressRules, CheckedUrl, check_url
from skvorets.delivery.answers import KEPT_ANSWER_BYTES, Reading, parse_retry_after, read_start
from skvorets.delivery.failures import RequestError, classify
from skvorets.delivery.outcome import Failure, FailureKind, Fetched, Outcome
from skvorets.delivery.resolving import (
    AddressRefusedError,
    CheckedResolver,
    Lookup,
    SystemLookup,
    check_permitted,
    make_socket_factory,
)
from skvorets.delivery.sent_body import SentBody

DEFAULT_TIMEOUT_S = 30.0
# Below the 5 s after which Node, Apache and uvicorn close an idle connection: better we do it than they, unseen by us.
KEEPALIVE_S = 4.0
# Addresses are used again for this long; the judgement stays with them. Short: handlers move.
DNS_CACHE_S = 10
# Further connections to try when a kept one turns out to be closed before anything was written.
STALE_CONNECTIONS = 3
MAX_REDIRECTS = 3
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class OutgoingSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How the client behaves; the same for all handlers."""

    rules: AddressRules = AddressRules()
    # PEM file of authorities trusted in addition to the system's.
    trusted_ca: Path | None = None
    # Seconds for connection and handshake, for each address of a name.
    connect_timeout_s: float = 5.0
    # Open connections in all; each costs a file descriptor.
    max_connections: int = 1000
    # Open connections to one host and port: what a slow handler can bind.
    max_connections_per_host: int = 32


class Outgoing:
    """Owner of the one client session. ``start`` inside a running event loop, ``close`` at the end."""

    def __init__(self, settings: OutgoingSettings, *, lookup: Lookup | None = None) -> None:
        self._settings = settings
        self._lookup = lookup or SystemLookup()
        self._opened: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        """Open the session. Raises OSError or ssl.SSLError when the file of authorities cannot be used."""
        settings = self._settings
        connector = aiohttp.TCPConnector(
            resolver=CheckedResolver(self._lookup, settings.rules),
            socket_factory=make_socket_factory(settings.rules),
            # True is the library's own verifying context; loading the system's authorities again costs 50 ms.
            ssl=True if settings.trusted_ca is None else _make_tls(settings.trusted_ca),
            limit=settings.max_connections,
            limit_per_host=settings.max_connections_per_host,
            keepalive_timeout=KEEPALIVE_S,
            ttl_dns_cache=DNS_CACHE_S,
        )
        self._opened = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=settings.connect_timeout_s),
            skip_auto_headers=("User-Agent", "Accept-Encoding"),
        )

    async def close(self) -> None:
        """Close all connections. Requests under way fail."""
        if self._opened is not None:
            await self._opened.close()
            self._opened = None
        if isinstance(self._lookup, SystemLookup):
            self._lookup.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def post_form(
        self,
        url: str,
        body: bytes,
        headers: Mapping[str, str],
        *,
        timeout_s: float = DEFAULT_TIMEOUT_S,
        kept_bytes: int = KEPT_ANSWER_BYTES,
    ) -> Outcome:
        """POST a form-encoded body and say what became of it. Network failures are outcomes, not exceptions.

        ``headers`` go out as they are spelled; without a User-Agent among them none is sent. ``timeout_s`` counts from
        the look-up of the name to the head of the answer, of which ``kept_bytes`` are kept.
        """
        started = time.perf_counter()
        sending = SentBody(body)
        time_limit = asyncio.timeout(timeout_s)
        try:
            checked = self._check(url)
            async with time_limit:
                response = await self._send(checked, sending, headers)
        except (AddressError, AddressRefusedError) as error:
            return Outcome(failure=_refusal(error), duration_ms=_passed_ms(started))
        except RequestError as error:
            failure = classify(error, sending, is_time_over=time_limit.expired())
            was_sent = sending.was_sent
            sending.drop_rest()
            return Outcome(failure=failure, was_sent=was_sent, duration_ms=_passed_ms(started))
        try:
            start = await read_start(response, kept_bytes)
        finally:
            response.release()
        return Outcome(
            status=response.status,
            body_start=start.decode("utf-8", "replace"),
            duration_ms=_passed_ms(started),
            was_sent=True,
            retry_after_s=parse_retry_after(response.headers.get("Retry-After", "")),
        )

    async def get(
        self,
        url: str,
        *,
        max_bytes: int,
        accept: tuple[str, ...],
        headers: Mapping[str, str] | None = None,
        timeout_s: float = DEFAULT_TIMEOUT_S,
        takes_start: bool = False,
    ) -> Fetched:
        """GET a page of at most ``max_bytes``, following up to three redirects, each hop checked anew.

        ``accept``: media types taken, e.g. ``("text/html", "image/*")``; they are sent as Accept. Network failures are
        results, not exceptions. ``timeout_s`` is for all hops and the body together. ``takes_start``: a longer page is
        cut at ``max_bytes`` instead of refused.
        """
        started = time.perf_counter()
        reading = Reading(url, max_bytes, accept, takes_start=takes_start)
        time_limit = asyncio.timeout(timeout_s)
        sent_headers = {**(headers or {}), "Accept": ", ".join(accept), "Accept-Encoding": "identity"}
        try:
            async with time_limit:
                fetched = await self._follow(reading, sent_headers)
        except (AddressError, AddressRefusedError) as error:
            fetched = reading.failed(_refusal(error))
        except RequestError as error:
            fetched = reading.failed(classify(error, None, is_time_over=time_limit.expired()))
        return msgspec.structs.replace(fetched, duration_ms=_passed_ms(started))

    def _check(self, url: str) -> CheckedUrl:
        checked = check_url(url)
        if checked.address is not None:
            check_permitted(self._settings.rules, checked.address)
        return checked

    @property
    def _session(self) -> aiohttp.ClientSession:
        if self._opened is None:
            raise RuntimeError("Outgoing is not started")
        return self._opened

    async def _send(self, checked: CheckedUrl, sending: SentBody, headers: Mapping[str, str]) -> aiohttp.ClientResponse:
        for _ in range(STALE_CONNECTIONS):
            try:
                return await self._send_once(checked, sending, headers)
            except (aiohttp.ClientConnectorError, TimeoutError):
                raise
            except aiohttp.ClientConnectionError:
                if not sending.is_untouched:
                    raise
        return await self._send_once(checked, sending, headers)

    async def _send_once(
        self, checked: CheckedUrl, sending: SentBody, headers: Mapping[str, str]
    ) -> aiohttp.ClientResponse:
        return await self._session.post(
            checked.url, data=sending, headers=headers, allow_redirects=False, auto_decompress=False
        )

    async def _follow(self, reading: Reading, headers: Mapping[str, str]) -> Fetched:
        for _ in range(MAX_REDIRECTS + 1):
            checked = self._check(reading.url)
            async with self._session.get(checked.url, headers=headers, allow_redirects=False) as response:
                target = response.headers.get("Location")
                if response.status not in REDIRECTS or target is None:
                    return await reading.read(response)
                reading.url = _join(str(checked.url), target)
        return reading.failed(Failure(FailureKind.TOO_MANY_REDIRECTS))


def _join(base: str, target: str) -> str:
    try:
        return urljoin(base, target)
    except ValueError as error:
        raise AddressError("the target of the redirect cannot be parsed") from error


def _refusal(error: AddressError | AddressRefusedError) -> Failure:
    is_shape = isinstance(error, AddressError)
    return Failure(FailureKind.BAD_URL if is_shape else FailureKind.REFUSED_ADDRESS, str(error))


def _make_tls(trusted_ca: Path) -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.load_verify_locations(cafile=trusted_ca)
    return context


def _passed_ms(started: float) -> int:
    return round((time.perf_counter() - started) * 1000)
