"""``Favorite/remove``: the caller's own favourites. Source: spec ``megaplan-messages.md`` §9."""

from __future__ import annotations

from skvorets.core import letters
from skvorets.dialects.megaplan.favorites import message_of
from skvorets.dialects.megaplan.registry import Call, method
from skvorets.storage.database import Tx


@method("BumsCommonApiV01/Favorite/remove", mode="write")
async def favorite_remove(tx: Tx, call: Call) -> list[object]:
    """Take a message out of the favourites; again changes nothing."""
    await letters.set_favorite(tx, call.person, message_of(call.params), is_favorite=False)
    return []
