"""When an event or an e-mail is sent again: policies and one pure decision.

Sources: bitrix24-events.md, section 2 (no retry, the answer is ignored); the Standard Webhooks specification,
"Deliverability and reliability". Safe by default: bots written for Bitrix24 answer twice when they get an event twice.

    attempt ─┬─ 2xx ───────────────────────────────────────────────► done
             ├─ 410, where the policy says so ─────────────────────► disable the handler
             ├─ worth repeating and attempts, time left ───────────► retry after N seconds
             └─ otherwise ─────────────────────────────────────────► dead, with the cause
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

import msgspec

from skvorets.delivery.outcome import FailureKind, Outcome

MINUTE_S = 60.0
HOUR_S = 3600.0
DAY_S = 24 * HOUR_S

# A receiver may ask for a pause, but not switch deliveries off with it; the value of telegram-bot-api.
MAX_RETRY_AFTER_S = HOUR_S
# Ten minutes is how long a conversation may stand still because its oldest event cannot be delivered. Then that event
# is parked as a dead letter, with a visible gap, and the later ones go on. Longer: people have given up on the bot
# anyway; shorter: the restart of a handler would already cost events.
PARK_HEAD_AFTER_S = 10 * MINUTE_S

STATUS_GONE = 410
# "Come back later" and what proxies say when the handler behind them is being restarted.
THROTTLED_OR_AWAY = frozenset({429, 502, 503, 504})

# Failures where the handler cannot have acted, as it did not get the whole request.
NOT_DELIVERED = frozenset(
    {
        FailureKind.DNS,
        FailureKind.CONNECT,
        FailureKind.TLS,
        FailureKind.LOGIN,
        FailureKind.TIMEOUT_BEFORE_SENT,
        FailureKind.LOST_BEFORE_SENT,
    }
)
# Failures after which the handler may or may not have acted.
IN_DOUBT = frozenset({FailureKind.SENT_THEN_TIMEOUT, FailureKind.SENT_THEN_LOST, FailureKind.BAD_ANSWER})


class DeliveryPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """How one handler's events are sent and repeated."""

    name: str
    # Seconds between the commit of an event and its first attempt.
    first_delay_s: float = 0.0
    # Seconds to wait after attempt 1, 2, …; one entry more than that many attempts are never made.
    retry_delays_s: tuple[float, ...] = ()
    # A wait is made longer by up to this fraction of it, so that events that failed together do not return together.
    jitter_fraction: float = 0.0
    # Seconds for one attempt, from the look-up of the name to the head of the answer.
    timeout_s: float
    # Repeat also when the handler may have acted already? Only for applications that expect the same event twice.
    repeat_after_sent: bool = False
    # Answers that are worth another attempt; None: every answer but 2xx.
    retry_statuses: frozenset[int] | None = frozenset()
    # Does 410 switch the handler off?
    gone_disables: bool = False
    # Whose reply codes the statuses are, for the delivery log: http or smtp.
    replies: str = "http"
    # Seconds after the event in which a new attempt may still begin.
    give_up_after_s: float


class Action(StrEnum):
    """What to do after an attempt."""

    DONE = "done"
    RETRY = "retry"
    DEAD = "dead"
    DISABLE = "disable"


class Decision(msgspec.Struct, frozen=True):
    """What to do with an event after an attempt."""

    action: Action
    # Only for RETRY: seconds from now.
    after_s: float = 0.0
    # The cause, for the delivery log: a FailureKind, ``http_<status>`` or ``smtp_<code>``; empty for DONE.
    reason: str = ""


# E-mail, whose servers say with 4yz that a letter shall come again (RFC 5321, 4.2.1): greylisting, a full mailbox. An
# administrator may need a day to mend a server (one and a half in all). A letter may arrive twice when the answer was
# lost: both copies have the same Message-ID, by which mail programs show one.
MAIL_POLICY = DeliveryPolicy(
    name="mail",
    retry_delays_s=(
        10,
        MINUTE_S,
        5 * MINUTE_S,
        15 * MINUTE_S,
        30 * MINUTE_S,
        HOUR_S,
        2 * HOUR_S,
        4 * HOUR_S,
        8 * HOUR_S,
        16 * HOUR_S,
    ),
    jitter_fraction=0.1,
    timeout_s=60.0,
    repeat_after_sent=True,
    retry_statuses=frozenset(range(400, 500)),
    give_up_after_s=2 * DAY_S,
    replies="smtp",
)
# To servers whose lines were joined. What comes twice is taken once there, so it may be repeated whatever became of it;
# a person waits for the answer, so the first repeats come soon. About a day in all.
NETWORK_POLICY = DeliveryPolicy(
    name="network",
    retry_delays_s=(
        1,
        2,
        5,
        15,
        MINUTE_S,
        5 * MINUTE_S,
        15 * MINUTE_S,
        HOUR_S,
        3 * HOUR_S,
        6 * HOUR_S,
        10 * HOUR_S,
    ),
    jitter_fraction=0.1,
    timeout_s=60.0,  # the receiver fetches files before it answers
    repeat_after_sent=True,
    retry_statuses=frozenset({408, 429, 500, 502, 503, 504}),
    give_up_after_s=DAY_S,
)
# That somebody is writing is worth nothing a moment later.
FLEETING_POLICY = DeliveryPolicy(name="fleeting", timeout_s=5.0, give_up_after_s=10.0)
POLICIES: Mapping[str, DeliveryPolicy] = MappingProxyType(
    {
        policy.name: policy
        for policy in (
            # COMPAT(bitrix24): one attempt; 10 s in all. The reference sends through a queue, never at once.
            DeliveryPolicy(name="bitrix24-cloud", first_delay_s=1.0, timeout_s=10.0, give_up_after_s=HOUR_S),
            DeliveryPolicy(
                name="safe",
                # Fast enough for a restart, patient enough for a failed update (about 1 h 45 min in all).
                retry_delays_s=(1, 5, 30, 2 * MINUTE_S, 10 * MINUTE_S, 30 * MINUTE_S, HOUR_S),
                jitter_fraction=0.1,
                timeout_s=30.0,
                retry_statuses=THROTTLED_OR_AWAY,
                # Leaves room for pauses that the handler asks for.
                give_up_after_s=6 * HOUR_S,
            ),
            DeliveryPolicy(
                name="at-least-once",
                # The documented table; its first entry (0) is the first attempt. About 3 days 4 hours in all.
                retry_delays_s=(
                    5,
                    5 * MINUTE_S,
                    30 * MINUTE_S,
                    2 * HOUR_S,
                    5 * HOUR_S,
                    10 * HOUR_S,
                    14 * HOUR_S,
                    20 * HOUR_S,
                    24 * HOUR_S,
                ),
                jitter_fraction=0.1,
                timeout_s=30.0,
                repeat_after_sent=True,
                retry_statuses=None,
                gone_disables=True,
                give_up_after_s=5 * DAY_S,
            ),
            MAIL_POLICY,
            NETWORK_POLICY,
            FLEETING_POLICY,
        )
    }
)
DEFAULT_POLICY = POLICIES["safe"]
# The policies that a portal or an application can choose for its events.
_OURS = frozenset({MAIL_POLICY.name, NETWORK_POLICY.name, FLEETING_POLICY.name})
FOR_HANDLERS = tuple(name for name in POLICIES if name not in _OURS)


def decide(policy: DeliveryPolicy, attempt: int, outcome: Outcome, jitter: float, *, age_s: float = 0.0) -> Decision:
    """Say what follows attempt number ``attempt`` (from 1).

    ``jitter`` is a random number of 0..1, ``age_s`` the age of the event in seconds. A Retry-After of the answer can
    make the wait longer, never shorter, and by one hour at most.
    """
    if outcome.status is not None and _is_success(outcome.status):
        return Decision(Action.DONE)
    reason = _name_cause(policy, outcome)
    if policy.gone_disables and outcome.status == STATUS_GONE:
        return Decision(Action.DISABLE, reason=reason)
    if attempt > len(policy.retry_delays_s) or not _is_worth_repeating(policy, outcome):
        return Decision(Action.DEAD, reason=reason)
    after_s = policy.retry_delays_s[attempt - 1] * (1.0 + policy.jitter_fraction * jitter)
    if outcome.retry_after_s is not None:
        after_s = max(after_s, min(outcome.retry_after_s, MAX_RETRY_AFTER_S))
    if age_s + after_s > policy.give_up_after_s:
        return Decision(Action.DEAD, reason=reason)
    return Decision(Action.RETRY, after_s=after_s, reason=reason)


def _is_success(status: int) -> bool:
    return 200 <= status <= 299  # noqa: PLR2004 — 2xx, known to everybody


def _name_cause(policy: DeliveryPolicy, outcome: Outcome) -> str:
    if outcome.failure is not None:
        return outcome.failure.kind.value
    return f"{policy.replies}_{outcome.status}"


def _is_worth_repeating(policy: DeliveryPolicy, outcome: Outcome) -> bool:
    if outcome.failure is None:
        return policy.retry_statuses is None or outcome.status in policy.retry_statuses
    if outcome.was_sent or outcome.failure.kind in IN_DOUBT:
        return policy.repeat_after_sent
    return outcome.failure.kind in NOT_DELIVERED
