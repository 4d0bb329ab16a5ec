"""Rate limits: the leaky bucket of requests (``rate_limits``) and the budget of operating time.

Source: spec ``bitrix24-transport.md`` §7. A profile is chosen for the portal (``Config.limits``) and may be chosen for
an application. Counts live in the memory of the process.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from skvorets.rate_limits import MAX_BUCKETS, PROFILES, Limiter, LimitProfile

__all__ = ["MAX_BUCKETS", "PROFILES", "SLOTS", "SLOT_S", "LimitProfile", "Limiter", "Operating"]

# The budget is kept in ten slots of a minute each. [docs]
SLOT_S = 60
SLOTS = 10


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
