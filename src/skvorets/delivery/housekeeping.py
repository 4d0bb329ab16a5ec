"""What is kept for a while and then removed.

Finished deliveries, old notifications and entries of the audit log, events that all readers passed.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from skvorets.config import Config
from skvorets.delivery.attempts import EXPIRED
from skvorets.delivery.mail import MAIL_URL
from skvorets.storage import audit, deliveries, event_log, inspectors, notifications, pull
from skvorets.storage.database import Store, Tx, lock_key

# Dead letters and delivered events can be looked at, and sent again, for so long. Contract: at least 30 days.
KEEP_DELIVERIES_DAYS = 30
# How often is tidied up, seconds.
EVERY_S = 3600.0
# Deliveries removed in one unit: the writer has other things to do.
BATCH = 2_000
# Pause between two units, seconds.
PAUSE_S = 0.05
_DAY_MS = 24 * 3600 * 1000
_KEY = lock_key("housekeeping")

_log = logging.getLogger(__name__)


async def tidy_regularly(store: Store, config: Config) -> None:
    """Tidy up once an hour until cancelled."""
    while True:
        try:
            await tidy(store, config)
        except Exception:  # noqa: BLE001 — logged in full; tidying up is never urgent
            _log.exception("tidying up failed; it is tried again in an hour")
        await asyncio.sleep(EVERY_S)


async def tidy(store: Store, config: Config) -> None:
    """Remove what is older than the configuration says, a little at a time."""
    now = time.time_ns() // 1_000_000
    await _prune_all(store, prune_deliveries, now - KEEP_DELIVERIES_DAYS * _DAY_MS)
    await _prune_all(store, expire_untaken, now - KEEP_DELIVERIES_DAYS * _DAY_MS)
    await _prune_all(store, prune_notifications, now - config.keep_notifications_days * _DAY_MS)
    await _prune_all(store, prune_audit, now - config.keep_audit_days * _DAY_MS)
    await store.write(_KEY, inspectors.delete_expired)
    await store.write(_KEY, deliveries.forget_gaps, deliveries.target_of(0, MAIL_URL))
    await _prune_all(store, prune_events, now - config.keep_events_days * _DAY_MS)


async def _prune_all(store: Store, prune: Callable[[Tx, int], Awaitable[int]], before: int) -> None:
    while await store.write(_KEY, prune, before):  # noqa: ASYNC110 — a pause for others, not a wait for something
        await asyncio.sleep(PAUSE_S)


async def prune_deliveries(tx: Tx, before: int) -> int:
    """Remove some deliveries finished before a time (unix milliseconds); how many."""
    return await deliveries.prune(tx, before=before, limit=BATCH)


async def expire_untaken(tx: Tx, before: int) -> int:
    """Make dead letters of some events that their application has not taken since a time; how many."""
    return await pull.expire(tx, before=before, failure=EXPIRED, limit=BATCH)


async def prune_notifications(tx: Tx, before: int) -> int:
    """Remove some notifications older than a time (unix milliseconds); how many."""
    return await notifications.prune(tx, before=before, limit=BATCH)


async def prune_audit(tx: Tx, before: int) -> int:
    """Remove some entries of the audit log older than a time (unix milliseconds); how many."""
    return await audit.delete_before(tx, before, BATCH)


async def prune_events(tx: Tx, before: int) -> int:
    """Remove some events older than a time which all durable readers have passed; how many."""
    cursors = await event_log.cursors(tx)
    return await event_log.prune(tx, before=before, below_id=min(one.event_id for one in cursors)) if cursors else 0
