"""May an application have its events sent to this URL? Judged when a handler is bound, by the URL's shape alone.

Source: spec ``bitrix24-transport.md`` §10.1 (HANDLER); ``wire-habits.md``, "Events out". Where the host's addresses lie
is judged once more before each call, by the outgoing client (``delivery/addresses.py``): names change their addresses.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

import msgspec

from skvorets.errors import WrongAddressError, WrongProtocolError
from skvorets.storage.applications import Application
from skvorets.storage.database import Portal

# Longest URL accepted, bytes of UTF-8: handlers are found by it, and an index row of PostgreSQL takes some 2,700 bytes.
MAX_URL_BYTES = 2000
_DOUBTFUL_CHARACTERS = re.compile(r"[\x00-\x20\x7f\\\ud800-\udfff]")
_HOST_NAME = re.compile(r"[^\W.](?:[\w.-]{0,251}\w)?\.?")


def portal_for(portal: Portal, application: Application | None) -> Portal:
    """The portal as addresses of an application are judged: one that takes its events itself may name any of its own.

    Nothing is ever sent there, so ``http://localhost:8000/handler`` does no harm.
    """
    if application is None or not application.is_pulling:
        return portal
    return msgspec.structs.replace(portal, allow_private_handlers=True)


def check_handler_url(portal: Portal, url: str) -> str:
    """Give the URL back if events may be sent there: http or https, a host with a dot, no user name.

    Where private handlers are allowed (development), ``localhost`` and loopback addresses will do as well.
    Raises WrongProtocolError for another scheme, WrongAddressError for everything else.
    """
    if len(url.encode("utf-8", "surrogatepass")) > MAX_URL_BYTES or _DOUBTFUL_CHARACTERS.search(url):
        raise WrongAddressError
    parts = _split(url)
    if parts.scheme not in {"http", "https"}:
        raise WrongProtocolError
    host = _host(parts)
    address = _address(host)
    if not portal.allow_private_handlers:
        # A handler here would be our own machine; 0.0.0.0 is a way to say so, and link-local hands out secrets.
        if address is not None and (address.is_loopback or address.is_unspecified or address.is_link_local):
            raise WrongAddressError
        if address is None and "." not in host.rstrip("."):
            raise WrongAddressError
    return url


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        raise WrongAddressError from None


def _host(parts: SplitResult) -> str:
    try:
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise WrongAddressError from None
    is_literal = ":" in host
    if parts.username is not None or port == 0 or not (is_literal or _HOST_NAME.fullmatch(host)):
        raise WrongAddressError
    return host


def _address(host: str) -> IPv4Address | IPv6Address | None:
    """Read the host as an address; None for a name. Of an IPv6 address that carries an IPv4 one, the latter."""
    try:
        address = ip_address(host)
    except ValueError:
        if ":" in host:
            raise WrongAddressError from None
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
