"""Units of work of pulling: what a reader is given, and what he says of it. Contract: docs/delivery.md, "Pull".

waiting ──take──► handed out ──acknowledged──► delivered
   ▲                  │
   ├── reader gone ───┤ resume: the next reader gets it again (bitrix24-cloud: dead, "unacknowledged")
   └── not now ───────┴ refuse: waits or dies as the reader or the policy says, what is behind it waits with it
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from skvorets.delivery import attempts
from skvorets.delivery.attempts import CANNOT_BUILD, NO_RECIPIENT, policy_named
from skvorets.delivery.contracts import EventDialect, Request
from skvorets.delivery.outcome import Outcome
from skvorets.storage import deliveries, pull
from skvorets.storage.database import Tx
from skvorets.storage.deliveries import Delivery, Ending, LaneKey
from skvorets.storage.pull import OpenRow

# Open deliveries looked at in one unit: those of lanes that must wait are passed over.
LOOKED_AT = 1_000
# A POST that was under way when the application began to take its events itself: its lane is looked at again then.
UNDER_WAY_PAUSE_MS = 1_000
# Reasons for the delivery log that only reading gives.
UNACKNOWLEDGED = "unacknowledged"  # the reader went away with it, and its policy does not repeat
BEHIND = "behind"  # one before it in its lane was given back, so it comes again, too
REJECTED = "rejected"  # the reader did not want it
_MS = 1000
# What a mistake of ours in building a request looks like.
_MISTAKES = (LookupError, TypeError, ValueError, AttributeError, msgspec.MsgspecError)


class View(msgspec.Struct, frozen=True):
    """What a queue knows before it takes: the units read it, and only the queue changes it."""

    scanned_to: int  # deliveries with ids up to it are handed out, or of lanes that are ready or blocked
    ready: Sequence[LaneKey]  # lanes to be walked from their beginning, before anything new
    blocked: Mapping[LaneKey, int]  # lanes that wait, until when (unix milliseconds)


class Taken(msgspec.Struct, frozen=True):
    """What a unit has handed out and seen."""

    ids: list[int]
    last_offset: int  # the number of the last one; those before have the numbers before
    scanned_to: int
    walked: list[LaneKey]  # ready lanes that have nothing more to give
    blocked: dict[LaneKey, int]  # lanes that were found to wait
    has_more: bool  # it is worth taking again at once


class Resumed(msgspec.Struct, frozen=True):
    """What a reader's coming has changed."""

    last_offset: int
    finished: int  # deliveries that he has acknowledged
    lanes: list[LaneKey]  # of what the reader before had and did not acknowledge


class Handed(msgspec.Struct, frozen=True):
    """One event for a reader."""

    delivery: Delivery  # as it is now: attempt number ``delivery.attempts``
    request: Request
    missed: int  # dead letters of the lane that the reader has not been told of


class Unbuilt(msgspec.Struct, frozen=True):
    """One that cannot be given to anybody."""

    delivery_id: int
    failure: str


class Refused(msgspec.Struct, frozen=True):
    """What became of an event that the reader gave back."""

    lane: LaneKey
    state: str  # waiting, dead or delivered
    next_at: int  # unix milliseconds, when it waits
    returned: list[int]  # numbers of later ones of its lane, which will come again
    has_killed_target: bool = False


async def resume(tx: Tx, application_id: int, after: int | None, default_policy: str) -> Resumed | None:
    """Let a reader begin: what is numbered up to ``after`` is done, the rest is given again. None: no such number."""
    last = await pull.last_offset(tx, application_id)
    if after is not None and after > last:
        return None
    finished = await pull.finish_up_to(tx, application_id, after) if after else 0
    left = await pull.handed_out(tx, application_id)
    again = [one for one in left if policy_named(one.policy, default_policy).retry_delays_s]
    await pull.put_back(tx, [one.id for one in again], UNACKNOWLEDGED)
    for one in left:
        if one not in again:
            await deliveries.end_attempt(tx, one, Ending(state="dead", failure=UNACKNOWLEDGED))
    return Resumed(last, finished, sorted({LaneKey(one.target, one.chat_id) for one in left}))


async def take(tx: Tx, application_id: int, view: View, limit: int) -> Taken:
    """Hand out up to ``limit`` deliveries: in the order of their lanes, of lanes that need not wait."""
    choice = _Choice(tx.now, limit, view)
    for lane in view.ready:
        choice.walk(lane, await pull.not_handed_out(tx, lane, limit + 1))
        if choice.is_full:
            break
    looked_at, is_end = 0, False
    while not choice.is_full and not is_end and looked_at < LOOKED_AT:
        rows = await pull.open_after(tx, application_id, choice.scanned_to, limit + 1)
        choice.scan(rows)
        looked_at += len(rows)
        is_end = len(rows) <= limit
    last = await pull.hand_out(tx, application_id, sorted(choice.ids)) if choice.ids else 0
    has_more = choice.is_full or not is_end
    return Taken(sorted(choice.ids), last, choice.scanned_to, choice.walked, choice.blocked, has_more)


class _Choice:
    """Chooses deliveries; ``walk`` is given lanes, ``scan`` what follows ``scanned_to``."""

    def __init__(self, now: int, limit: int, view: View) -> None:
        self.ids: set[int] = set()
        self.scanned_to = view.scanned_to
        self.walked: list[LaneKey] = []
        self.blocked: dict[LaneKey, int] = {}
        self._now = now
        self._limit = limit
        self._view = view
        self._ready = set(view.ready)

    @property
    def is_full(self) -> bool:
        return len(self.ids) >= self._limit

    def walk(self, lane: LaneKey, rows: Sequence[OpenRow]) -> None:
        """Take from the beginning of a ready lane."""
        for row in rows:
            if self.is_full:
                return
            if not self._take(row):
                break
        self._ready.discard(lane)
        self.walked.append(lane)

    def scan(self, rows: Sequence[OpenRow]) -> None:
        """Take what is new, or was not looked at since the start."""
        for row in rows:
            if self.is_full:
                return
            self.scanned_to = row.id
            lane = row.lane
            waits = lane in self._ready or lane in self.blocked or lane in self._view.blocked
            if not waits and not row.is_handed_out and row.id not in self.ids:
                self._take(row)

    def _take(self, row: OpenRow) -> bool:
        if row.is_waiting and row.next_at <= self._now:
            self.ids.add(row.id)
            return True
        self.blocked[row.lane] = row.next_at if row.is_waiting else self._now + UNDER_WAY_PAUSE_MS
        return False


async def read_out(tx: Tx, ids: Sequence[int], dialect: EventDialect) -> list[Handed | Unbuilt]:
    """Build the requests of deliveries that are handed out, with fresh tokens, in their order."""
    told: set[LaneKey] = set()
    found: list[Handed | Unbuilt] = []
    for delivery_id in ids:
        delivery = await deliveries.find(tx, delivery_id)
        if delivery is None or not delivery.pull_offset:
            continue
        try:
            request = await dialect.build(tx, delivery)
        except _MISTAKES:
            found.append(Unbuilt(delivery_id, CANNOT_BUILD))
            continue
        if request is None:
            found.append(Unbuilt(delivery_id, NO_RECIPIENT))
            continue
        lane = LaneKey(delivery.target, delivery.chat_id)
        missed = await deliveries.gap(tx, lane) if lane not in told else 0
        if missed and not await pull.is_first_of_lane(tx, delivery):
            missed = 0  # the one before it has told
        told.add(lane)
        found.append(Handed(delivery, request, missed))
    return found


async def bury(tx: Tx, unbuilt: Sequence[Unbuilt]) -> None:
    """Make dead letters of what cannot be given to anybody."""
    for one in unbuilt:
        await attempts.give_up(tx, one.delivery_id, one.failure)


async def hurry(tx: Tx, lanes: Sequence[LaneKey]) -> None:
    """Let the first waiting delivery of each lane be due now."""
    for lane in lanes:
        await pull.make_due(tx, lane)


class Receipt(msgspec.Struct, frozen=True):
    """A reader's word that an event is done."""

    offset: int
    status: int = 0  # what the handler behind the reader answered, for the log
    answer: str = ""


async def acknowledge(tx: Tx, application_id: int, receipts: Sequence[Receipt]) -> list[Delivery]:
    """Count events as delivered; those that were handed out under these numbers."""
    done = []
    for receipt in receipts:
        delivery = await pull.by_offset(tx, application_id, receipt.offset)
        if delivery is None:
            continue
        ending = Ending(
            state="delivered",
            http_status=receipt.status,
            answer=attempts.storable(receipt.answer),
            duration_ms=tx.now - delivery.attempt_at,
        )
        await deliveries.end_attempt(tx, delivery, ending)
        await deliveries.close_gap(tx, LaneKey(delivery.target, delivery.chat_id))
        done.append(delivery)
    return done


class Refusal(msgspec.Struct, frozen=True):
    """A reader's word that an event is not done. Without delay and dead the policy decides by the outcome."""

    offset: int
    delay_s: float | None = None
    is_dead: bool = False
    outcome: Outcome = Outcome()


async def refuse(tx: Tx, application_id: int, refusal: Refusal, default_policy: str) -> Refused | None:
    """Take an event back, and what is handed out of its lane after it; None: nothing has this number now."""
    delivery = await pull.by_offset(tx, application_id, refusal.offset)
    if delivery is None:
        return None
    behind = await pull.handed_out_behind(tx, delivery)
    await pull.put_back(tx, [row_id for row_id, _ in behind], BEHIND)
    lane, returned = LaneKey(delivery.target, delivery.chat_id), [offset for _, offset in behind]
    if refusal.is_dead:
        await deliveries.end_attempt(tx, delivery, Ending(state="dead", failure=REJECTED))
        return Refused(lane, "dead", 0, returned)
    if refusal.delay_s is not None:
        next_at = tx.now + round(refusal.delay_s * _MS)
        await deliveries.end_attempt(tx, delivery, Ending(state="waiting", next_at=next_at))
        return Refused(lane, "waiting", next_at, returned)
    before = msgspec.structs.replace(delivery, tries=delivery.tries - 1, attempts=delivery.attempts - 1)
    verdict = await attempts.settle(tx, before, policy_named(delivery.policy, default_policy), refusal.outcome)
    state = "delivered" if verdict.is_delivered else "dead" if verdict.is_finished else "waiting"
    return Refused(lane, state, verdict.next_at, returned, verdict.has_killed_target)
