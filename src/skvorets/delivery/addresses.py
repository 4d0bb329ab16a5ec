"""Which addresses this server may call: URL shapes and IP ranges. Pure: no look-up, no connection.

The URLs of handlers are chosen by owners of applications, hence treated like those of strangers (SSRF: OWASP ASVS 5.0,
1.3.6 and 13.2.4). An address is judged by where its packets end: IPv6 forms that carry an IPv4 address are unwrapped
first. The ranges are those of the IANA special-purpose registries (RFC 6890 and its successors); they stand here
because ``ipaddress.is_global`` changes from one Python to the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias

import msgspec
from yarl import URL

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

# Longest URL accepted, characters; servers and proxies commonly stop at 8 KiB for the whole head.
MAX_URL_LENGTH = 4096
# Longest host name, characters (RFC 1035, 2.3.4, as text without the final dot).
MAX_HOST_LENGTH = 253
MAX_PORT = 65535
# Judgements kept, as handlers get many events each. They depend on nothing but their arguments.
CACHED_URLS = 1024


class AddressError(ValueError):
    """A URL that this server does not call because of its shape; the text says why."""


class CheckedUrl(msgspec.Struct, frozen=True):
    """A URL of acceptable shape. Whether its addresses may be called is for ``AddressRules.permits``."""

    # As the HTTP client will use it: parsed once, so that nobody else can read another host out of it.
    url: URL
    # The host, when it is written as an address; None for a name.
    address: Address | None


class AddressRules(msgspec.Struct, frozen=True):
    """Where outgoing calls may go. Raises ValueError when a network is not written as CIDR."""

    # Also loopback, private and shared (CGNAT) addresses: development and the demo.
    allow_private: bool = False
    # Networks that the administrator opened although they are not public, e.g. ("10.1.0.0/16", "fd12::/32").
    allowed_networks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _parse_networks(self.allowed_networks)

    def permits(self, address: Address) -> bool:
        """May this address be called? Each address inside it must be allowed, too."""
        return _is_permitted(self, address)


def is_public(address: Address) -> bool:
    """Is this (after unwrapping) an ordinary address of the public internet?"""
    return _NOTHING_SPECIAL.permits(address)


@lru_cache(maxsize=CACHED_URLS)
def check_url(text: str) -> CheckedUrl:
    """Parse an ``http`` or ``https`` URL as the HTTP client will, refusing every doubtful form.

    Refused with AddressError: other schemes, user names, a missing host, port 0, control characters, spaces and
    backslashes, zone ids, percent signs in the host, and IPv4 addresses in any spelling but ``1.2.3.4``.
    """
    if len(text) > MAX_URL_LENGTH:
        raise AddressError("the URL is too long")
    if _DOUBTFUL_CHARACTERS.search(text):
        raise AddressError("the URL contains spaces, control characters or backslashes")
    try:
        url = URL(text)
        port = url.port
    except ValueError as error:
        raise AddressError("the URL cannot be parsed") from error
    if url.scheme not in {"http", "https"}:
        raise AddressError("the URL must begin with http:// or https://")
    if url.raw_user is not None or url.raw_password is not None:
        raise AddressError("the URL must not contain a user name")
    if port is None or not 1 <= port <= MAX_PORT:
        raise AddressError("the port is out of range")
    return CheckedUrl(url=url, address=_check_host(url.raw_host or ""))


def unwrap(address: Address) -> tuple[Address, ...]:
    """Where packets to this address end: the IPv4 addresses inside an IPv6 address, or the address itself."""
    if isinstance(address, IPv4Address):
        return (address,)
    if address.teredo is not None:
        return address.teredo  # the server that relays and the client behind it
    if address.sixtofour is not None:
        return (address.sixtofour,)
    if any(address in network for network in _IPV4_IN_LAST_BITS) and int(address) > 1:  # `::` and `::1` stay
        return (IPv4Address(int(address) & 0xFFFF_FFFF),)
    return (address,)


def parse_address(text: str) -> Address:
    """Read an address as a resolver gives it; a zone id (``fe80::1%eth0``) is kept. Raises ValueError."""
    return ip_address(text)


@lru_cache(maxsize=CACHED_URLS)
def _is_permitted(rules: AddressRules, address: Address) -> bool:
    return all(_is_permitted_unwrapped(rules, each) for each in unwrap(address))


def _is_permitted_unwrapped(rules: AddressRules, address: Address) -> bool:
    if address in _METADATA:
        return False
    if not _is_in(address, _NOT_PUBLIC) and _is_unicast(address):
        return True
    if rules.allow_private and _is_in(address, _PRIVATE):
        return True
    return _is_in(address, _parse_networks(rules.allowed_networks))


def _check_host(host: str) -> Address | None:
    if ":" in host:
        if "%" in host:
            raise AddressError("the address must not contain a zone id")
        try:
            return IPv6Address(host)
        except ValueError as error:
            raise AddressError("the IPv6 address cannot be parsed") from error
    if not _HOST_NAME.fullmatch(host) or len(host.rstrip(".")) > MAX_HOST_LENGTH:
        raise AddressError("the URL has no usable host name")
    if not _ENDS_IN_NUMBER.search(host):
        return None
    # A resolver would read `127.1`, `0x7f.1`, `017700000001` and `2130706433` as addresses; only tricksters write them.
    try:
        return IPv4Address(host)
    except ValueError as error:
        raise AddressError("an IPv4 address must be written as four decimal numbers") from error


def _is_unicast(address: Address) -> bool:
    return isinstance(address, IPv4Address) or address in _GLOBAL_UNICAST


def _is_in(address: Address, networks: Iterable[Network]) -> bool:
    return any(address in network for network in networks)


@lru_cache(maxsize=64)
def _parse_networks(texts: tuple[str, ...]) -> tuple[Network, ...]:
    return tuple(ip_network(text.strip()) for text in texts)


_DOUBTFUL_CHARACTERS = re.compile(r"[\x00-\x20\x7f\\]")
_HOST_NAME = re.compile(r"(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}\.?")
# The rule of the WHATWG URL standard ("ends in a number checker"): such a host is an IPv4 address or an error.
_ENDS_IN_NUMBER = re.compile(r"(?:^|\.)(?:[0-9]+|0x[0-9a-f]*)\.?$")

_PRIVATE = _parse_networks(
    ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "100.64.0.0/10", "::1/128", "fc00::/7")
)
_NOT_PUBLIC = (
    *_PRIVATE,
    *_parse_networks(
        (
            "0.0.0.0/8",  # "this network"; Linux connects to itself
            "169.254.0.0/16",  # link-local, metadata of most clouds
            "192.0.0.0/24",  # protocol assignments
            "192.0.2.0/24",  # documentation
            "192.52.193.0/24",  # AMT
            "192.88.99.0/24",  # relays of 6to4
            "198.18.0.0/15",  # benchmarks
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, broadcast
            "2001::/23",  # protocol assignments (Teredo has been unwrapped before)
            "2001:db8::/32",  # documentation
            "3fff::/20",  # documentation
        )
    ),
)
# Everything else of IPv6 is reserved, local, multicast or NAT64 of the local network (64:ff9b:1::/48, RFC 8215),
# whose IPv4 part has no fixed place and so cannot be judged.
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_IPV4_IN_LAST_BITS = (
    IPv6Network("::/96"),  # IPv4-compatible
    IPv6Network("::ffff:0:0/96"),  # IPv4-mapped
    IPv6Network("::ffff:0:0:0/96"),  # IPv4-translated
    IPv6Network("64:ff9b::/96"),  # NAT64
)
# They hand out the machine's credentials to whoever asks, so no setting opens them.
_METADATA = frozenset(
    ip_address(text)
    for text in (
        "169.254.169.254",  # AWS, Azure, Google, Yandex, VK and most others
        "169.254.170.2",  # AWS containers
        "100.100.100.200",  # Alibaba
        "168.63.129.16",  # Azure; a public address by its number
        "192.0.0.192",  # Oracle
        "fd00:ec2::254",  # AWS
        "fd00:ec2::23",  # AWS containers
        "fd20:ce::254",  # Google
    )
)
_NOTHING_SPECIAL = AddressRules()
