"""Sends what was planned: one delivery per lane at a time, lanes side by side, nobody in the way of others.

    lane's turn (board.py) ──► begin: written down ──► POST ──► end: written down ──► breaker, board

The state of every delivery is in the database before and after each attempt (attempts.py).
Contract: docs/delivery.md, 1 to 8.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Set as AbstractSet

import msgspec

from skvorets.delivery import attempts
from skvorets.delivery.attempts import Attempt, Verdict
from skvorets.delivery.board import Board, now_ms
from skvorets.delivery.contracts import EventDialect
from skvorets.delivery.lanes import WINDOW, Lane, Target
from skvorets.delivery.mail import MailRequest
from skvorets.delivery.notices import Notices
from skvorets.delivery.outcome import Outcome
from skvorets.delivery.outgoing import Outgoing
from skvorets.delivery.signature import sign
from skvorets.errors import CoreError
from skvorets.storage import deliveries
from skvorets.storage.database import Store, lock_key
from skvorets.storage.deliveries import Delivery

# Pause of a lane after the database refused or failed.
TROUBLE_PAUSE_MS = 1_000
# Rows dealt with in one unit after a crash.
RECOVER_ROWS = 500
_MS = 1000
_WORKER_KEY = lock_key("delivery-worker")

_log = logging.getLogger(__name__)


class Worker:
    """The sender of one process. ``start`` inside a running event loop, ``stop`` at the end."""

    def __init__(self, store: Store, outgoing: Outgoing, dialect: EventDialect, default_policy: str) -> None:
        """Nothing is sent before ``start``."""
        self._store = store
        self._outgoing = outgoing
        self._dialect = dialect
        self._default_policy = default_policy
        self.board = Board(store, self._serve)
        self.notices = Notices(store)

    async def start(self, leave_alone: AbstractSet[int] = frozenset()) -> None:
        """Deal with what a crash interrupted, then take up everything that waits, but not of these applications."""
        while await self._store.write(_WORKER_KEY, attempts.recover, self._default_policy, RECOVER_ROWS):
            pass
        await self.board.start(leave_alone)

    async def stop(self) -> None:
        """Begin nothing more and give what is under way a little time."""
        await self.board.stop()
        await self.notices.stop()

    async def _serve(self, lane: Lane) -> int:
        """Do one delivery of a lane, whatever happens; until when the lane must pause (unix milliseconds, 0 = not)."""
        try:
            return await self._deliver(lane)
        except Exception as error:  # noqa: BLE001 — logged in full; one lane's trouble must not become everybody's
            lane.target.breaker.abandon()
            if not isinstance(error, CoreError):
                _log.exception("delivery stumbled; the lane goes on in a second")
            return now_ms() + TROUBLE_PAUSE_MS

    async def _deliver(self, lane: Lane) -> int:
        """Send the head of a lane."""
        if lane.needs_filling:
            lane.fill(await self._store.read(deliveries.heads, lane.key, WINDOW))
        if not lane.rows or lane.rows[0].next_at > now_ms():
            lane.target.breaker.abandon()
            return 0
        head = lane.rows[0]
        attempt = await self._begin(lane, head.id)
        if attempt is None:
            lane.target.breaker.abandon()
            self._drop(lane, head.id)
            self.notices.died(lane.target.application.application_id)  # or finished otherwise: what died is counted
            return 0
        outcome = await self._post(attempt)
        verdict = await self._end(lane, attempt, outcome)
        if verdict.has_killed_target:
            for one in lane.target.lanes.values():
                one.is_stale = True
        if verdict.is_finished:
            self._drop(lane, head.id)
        self._note(lane.target, attempt.delivery, outcome)
        if verdict.is_finished and not verdict.is_delivered:
            self.notices.died(attempt.delivery.application_id)
        return verdict.next_at

    def _note(self, target: Target, delivery: Delivery, outcome: Outcome) -> None:
        """Let the handler's breaker learn of an attempt, and its owner of the breaker."""
        if target.breaker.note(outcome, now_ms()):
            self.board.wake_all(target)
            self.notices.handler_is_back(delivery.application_id, delivery.url)
        elif target.breaker.opens_again_at:
            self.notices.handler_is_away(delivery.application_id, delivery.url)

    async def _begin(self, lane: Lane, delivery_id: int) -> Attempt | None:
        key = lock_key("delivery", lane.key.chat_id)
        try:
            return await self._store.write(key, attempts.begin, delivery_id, self._dialect, self._default_policy)
        except (LookupError, TypeError, ValueError, AttributeError, msgspec.MsgspecError):
            _log.exception("the request of delivery %d cannot be built", delivery_id)
            await self._store.write(key, attempts.give_up, delivery_id, attempts.CANNOT_BUILD)
            return None

    async def _post(self, attempt: Attempt) -> Outcome:
        delivery, request = attempt.delivery, attempt.request
        if isinstance(request, MailRequest):
            return await request.send(attempt.policy.timeout_s)
        headers = {
            **request.headers,
            **sign(
                self.delivery_id(delivery),
                int(time.time()),
                request.body,
                request.secrets,
                delivery.attempts + 1,
            ),
        }
        if attempt.missed:
            headers["webhook-missed"] = str(attempt.missed)
        return await self._outgoing.post_form(delivery.url, request.body, headers, timeout_s=attempt.policy.timeout_s)

    async def _end(self, lane: Lane, attempt: Attempt, outcome: Outcome) -> Verdict:
        """Write the outcome down, however long the database is in trouble: the POST cannot be taken back."""
        while True:
            try:
                return await self._store.write(lock_key("delivery", lane.key.chat_id), attempts.end, attempt, outcome)
            except Exception:
                if self.board.is_stopping:
                    raise
                _log.exception("the outcome of delivery %d cannot be written yet", attempt.delivery.id)
                await asyncio.sleep(TROUBLE_PAUSE_MS / _MS)

    def delivery_id(self, delivery: Delivery) -> str:
        """The ``webhook-id``: the same for all attempts, and different from those of other portals."""
        return f"{self._store.portal.member_id}-{delivery.id}"

    @staticmethod
    def _drop(lane: Lane, delivery_id: int) -> None:
        if lane.rows and lane.rows[0].id == delivery_id:
            lane.rows.popleft()
