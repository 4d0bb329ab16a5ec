"""Counting what visitors do."""

from __future__ import annotations

import pytest

from skvorets.dialects.widget.errors import ApiError
from skvorets.dialects.widget.limits import OF_VISITOR, Limits
from skvorets.rate_limits import MAX_BUCKETS


class Clock:
    """A clock that is set by hand, seconds."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def refusal_of(limits: Limits, address: str = "192.0.2.1", token: str = "1", amount: float = 1) -> ApiError:
    with pytest.raises(ApiError) as refusal:
        limits.count("files", address, token, amount=amount)
    return refusal.value


def test_who_waits_as_long_as_he_is_told_is_admitted() -> None:
    clock = Clock()
    limits = Limits(clock)
    for _ in range(OF_VISITOR["files"].bucket):
        limits.count("files", "192.0.2.1", "1")

    refusal = refusal_of(limits)
    assert (refusal.status, refusal.code) == (429, "too_many")
    clock.now += refusal.retry_after_s - 2
    refusal_of(limits)
    clock.now += 2
    limits.count("files", "192.0.2.1", "1")


def test_visitors_of_one_address_count_apart_and_together() -> None:
    limits = Limits(Clock())
    admitted = 0
    for client_id in range(1, 100):
        try:
            for _ in range(OF_VISITOR["files"].bucket):
                limits.count("files", "192.0.2.1", str(client_id))
                admitted += 1
        except ApiError:
            break

    assert admitted == 100
    limits.count("files", "192.0.2.2", "1000")


def test_a_network_of_ipv6_counts_as_one_address() -> None:
    limits = Limits(Clock())
    for number in range(100):
        limits.count("files", f"2001:db8::{number:x}", str(number))

    refusal_of(limits, "2001:db8::ffff:1", "1000")
    limits.count("files", "2001:db8:0:1::1", "1000")


def test_what_never_fits_is_too_large() -> None:
    refusal = refusal_of(Limits(Clock()), amount=OF_VISITOR["files"].bucket + 1)

    assert (refusal.status, refusal.code, refusal.retry_after_s) == (413, "too_large", 0)


def test_counts_do_not_fill_the_memory() -> None:
    limits = Limits(Clock())

    for number in range(MAX_BUCKETS + 100):
        limits.count("requests", str(number), str(number))

    assert len(limits._visitors._buckets) == len(limits._addresses._buckets) == MAX_BUCKETS


def test_looking_counts_nothing() -> None:
    limits = Limits(Clock())
    for _ in range(OF_VISITOR["files"].bucket):
        limits.check("files", "192.0.2.1", "1")
        limits.count("files", "192.0.2.1", "1")

    with pytest.raises(ApiError):
        limits.check("files", "192.0.2.1", "1")
    for number in range(100):
        limits.check("files", "192.0.2.2", f"guess {number}")
    assert len(limits._visitors._buckets) == len(limits._addresses._buckets) == 1
