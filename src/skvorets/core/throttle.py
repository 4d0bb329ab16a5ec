"""Counting what somebody does in vain, so that guessing stops: passwords, codes, links.

An attempt is counted before it is judged, so that many at once cannot slip past the limit; success takes the count
back. What is counted stands under digests: logins and addresses that were tried are not kept in clear.
Rules: OWASP ASVS 6.3.1.
"""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Sequence

import msgspec

from skvorets.errors import TooManyAttemptsError
from skvorets.storage import logins
from skvorets.storage.database import Tx, lock_key
from skvorets.storage.logins import Attempts

# Wrong attempts are counted within one window.
WINDOW_MS = 15 * 60 * 1000
# Attempts are counted one after another.
ATTEMPTS_KEY = lock_key("login")
# Wrong passwords and links of one network, whoever is meant by them.
MAX_PER_ADDRESS = 100

# Networks of IPv6 users are /64: one user has all addresses of it.
_IPV6_PREFIX = 64


class Limit(msgspec.Struct, frozen=True):
    """Something that is counted."""

    key: str
    most: int  # attempts in vain within a window


def limit(most: int, *counted: str) -> Limit:
    """Name what is counted by its parts."""
    return Limit(hashlib.sha256("\0".join(counted).encode("utf-8", "surrogatepass")).hexdigest(), most)


def limit_of_address(address: str) -> Limit:
    """Count what comes from one network, wherever it is tried."""
    return limit(MAX_PER_ADDRESS, "address", network_of(address))


def network_of(address: str) -> str:
    """Give what one user has of the network: an IPv4 address, a /64 of IPv6; other texts as they are."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, _IPV6_PREFIX), strict=False))
    return str(parsed)


async def count(tx: Tx, limits: Sequence[Limit]) -> None:
    """Count an attempt under each. Raises TooManyAttemptsError, and counts nothing, when one is used up."""
    counted = [(one, await logins.attempts(tx, one.key)) for one in limits]
    if any(known is not None and known.failures >= one.most for one, known in counted):
        raise TooManyAttemptsError
    await logins.forget_old_attempts(tx)
    for one, known in counted:
        before = known or Attempts(0, tx.now + WINDOW_MS)
        await logins.put_attempts(tx, one.key, Attempts(before.failures + 1, before.until))


async def take_back(tx: Tx, limits: Sequence[Limit]) -> None:
    """Take back the attempt that was counted: it was not in vain."""
    for one in limits:
        known = await logins.attempts(tx, one.key)
        if known is not None:
            await logins.put_attempts(tx, one.key, Attempts(max(0, known.failures - 1), known.until))


async def forget(tx: Tx, counted: Limit) -> None:
    """Begin anew."""
    await logins.forget_attempts(tx, counted.key)
