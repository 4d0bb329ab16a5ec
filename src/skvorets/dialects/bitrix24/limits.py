"""Rate limits: the leaky bucket of requests and the budget of operating time.

Source: spec ``bitrix24-transport.md`` §7. A profile is chosen for the portal (``Config.limits``) and may be chosen for
an application. Counts live in the memory of the process.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping

import msgspec

# Callers and methods whose counts are kept; the longest unused ones are forgotten first.
MAX_BUCKETS = 20_000
# The budget is kept in ten slots of a minute each. [docs]
SLOT_S = 60
SLOTS = 10


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
    """Leaky buckets by key: the caller's address, see ``Execution.admit``."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Count with a clock in seconds."""
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def admit(self, profile: LimitProfile, key: str) -> bool:
        """Count a request; False when the bucket is full (a refused request is not counted)."""
        if not profile.bucket:
            return True
        now = self._clock()
        level, since = self._buckets.pop(key, (0.0, now))
        level = max(0.0, level - (now - since) * profile.per_second)
        is_admitted = level + 1 <= profile.bucket
        self._buckets[key] = (level + 1 if is_admitted else level, now)
        if len(self._buckets) > MAX_BUCKETS:
            self._buckets.popitem(last=False)
        return is_admitted


class Operating:
    """Processing time that each method of each application used within the last ten minutes."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        """Count with a clock in unix seconds."""
        self._clock = clock
        self._used: OrderedDict[tuple[int, str], dict[int, float]] = OrderedDict()

    def charge(self, application_id: int, method: str, seconds: float) -> tuple[float, int]:
        """Add time to the budget; what is used now, and when the oldest part of it is released (unix seconds)."""
        slot = int(self._clock()) // SLOT_S
        key = (application_id, method)
        used = self._used.get(key)
        if used is None:
            used = self._used[key] = {}
            if len(self._used) > MAX_BUCKETS:
                self._used.popitem(last=False)
        used[slot] = used.get(slot, 0.0) + seconds
        oldest = next(iter(used))
        while oldest <= slot - SLOTS:
            del used[oldest]
            oldest = next(iter(used))
        return (used[slot] if len(used) == 1 else sum(used.values())), (oldest + SLOTS) * SLOT_S

    def is_spent(self, profile: LimitProfile, application_id: int, method: str) -> bool:
        """Has the method used up its budget?"""
        if not profile.operating_s:
            return False
        newest_gone = int(self._clock()) // SLOT_S - SLOTS
        used = self._used.get((application_id, method), {})
        return sum(seconds for slot, seconds in used.items() if slot > newest_gone) >= profile.operating_s
