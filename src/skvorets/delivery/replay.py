"""Dead letters are kept for a month and can be sent again: one, a range, or all of a handler."""

from __future__ import annotations

import msgspec

from skvorets.storage import deliveries
from skvorets.storage.database import Tx
from skvorets.storage.deliveries import Delivery, LaneKey

# Dead letters revived in one unit of work.
BATCH = 500


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """Which dead letters are meant."""

    application_id: int
    target: str = ""  # of one handler only; empty = of all
    above_id: int = 0
    up_to_id: int = deliveries.NO_UPPER_ID


class Revived(msgspec.Struct, frozen=True):
    """What one unit of work has revived."""

    count: int
    lanes: frozenset[LaneKey]
    last_id: int  # where the next unit goes on; 0 = this was the last one


async def revive_one(tx: Tx, delivery_id: int) -> Delivery | None:
    """Let one finished delivery, dead or delivered, wait again; None when there is none."""
    delivery = await deliveries.find(tx, delivery_id)
    if delivery is None or not await deliveries.revive(tx, [delivery_id]):
        return None
    await deliveries.close_gap(tx, LaneKey(delivery.target, delivery.chat_id))
    return delivery


async def revive_some(tx: Tx, selection: Selection) -> Revived:
    """Let the next of the selected dead letters wait again."""
    found = await deliveries.dead_letters(
        tx, selection.application_id, above_id=selection.above_id, up_to_id=selection.up_to_id, limit=BATCH
    )
    meant = [one for one in found if not selection.target or one.target == selection.target]
    lanes = frozenset(LaneKey(one.target, one.chat_id) for one in meant)
    count = await deliveries.revive(tx, [one.id for one in meant])
    for lane in sorted(lanes):
        await deliveries.close_gap(tx, lane)
    return Revived(count, lanes, found[-1].id if len(found) == BATCH else 0)
