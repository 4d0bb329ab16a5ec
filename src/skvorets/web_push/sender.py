"""Hands one message to a push service (RFC 8030), with a few attempts, through the guarded outgoing client.

201, any 2xx   taken                       404, 410   the browser has unsubscribed: forgotten
429, 5xx, no answer   again in a while     others     this message is given up
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Final

import msgspec

from skvorets.core.web_push import decode_key, private_number
from skvorets.delivery.outcome import FailureKind, Outcome
from skvorets.delivery.outgoing import Outgoing
from skvorets.storage import web_push
from skvorets.storage.database import Store
from skvorets.web_push.news import News
from skvorets.web_push.places import KEY

AT_ONCE: Final = 32
"""Requests under way."""
RETRY_AFTER_S: tuple[float, ...] = (5.0, 30.0, 120.0)
"""Pauses between attempts; a push service may ask for longer ones."""
MAX_PAUSE_S: Final = 300.0
TIMEOUT_S: Final = 10.0
TTL_S: Final = 24 * 3600
"""How long a push service keeps what it cannot deliver now: who comes after a day looks himself."""
_GONE = frozenset({404, 410})
_THROTTLED, _SERVER_ERRORS = 429, range(500, 600)
_SUCCESS = range(200, 300)
# Another attempt would fail alike.
_HOPELESS = frozenset({FailureKind.BAD_URL, FailureKind.REFUSED_ADDRESS})

_log = logging.getLogger(__name__)


class Sender:
    """Sends for one process."""

    def __init__(self, store: Store, outgoing: Outgoing, contact: str) -> None:
        """``contact``: how people who run a push service reach ours, https: or mailto:."""
        self._store = store
        self._outgoing = outgoing
        self._contact = contact
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def send(self, news: News) -> None:
        """Send; whatever comes of it is dealt with here."""
        try:
            outcome = await self._attempt(news)
            for pause in RETRY_AFTER_S:
                if not _is_worth_repeating(outcome):
                    break
                await asyncio.sleep(max(pause, min(outcome.retry_after_s or 0.0, MAX_PAUSE_S)))
                outcome = await self._attempt(news)
            await self._judge(news, outcome)
        except Exception:  # noqa: BLE001 — logged in full; one browser is not told once
            _log.exception("subscription %d cannot be told", news.subscription.id)

    async def _attempt(self, news: News) -> Outcome:
        from skvorets.web_push import encryption  # noqa: PLC0415 — 30 ms and some MB, only where somebody is told

        if not hasattr(self, "_proofs"):
            self._proofs = encryption.Proofs(private_number(self._store.portal), self._contact)
        subscription = news.subscription
        browser = encryption.Browser(decode_key(subscription.p256dh), decode_key(subscription.auth))
        body = encryption.encrypt(msgspec.json.encode(news.words), browser)
        headers = {
            "Content-Type": "application/octet-stream",
            "Content-Encoding": "aes128gcm",
            "TTL": str(TTL_S),
            "Urgency": "high" if news.is_urgent else "normal",
            "Authorization": self._proofs.authorization(subscription.endpoint, int(time.time())),
        }
        if news.topic:
            headers["Topic"] = news.topic
        async with self._slots:
            return await self._outgoing.post_form(subscription.endpoint, body, headers, timeout_s=TIMEOUT_S)

    async def _judge(self, news: News, outcome: Outcome) -> None:
        if outcome.status in _SUCCESS:
            return
        if outcome.status in _GONE:
            await self._store.write(KEY, web_push.delete_gone, news.subscription.id)
            return
        said = outcome.failure.kind if outcome.failure else outcome.status
        _log.warning("a push service takes nothing for subscription %d: %s", news.subscription.id, said)


def _is_worth_repeating(outcome: Outcome) -> bool:
    if outcome.failure is not None:
        return outcome.failure.kind not in _HOPELESS
    return outcome.status == _THROTTLED or outcome.status in _SERVER_ERRORS
