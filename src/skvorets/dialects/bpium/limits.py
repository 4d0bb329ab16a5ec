"""How many requests an account and a network address may send within a window.

Source: spec ``bpium-messages.md`` §3.6, 3.7. Counts live in the memory of the process; both numbers are settings.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from skvorets.dialects.bpium.errors import ApiError

WINDOW_S: Final = 30
"""Requests are counted within so many seconds. [docs]"""
MAX_COUNTS: Final = 20_000
"""Callers whose counts are kept; those who began longest ago are forgotten first."""


class RequestCounter:
    """Counts requests by a key."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Allow ``most`` requests within a window; 0 = any number."""
        self._most = most
        self._clock = clock
        self._counts: OrderedDict[str, tuple[float, int]] = OrderedDict()  # by key: begin of the window, requests

    def count(self, key: str) -> None:
        """Count a request. Raises ApiError 429 when there were too many."""
        if not self._most:
            return
        now = self._clock()
        begin, requests = self._counts.get(key, (now, 0))
        if now - begin >= WINDOW_S:
            begin, requests = now, 0
        if requests >= self._most:
            raise ApiError(429, "Too many requests.", retry_after_s=max(1, int(begin + WINDOW_S - now) + 1))
        self._counts[key] = (begin, requests + 1)
        if len(self._counts) > MAX_COUNTS:
            self._counts.popitem(last=False)
