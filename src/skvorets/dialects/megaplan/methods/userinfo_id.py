"""``UserInfo/id``: who the caller is. Source: spec ``megaplan-messages.md`` §9."""

from __future__ import annotations

from skvorets.dialects.megaplan.entering import ids_of
from skvorets.dialects.megaplan.registry import Call, method
from skvorets.storage.database import Tx


@method("BumsCommonApiV01/UserInfo/id")
async def userinfo_id(_tx: Tx, call: Call) -> dict[str, object]:
    """Give the caller's numbers."""
    return ids_of(call.person)
