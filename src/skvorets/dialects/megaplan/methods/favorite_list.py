"""``Favorite/list``: all favourites of the caller. Source: spec ``megaplan-messages.md`` §9."""

from __future__ import annotations

from skvorets.core import letters
from skvorets.core.letters import Search
from skvorets.dialects.megaplan.registry import Call, method
from skvorets.dialects.megaplan.views import view_letters
from skvorets.storage.database import Tx


@method("BumsCommonApiV01/Favorite/list")
async def favorite_list(tx: Tx, call: Call) -> dict[str, object]:
    """List them; of tasks and projects there are none here."""
    found = await letters.list_letters(tx, call.person, Search(folder="all", favorites_only=True, limit=0))
    return {"Tasks": [], "Projects": [], "Messages": await view_letters(tx, call, found)}
