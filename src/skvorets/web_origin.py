"""Where a request of a browser comes from: from a page of ours or a foreign one, and from which network address.

Shared by all doors where people log in, so that none is weaker than the others. Rules: OWASP ASVS 3.5.
"""

from __future__ import annotations

from ipaddress import AddressValueError, IPv6Address
from typing import Final

from aiohttp import web

from skvorets.config import Config

# Of an IPv6 address: what one household has, or one attacker.
_NETWORK_BITS: Final = 64


def is_from_here(request: web.BaseRequest, config: Config) -> bool:
    """Was this sent by a page of ours? Programs and old browsers name no origin; something else must do then."""
    origin = request.headers.get("Origin")
    if origin is None:
        return request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}
    return origin.lower().partition("://")[2] in {request.host.lower(), config.domain.lower()}


def client_address(request: web.BaseRequest, config: Config) -> str:
    """Give the caller's network address; behind a proxy what the proxy says."""
    forwarded = request.headers.get("X-Forwarded-For", "") if config.behind_proxy else ""
    return forwarded.rpartition(",")[2].strip() or request.remote or ""


def network_of(address: str) -> str:
    """Give what counts as one caller: an IPv4 address, the network of an IPv6 one, other texts as they are."""
    if ":" not in address:
        return address
    try:
        parsed = IPv6Address(address.partition("%")[0])
    except AddressValueError:
        return address
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(IPv6Address(int(parsed) >> _NETWORK_BITS << _NETWORK_BITS))
