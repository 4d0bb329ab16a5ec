"""Names to addresses that may be called, and a last gate where the socket is made.

The HTTP client gets its addresses only from ``CheckedResolver`` and its sockets only from ``make_socket_factory``: a
name is looked up once, every address of the answer is judged, and the connection goes to one of the addresses judged
(no second look-up that could say something else: DNS rebinding).
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

from skvorets.delivery.addresses import Address, AddressRules, parse_address

Lookup = Callable[[str], Awaitable[Sequence[str]]]
SocketAddress = tuple[Any, ...]
AddressInfo = tuple[int | socket.AddressFamily, int | socket.SocketKind, int, str, SocketAddress]

# A name that is not found by then counts as not found; the system's own limit is 10 s and more.
LOOKUP_TIMEOUT_S = 5.0
# Look-ups block a thread each. Own threads: names of one careless owner must not hold up the event loop's few.
LOOKUP_THREADS = 16


class AddressRefusedError(OSError):
    """The host has an address that may not be called. An OSError, so that the HTTP client passes it on as a cause."""


class SystemLookup:
    """Names through the system's resolver, in threads of its own. To be closed."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(LOOKUP_THREADS, thread_name_prefix="skvorets-dns")

    async def __call__(self, host: str) -> Sequence[str]:
        """Return all addresses of a name. Raises OSError (``socket.gaierror``)."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, _look_up, host)

    def close(self) -> None:
        """Take no more names; look-ups under way end by themselves."""
        self._threads.shutdown(wait=False, cancel_futures=True)


class CheckedResolver(AbstractResolver):
    """The resolver of the HTTP client: answers with addresses that may be called or not at all.

    Raises AddressRefusedError when *any* address of the name is refused: a name that mixes public and internal
    addresses is a trick or a mistake.
    """

    def __init__(self, lookup: Lookup, rules: AddressRules) -> None:
        self._lookup = lookup
        self._rules = rules

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002 — the interface's; our client asks for all
    ) -> list[ResolveResult]:
        """Look the name up once and judge every address. Raises OSError."""
        try:
            async with asyncio.timeout(LOOKUP_TIMEOUT_S):
                found = await self._lookup(host)
        except TimeoutError:
            raise socket.gaierror(socket.EAI_AGAIN, "the name was not found in time") from None
        results = [self._result(host, port, text) for text in found]
        if not results:
            raise socket.gaierror(socket.EAI_NONAME, "the name has no address")
        return results

    async def close(self) -> None:
        """Nothing to close: the look-up belongs to whoever made it."""

    def _result(self, host: str, port: int, text: str) -> ResolveResult:
        _check_text(self._rules, text)
        return ResolveResult(
            hostname=host,
            host=text,
            port=port,
            family=socket.AF_INET6 if ":" in text else socket.AF_INET,
            proto=0,
            flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
        )


def make_socket_factory(rules: AddressRules) -> Callable[[AddressInfo], socket.socket]:
    """Build the function that makes the client's sockets: none towards an address that may not be called.

    It also covers hosts written as addresses, for which the client asks no resolver.
    """

    def make_socket(info: AddressInfo) -> socket.socket:
        family, kind, protocol, _, target = info
        _check_text(rules, str(target[0]))
        return socket.socket(family=family, type=kind, proto=protocol)

    return make_socket


def check_permitted(rules: AddressRules, address: Address) -> None:
    """Pass if the address may be called; raises AddressRefusedError otherwise."""
    if not rules.permits(address):
        raise AddressRefusedError(f"{address} is not an address that may be called")


def _check_text(rules: AddressRules, text: str) -> None:
    try:
        address = parse_address(text)
    except ValueError as error:
        raise AddressRefusedError(f"{text} is not an address") from error
    check_permitted(rules, address)


def _look_up(host: str) -> Sequence[str]:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    except UnicodeError as error:  # a label that the IDNA codec does not take
        raise socket.gaierror(socket.EAI_NONAME, "not a host name") from error
    return list(dict.fromkeys(str(target[0]) for *_, target in found))
