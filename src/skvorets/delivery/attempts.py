"""The two units of work around an attempt, and the one after a crash.

begin: written down as ``sending`` with its number ──► POST ──► end: written down with what became of it
"""

from __future__ import annotations

import random

import msgspec

from skvorets.core.events import record
from skvorets.core.events_network import NetworkUndelivered, NetworkWanted
from skvorets.delivery.contracts import NETWORK_EVENT, EventDialect, Request
from skvorets.delivery.outcome import Outcome
from skvorets.delivery.schedule import DEFAULT_POLICY, PARK_HEAD_AFTER_S, POLICIES, Action, DeliveryPolicy, decide
from skvorets.storage import deliveries, handlers
from skvorets.storage.database import Tx
from skvorets.storage.deliveries import Delivery, Ending
from skvorets.storage.handlers import Binding

_MS = 1000
# Reasons that no attempt gives, for the delivery log.
EXPIRED = "expired"  # it waited longer than its policy allows
NO_RECIPIENT = "no_recipient"  # the application was removed or switched off
INTERRUPTED = "interrupted"  # the process ended while it was sent, and its policy does not repeat
CANNOT_BUILD = "cannot_build"  # a mistake of ours; the log has the traceback
HANDLER_GONE = "handler_gone"  # the handler answered 410

_jitter = random.Random()  # noqa: S311 — spreads repeats, nothing secret


class Attempt(msgspec.Struct, frozen=True):
    """An attempt that is written down and must be made now."""

    delivery: Delivery  # as it was before; this is attempt number ``delivery.attempts + 1``
    policy: DeliveryPolicy
    request: Request
    missed: int  # dead letters of the lane that the handler has not been told of


class Verdict(msgspec.Struct, frozen=True):
    """What follows an attempt for its lane."""

    is_finished: bool
    is_delivered: bool = False
    next_at: int = 0  # unix milliseconds, when it is not finished
    has_killed_target: bool = False


def policy_named(name: str, default: str) -> DeliveryPolicy:
    """Give a policy by name; an empty or unknown name is the default."""
    return POLICIES.get(name) or POLICIES.get(default, DEFAULT_POLICY)


async def begin(tx: Tx, delivery_id: int, dialect: EventDialect, default_policy: str) -> Attempt | None:
    """Write down that an attempt begins and build its request; None when it came to an end without one."""
    found = await deliveries.find_with_gap(tx, delivery_id)
    if found is None or found[0].state != "waiting":  # finished, or a reader has it
        return None
    delivery, missed = found
    policy = policy_named(delivery.policy, default_policy)
    if tx.now - delivery.queued_at > policy.give_up_after_s * _MS:
        await _bury(tx, delivery, EXPIRED)
        return None
    request = await dialect.build(tx, delivery)
    if request is None:
        await _bury(tx, delivery, NO_RECIPIENT)
        return None
    await deliveries.begin_attempt(tx, delivery_id)
    return Attempt(delivery, policy, request, missed)


async def end(tx: Tx, attempt: Attempt, outcome: Outcome) -> Verdict:
    """Write down what became of an attempt and what follows; the gap that it told of is closed when it arrived."""
    verdict = await settle(tx, attempt.delivery, attempt.policy, outcome)
    if verdict.is_delivered and attempt.missed:
        await deliveries.close_gap(tx, deliveries.LaneKey(attempt.delivery.target, attempt.delivery.chat_id))
    return verdict


async def settle(tx: Tx, delivery: Delivery, policy: DeliveryPolicy, outcome: Outcome) -> Verdict:
    """Write down what became of an attempt of a delivery (as it was before) and what its policy makes of it."""
    age_s = (tx.now - delivery.queued_at) / _MS
    decision = decide(policy, delivery.tries + 1, outcome, _jitter.random(), age_s=age_s)
    status = outcome.status or 0
    if decision.action is Action.DONE:
        answer = storable(outcome.body_start)
        done = Ending(state="delivered", http_status=status, answer=answer, duration_ms=outcome.duration_ms)
        await deliveries.end_attempt(tx, delivery, done)
        return Verdict(is_finished=True, is_delivered=True)
    next_at = 0
    if decision.action is Action.RETRY:
        next_at = await _next_attempt(tx, delivery, round(decision.after_s * _MS), outcome)
    state = "waiting" if next_at else "dead"
    ending = Ending(
        state=state,
        next_at=next_at,
        http_status=status,
        failure=decision.reason,
        answer=storable(outcome.body_start),
        duration_ms=outcome.duration_ms,
    )
    await deliveries.end_attempt(tx, delivery, ending)
    if not next_at:
        await _tell_of_death(tx, delivery, status)
    if decision.action is Action.DISABLE:
        await _unbind_address(tx, delivery)
    return Verdict(not next_at, next_at=next_at, has_killed_target=decision.action is Action.DISABLE)


async def _unbind_address(tx: Tx, delivery: Delivery) -> None:
    """Forget an address that is gone: for all events that were bound to it, and for what waits."""
    gone = await handlers.find(tx, delivery.handler_id)
    if gone is not None:
        await handlers.unbind(tx, Binding(application_id=delivery.application_id, url=gone.url))
    await deliveries.kill_target(tx, delivery.target, HANDLER_GONE)


async def give_up(tx: Tx, delivery_id: int, failure: str) -> None:
    """Make a dead letter of a delivery that cannot even be tried."""
    delivery = await deliveries.find(tx, delivery_id)
    if delivery is not None:
        await _bury(tx, delivery, failure)


async def _bury(tx: Tx, delivery: Delivery, failure: str) -> None:
    await deliveries.end_attempt(tx, delivery, Ending(state="dead", failure=failure))
    await _tell_of_death(tx, delivery, 0)


async def _tell_of_death(tx: Tx, delivery: Delivery, status: int) -> None:
    """Let the chat know from which something was told to another server; owners of handlers hear by ``notices.py``."""
    if delivery.event != NETWORK_EVENT:
        return
    wanted = msgspec.json.decode(delivery.data, type=NetworkWanted)
    if not wanted.is_fleeting:
        await record(
            tx, NetworkUndelivered(server=wanted.server, lane_id=wanted.lane_id, body=wanted.body, status=status)
        )


async def recover(tx: Tx, default_policy: str, limit: int) -> int:
    """Deal with what was being sent when the process ended; how many there were.

    Whether the handler has got it is unknown. Policies that repeat let it wait again, under the same id and with a
    growing number of the attempt; the one that never repeats makes a dead letter of it.
    """
    found = await deliveries.interrupted(tx, limit)
    for delivery in found:
        repeats = bool(policy_named(delivery.policy, default_policy).retry_delays_s)
        ending = Ending(state="waiting" if repeats else "dead", next_at=tx.now, failure=INTERRUPTED)
        await deliveries.end_attempt(tx, delivery, ending)
    return len(found)


async def _next_attempt(tx: Tx, delivery: Delivery, after_ms: int, outcome: Outcome) -> int:
    """When to try again; 0 when it has held up the next one of its lane for too long and is parked.

    A handler that cannot be reached at all is the breaker's affair: parking its events one by one would help nobody.
    """
    behind = await deliveries.next_in_lane(tx, delivery)
    if behind is None or not outcome.was_sent:
        return tx.now + after_ms
    parks_at = max(delivery.first_at or tx.now, behind.queued_at) + round(PARK_HEAD_AFTER_S * _MS)
    if tx.now >= parks_at:
        return 0
    return min(tx.now + after_ms, parks_at)


def storable(text: str) -> str:
    """Give a text as it can be stored: PostgreSQL takes no NUL."""
    return text.replace("\x00", "\ufffd")
