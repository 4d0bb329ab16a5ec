"""A circuit breaker per handler: one that cannot be reached is left alone for a while.

    closed ──FAILURES_TO_OPEN connection failures in a row──► open ──its time is over──► half-open: one attempt
       ▲                                                       ▲                              │
       └──────────────────── it answered ──────────────────────┼──────────────────────────────┤
                                                               └──── not reached again ───────┘ (twice as long)

Only failures to reach it count: an answer of 500 comes from a handler that is there.
"""

from __future__ import annotations

from enum import StrEnum

from skvorets.delivery.outcome import Outcome
from skvorets.delivery.schedule import NOT_DELIVERED

# Connection failures in a row. One can be a restart, five are an absence.
FAILURES_TO_OPEN = 5
# The first pause, and the longest; each is twice the one before. A handler that is back waits a minute at most.
FIRST_PAUSE_MS = 1_000
MAX_PAUSE_MS = 60_000


class BreakerState(StrEnum):
    """What the console shows."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


class Breaker:
    """The breaker of one target. Times are unix milliseconds."""

    def __init__(self) -> None:
        """Begin closed."""
        self.failures = 0
        self.opens_again_at = 0  # when the next attempt may be made; 0 = closed
        self.last_failure = ""
        self._is_probing = False

    @property
    def state(self) -> BreakerState:
        """Closed, open, or half-open while the one attempt is under way."""
        if not self.opens_again_at:
            return BreakerState.CLOSED
        return BreakerState.HALF_OPEN if self._is_probing else BreakerState.OPEN

    def allows(self, now: int) -> bool:
        """May an attempt begin now? The caller tells of its beginning by ``begin``."""
        return not self.opens_again_at or (now >= self.opens_again_at and not self._is_probing)

    def begin(self) -> None:
        """An attempt begins."""
        self._is_probing = self.opens_again_at > 0

    def abandon(self) -> None:
        """The attempt that began was not made after all."""
        self._is_probing = False

    def note(self, outcome: Outcome, now: int) -> bool:
        """Learn from an attempt; True when the handler was away and has just come back."""
        if outcome.failure is None or outcome.failure.kind not in NOT_DELIVERED:
            was_away = self.opens_again_at > 0
            self.failures = self.opens_again_at = 0
            self._is_probing = False
            return was_away
        self.failures += 1
        self.last_failure = outcome.failure.kind.value
        self._is_probing = False
        if self.failures >= FAILURES_TO_OPEN:
            pause = FIRST_PAUSE_MS << min(self.failures - FAILURES_TO_OPEN, 10)
            self.opens_again_at = now + min(pause, MAX_PAUSE_MS)
        return False
