"""``Favorite/add``: the caller's own favourites. Source: spec ``megaplan-messages.md`` §9."""

from __future__ import annotations

from skvorets.core import letters
from skvorets.dialects.megaplan.favorites import message_of
from skvorets.dialects.megaplan.registry import Call, method
from skvorets.storage.database import Tx


@method("BumsCommonApiV01/Favorite/add", mode="write")
async def favorite_add(tx: Tx, call: Call) -> list[object]:
    """Put a message among the favourites; again changes nothing."""
    await letters.set_favorite(tx, call.person, message_of(call.params), is_favorite=True)
    return []
