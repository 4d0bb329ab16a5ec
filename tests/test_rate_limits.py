"""Leaky buckets: amounts, and how long somebody has to wait."""

from __future__ import annotations

import math

from skvorets.rate_limits import Limiter, LimitProfile

PROFILE = LimitProfile(bucket=10, per_second=2, operating_s=0)
OPEN = LimitProfile(bucket=0, per_second=0, operating_s=0)


class Clock:
    """A clock that is set by hand, seconds."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_amounts_fill_the_bucket() -> None:
    limiter = Limiter(Clock())

    assert limiter.admit(PROFILE, "a", 7)
    assert not limiter.admit(PROFILE, "a", 4)
    assert limiter.admit(PROFILE, "a", 3)
    assert limiter.admit(PROFILE, "b", 10)


def test_who_waits_as_long_as_it_says_is_admitted() -> None:
    clock = Clock()
    limiter = Limiter(clock)
    assert limiter.seconds_until(PROFILE, "a", 4) == 0
    assert limiter.admit(PROFILE, "a", 10)

    assert limiter.seconds_until(PROFILE, "a", 4) == 2
    clock.now += 1.9
    assert not limiter.admit(PROFILE, "a", 4)
    clock.now += 0.2
    assert limiter.seconds_until(PROFILE, "a", 4) == 0
    assert limiter.admit(PROFILE, "a", 4)


def test_what_never_fits_waits_for_ever() -> None:
    assert math.isinf(Limiter(Clock()).seconds_until(PROFILE, "a", 11))


def test_without_a_limit_nobody_waits() -> None:
    limiter = Limiter(Clock())

    assert limiter.admit(OPEN, "a", 10**9)
    assert limiter.seconds_until(OPEN, "a", 10**9) == 0
