"""How much a visitor, and all visitors of a network address together, may do: anybody can become one.

Leaky buckets in the memory of the process, a bounded number of them: who is refused hears when to come again. An IPv6
address counts by its network of 64 bits, which is what one household or one attacker has.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from typing import Final, Literal, TypeAlias

from skvorets.dialects.widget.errors import ApiError
from skvorets.rate_limits import Limiter, LimitProfile
from skvorets.web_origin import network_of

Kind: TypeAlias = Literal["requests", "visitors", "messages", "files", "bytes", "tickets", "wrong_tokens"]
_HOUR: Final = 3600
_MIB: Final = 1024 * 1024


def _limit(at_once: int, per_second: float) -> LimitProfile:
    return LimitProfile(bucket=at_once, per_second=per_second, operating_s=0)


# So many at once, then so many a second.
OF_VISITOR: Final[Mapping[Kind, LimitProfile]] = {
    "requests": _limit(150, 5),  # a page that opens asks for half a dozen things
    "messages": _limit(20, 0.5),  # a quick writer sends one in three seconds
    "files": _limit(20, 60 / _HOUR),
    "bytes": _limit(200 * _MIB, 200 * _MIB / _HOUR),
    "tickets": _limit(20, 0.2),
}
# An office behind one address is many visitors.
OF_ADDRESS: Final[Mapping[Kind, LimitProfile]] = {
    "requests": _limit(1500, 50),
    "visitors": _limit(30, 60 / _HOUR),
    "messages": _limit(150, 5),
    "files": _limit(100, 300 / _HOUR),
    "bytes": _limit(1024 * _MIB, 1024 * _MIB / _HOUR),
    "tickets": _limit(150, 2),
    "wrong_tokens": _limit(20, 10 / 60),
}


class Limits:
    """Counts what visitors do."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Count with a clock in seconds."""
        self._visitors = Limiter(clock)
        self._addresses = Limiter(clock)

    def count(self, kind: Kind, address: str, token: str = "", *, amount: float = 1) -> None:
        """Count something of an address and of the visitor with this secret. Raises ApiError 429.

        Only secrets that somebody has are to be given: others would crowd those out.
        """
        if token and kind in OF_VISITOR:
            _count(self._visitors, OF_VISITOR[kind], _key(kind, token), amount)
        if kind in OF_ADDRESS:
            _count(self._addresses, OF_ADDRESS[kind], _key(kind, network_of(address)), amount)

    def check(self, kind: Kind, address: str, token: str = "") -> None:
        """Refuse what ``count`` would refuse, and count nothing: before anything is looked up. Raises ApiError 429."""
        if token and kind in OF_VISITOR:
            _check(self._visitors, OF_VISITOR[kind], _key(kind, token), 1)
        if kind in OF_ADDRESS:
            _check(self._addresses, OF_ADDRESS[kind], _key(kind, network_of(address)), 1)


def _count(limiter: Limiter, profile: LimitProfile, key: str, amount: float) -> None:
    if not limiter.admit(profile, key, amount):
        _check(limiter, profile, key, amount)


def _check(limiter: Limiter, profile: LimitProfile, key: str, amount: float) -> None:
    wait = limiter.seconds_until(profile, key, amount)
    if not wait:
        return
    if math.isinf(wait):
        raise ApiError(413, "too_large", "This is too large.")
    raise ApiError(429, "too_many", "Too much at once. Try again later.", retry_after_s=max(1, math.ceil(wait)))


def _key(kind: Kind, whose: str) -> str:
    return f"{kind}:{whose}"
