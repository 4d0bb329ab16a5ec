"""``Informer/approvalsCount``: how much waits for the caller's approval. Source: spec §9."""

from __future__ import annotations

from skvorets.dialects.megaplan.registry import Call, method
from skvorets.storage.database import Tx


@method("BumsCommonApiV01/Informer/approvalsCount")
async def informer_approvals_count(_tx: Tx, _call: Call) -> dict[str, object]:
    """Count nothing: tasks and projects of Megaplan do not exist here."""
    return {"Count": 0}
