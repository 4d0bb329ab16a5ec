"""A handler that cannot be reached is left alone, longer and longer, until it answers."""

from __future__ import annotations

import pytest

from skvorets.delivery.breaker import FAILURES_TO_OPEN, FIRST_PAUSE_MS, MAX_PAUSE_MS, Breaker, BreakerState
from skvorets.delivery.outcome import Failure, FailureKind, Outcome

AWAY = Outcome(failure=Failure(FailureKind.CONNECT, "refused"))
NOW = 1_000_000


def _open(breaker: Breaker) -> None:
    for _ in range(FAILURES_TO_OPEN):
        breaker.begin()
        breaker.note(AWAY, NOW)


def test_a_few_failures_change_nothing() -> None:
    breaker = Breaker()
    for _ in range(FAILURES_TO_OPEN - 1):
        breaker.begin()
        assert not breaker.note(AWAY, NOW)
    assert breaker.state is BreakerState.CLOSED
    assert breaker.allows(NOW)


def test_after_enough_failures_in_a_row_it_opens_for_the_first_pause() -> None:
    breaker = Breaker()
    _open(breaker)
    assert breaker.state is BreakerState.OPEN
    assert breaker.last_failure == "connect"
    assert not breaker.allows(NOW + FIRST_PAUSE_MS - 1)
    assert breaker.allows(NOW + FIRST_PAUSE_MS)


def test_then_one_attempt_at_a_time_and_twice_the_pause_after_each_failure() -> None:
    breaker = Breaker()
    _open(breaker)
    later = NOW + FIRST_PAUSE_MS
    breaker.begin()
    assert breaker.state is BreakerState.HALF_OPEN
    assert not breaker.allows(later)
    breaker.note(AWAY, later)
    assert breaker.opens_again_at == later + 2 * FIRST_PAUSE_MS
    for _ in range(100):
        breaker.begin()
        breaker.note(AWAY, later)
    assert breaker.opens_again_at == later + MAX_PAUSE_MS


def test_an_attempt_that_was_not_made_leaves_the_next_one_free() -> None:
    breaker = Breaker()
    _open(breaker)
    breaker.begin()
    breaker.abandon()
    assert breaker.allows(NOW + FIRST_PAUSE_MS)


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome(status=200),
        Outcome(status=500),
        Outcome(failure=Failure(FailureKind.SENT_THEN_TIMEOUT), was_sent=True),
        Outcome(failure=Failure(FailureKind.BAD_ANSWER), was_sent=True),
    ],
)
def test_whoever_takes_the_request_is_there(outcome: Outcome) -> None:
    breaker = Breaker()
    _open(breaker)
    breaker.begin()
    assert breaker.note(outcome, NOW)
    assert breaker.state is BreakerState.CLOSED
    assert not breaker.note(outcome, NOW)
    assert breaker.failures == 0
