"""Rate limits: the leaky bucket of requests. A profile is chosen for the portal: ``Config.limits``.

Source: spec ``bitrix24-transport.md`` §7; others take the same numbers. Counts live in the memory of the process.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping

import msgspec

# Callers whose counts are kept; the longest unused ones are forgotten first.
MAX_BUCKETS = 20_000


class LimitProfile(msgspec.Struct, frozen=True):
    """The numbers of one tariff. 0 = no limit."""

    bucket: int  # requests that may wait in the bucket
    per_second: float  # how fast it empties
    operating_s: float  # processing time of one method within ten minutes


PROFILES: Mapping[str, LimitProfile] = {
    "open": LimitProfile(bucket=0, per_second=0, operating_s=0),
    "bitrix24-cloud": LimitProfile(bucket=50, per_second=2, operating_s=480),
    "enterprise": LimitProfile(bucket=250, per_second=5, operating_s=480),
}


class Limiter:
    """Leaky buckets by key: a caller's address, or a person."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Count with a clock in seconds."""
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def admit(self, profile: LimitProfile, key: str, amount: float = 1) -> bool:
        """Count a request; False when the bucket is full (a refused request is not counted)."""
        if not profile.bucket:
            return True
        now = self._clock()
        level, since = self._buckets.pop(key, (0.0, now))
        level = max(0.0, level - (now - since) * profile.per_second)
        is_admitted = level + amount <= profile.bucket
        self._buckets[key] = (level + amount if is_admitted else level, now)
        if len(self._buckets) > MAX_BUCKETS:
            self._buckets.popitem(last=False)
        return is_admitted

    def seconds_until(self, profile: LimitProfile, key: str, amount: float = 1) -> float:
        """Give in how many seconds a request would be admitted, 0 = now; infinite for what never fits."""
        if not profile.bucket:
            return 0.0
        if amount > profile.bucket:
            return math.inf
        level, since = self._buckets.get(key, (0.0, 0.0))
        level -= (self._clock() - since) * profile.per_second
        return max(0.0, (level + amount - profile.bucket) / profile.per_second)
