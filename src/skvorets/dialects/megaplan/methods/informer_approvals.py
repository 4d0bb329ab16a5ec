"""``Informer/approvals``: what waits for the caller's approval: nothing, there are no tasks here. Source: spec §9."""

from __future__ import annotations

from skvorets.dialects.megaplan.registry import Call, method
from skvorets.storage.database import Tx


@method("BumsCommonApiV01/Informer/approvals")
async def informer_approvals(_tx: Tx, _call: Call) -> dict[str, object]:
    """List nothing: tasks and projects of Megaplan do not exist here."""
    return {"Tasks": [], "Projects": []}
