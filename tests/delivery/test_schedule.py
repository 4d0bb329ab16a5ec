"""What follows an attempt, for each of the three policies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skvorets.delivery.outcome import Failure, FailureKind, Outcome
from skvorets.delivery.schedule import (
    DEFAULT_POLICY,
    FOR_HANDLERS,
    MAIL_POLICY,
    PARK_HEAD_AFTER_S,
    POLICIES,
    Action,
    Decision,
    DeliveryPolicy,
    decide,
)

CLOUD, SAFE, AT_LEAST_ONCE = POLICIES["bitrix24-cloud"], POLICIES["safe"], POLICIES["at-least-once"]

BEFORE_SENT = [
    FailureKind.DNS,
    FailureKind.CONNECT,
    FailureKind.TLS,
    FailureKind.TIMEOUT_BEFORE_SENT,
    FailureKind.LOST_BEFORE_SENT,
]
AFTER_SENT = [FailureKind.SENT_THEN_TIMEOUT, FailureKind.SENT_THEN_LOST, FailureKind.BAD_ANSWER]
PERMANENT = [FailureKind.BAD_URL, FailureKind.REFUSED_ADDRESS]


def answered(status: int, retry_after_s: float | None = None) -> Outcome:
    return Outcome(status=status, was_sent=True, retry_after_s=retry_after_s)


def failed(kind: FailureKind, *, was_sent: bool = False) -> Outcome:
    return Outcome(failure=Failure(kind), was_sent=was_sent)


def test_there_are_three_policies_for_handlers_and_safe_is_the_default() -> None:
    assert set(FOR_HANDLERS) == {"bitrix24-cloud", "safe", "at-least-once"}
    assert set(POLICIES) == {*FOR_HANDLERS, "mail", "network", "fleeting"}
    assert all(policy.name == name for name, policy in POLICIES.items())
    assert DEFAULT_POLICY is SAFE
    assert SAFE.timeout_s == 30


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_every_2xx_is_success(policy: DeliveryPolicy, status: int) -> None:
    assert decide(policy, 1, answered(status), 0.5) == Decision(Action.DONE)


@pytest.mark.parametrize("outcome", [answered(500), answered(503), answered(429), *map(failed, BEFORE_SENT)])
def test_bitrix24_cloud_never_tries_again(outcome: Outcome) -> None:
    assert decide(CLOUD, 1, outcome, 0.5).action is Action.DEAD


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_safe_tries_again_when_the_handler_asks_to_come_later(status: int) -> None:
    assert decide(SAFE, 1, answered(status), 0.0) == Decision(Action.RETRY, 1.0, f"http_{status}")


@pytest.mark.parametrize("status", [101, 301, 302, 307, 400, 401, 403, 404, 410, 413, 500, 501])
def test_safe_takes_other_answers_as_final(status: int) -> None:
    assert decide(SAFE, 1, answered(status), 0.0) == Decision(Action.DEAD, reason=f"http_{status}")


@pytest.mark.parametrize("kind", BEFORE_SENT)
def test_safe_tries_again_when_the_handler_cannot_have_acted(kind: FailureKind) -> None:
    assert decide(SAFE, 1, failed(kind), 0.0) == Decision(Action.RETRY, 1.0, kind.value)


@pytest.mark.parametrize("kind", AFTER_SENT)
def test_safe_never_repeats_what_the_handler_may_have_acted_upon(kind: FailureKind) -> None:
    assert decide(SAFE, 1, failed(kind, was_sent=True), 0.0) == Decision(Action.DEAD, reason=kind.value)


@given(st.sampled_from(list(FailureKind)), st.integers(1, 20), st.floats(0, 1))
def test_safe_never_repeats_anything_that_was_sent(kind: FailureKind, attempt: int, jitter: float) -> None:
    assert decide(SAFE, attempt, failed(kind, was_sent=True), jitter).action is Action.DEAD


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
@pytest.mark.parametrize("kind", PERMANENT)
def test_an_address_that_may_not_be_called_stays_so(policy: DeliveryPolicy, kind: FailureKind) -> None:
    assert decide(policy, 1, failed(kind), 0.0) == Decision(Action.DEAD, reason=kind.value)


def test_safe_waits_longer_each_time_and_then_stops() -> None:
    waits = [decide(SAFE, attempt, failed(FailureKind.CONNECT), 0.0).after_s for attempt in range(1, 8)]
    assert waits == [1, 5, 30, 120, 600, 1800, 3600]
    assert decide(SAFE, 8, failed(FailureKind.CONNECT), 0.0).action is Action.DEAD


def test_at_least_once_follows_the_table_of_standard_webhooks() -> None:
    waits = [decide(AT_LEAST_ONCE, attempt, answered(500), 0.0).after_s for attempt in range(1, 10)]
    hour = 3600
    assert waits == [5, 300, 1800, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour]
    assert decide(AT_LEAST_ONCE, 10, answered(500), 0.0).action is Action.DEAD


@pytest.mark.parametrize(
    "outcome", [*(failed(kind, was_sent=True) for kind in AFTER_SENT), answered(302), answered(500)]
)
def test_at_least_once_repeats_even_when_in_doubt(outcome: Outcome) -> None:
    assert decide(AT_LEAST_ONCE, 1, outcome, 0.0).action is Action.RETRY


def test_gone_disables_the_handler_only_at_least_once() -> None:
    assert decide(AT_LEAST_ONCE, 1, answered(410), 0.0) == Decision(Action.DISABLE, reason="http_410")
    assert decide(SAFE, 1, answered(410), 0.0).action is Action.DEAD
    assert decide(CLOUD, 1, answered(410), 0.0).action is Action.DEAD


@pytest.mark.parametrize(("asked", "waited"), [(0.0, 1), (17.0, 17), (3600.0, 3600), (86_400.0, 3600)])
def test_retry_after_makes_the_wait_longer_by_an_hour_at_most(asked: float, waited: float) -> None:
    assert decide(SAFE, 1, answered(503, asked), 0.0).after_s == waited


def test_retry_after_never_makes_the_wait_shorter() -> None:
    assert decide(SAFE, 7, answered(429, 1.0), 0.0).after_s == 3600


@given(st.sampled_from([SAFE, AT_LEAST_ONCE]), st.integers(1, 7), st.floats(0, 1))
def test_jitter_lengthens_a_wait_by_at_most_its_fraction(policy: DeliveryPolicy, attempt: int, jitter: float) -> None:
    base = policy.retry_delays_s[attempt - 1]
    assert base <= decide(policy, attempt, answered(503), jitter).after_s <= base * (1 + policy.jitter_fraction)


def test_an_event_that_grew_too_old_is_given_up() -> None:
    outcome = answered(503)
    assert decide(SAFE, 2, outcome, 0.0, age_s=SAFE.give_up_after_s - 5).action is Action.RETRY
    assert decide(SAFE, 2, outcome, 0.0, age_s=SAFE.give_up_after_s - 4).action is Action.DEAD


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
def test_the_whole_table_fits_before_an_event_is_given_up(policy: DeliveryPolicy) -> None:
    attempts = len(policy.retry_delays_s) + 1
    longest = sum(policy.retry_delays_s) * (1 + policy.jitter_fraction) + attempts * policy.timeout_s
    assert policy.first_delay_s + longest < policy.give_up_after_s


def test_a_conversation_waits_for_several_attempts_but_not_for_all() -> None:
    waits = SAFE.retry_delays_s
    assert sum(waits[:4]) < PARK_HEAD_AFTER_S < sum(waits)


@pytest.mark.parametrize("status", [421, 450, 451, 452])
def test_a_letter_that_the_server_wants_later_comes_again(status: int) -> None:
    assert decide(MAIL_POLICY, 1, answered(status), 0.0) == Decision(Action.RETRY, 10.0, f"smtp_{status}")


@pytest.mark.parametrize("status", [500, 535, 550, 552, 554])
def test_a_letter_that_the_server_refuses_is_not_sent_again(status: int) -> None:
    assert decide(MAIL_POLICY, 1, answered(status), 0.0) == Decision(Action.DEAD, reason=f"smtp_{status}")


@pytest.mark.parametrize("kind", [*BEFORE_SENT, *AFTER_SENT, FailureKind.LOGIN])
def test_a_letter_comes_again_whatever_happens_on_the_way(kind: FailureKind) -> None:
    assert decide(MAIL_POLICY, 1, failed(kind), 0.0).action is Action.RETRY
