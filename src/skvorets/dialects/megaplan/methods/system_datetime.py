"""``System/datetime``: the server's clock, also for who has not logged in. Source: ``megaplan-messages.md`` §9."""

from __future__ import annotations

import time

from skvorets.dialects.megaplan.envelope import moment
from skvorets.dialects.megaplan.registry import Visit, open_method

_MILLISECONDS = 1000


@open_method("BumsCommonApiV01/System/datetime")
async def system_datetime(visit: Visit) -> dict[str, object]:
    """Give the time in the account's zone."""
    return {"datetime": moment(int(time.time() * _MILLISECONDS), visit.services.zone)}
