"""``Message/list``: a folder of the caller. Source: seed "Список сообщений"; spec ``megaplan-messages.md`` §7.5."""

from __future__ import annotations

from typing import cast

from skvorets.core import letters
from skvorets.core.letters import Search
from skvorets.dialects.megaplan.errors import ApiError
from skvorets.dialects.megaplan.params import Params
from skvorets.dialects.megaplan.registry import Call, method
from skvorets.dialects.megaplan.views import view_letters
from skvorets.storage.database import Tx
from skvorets.storage.letters import Folder
from skvorets.storage.messages import NO_UPPER_ID

# Messages.
LONG = 500
FOLDERS = ("incoming", "outgoing", "deleted", "all")


def is_long(params: Params) -> bool:
    """Does the answer, with what is skipped before it, hold more than a page for people? Raises ApiError."""
    limit = params.integer("Limit", 0)
    return limit == 0 or limit + params.integer("Offset", 0) > LONG


@method("BumsCommonApiV01/Message/list", is_long=is_long)
async def message_list(tx: Tx, call: Call) -> dict[str, object]:
    """List the messages: filters first, then order, offset and limit. Nothing is read by it."""
    search = read_search(call.params)
    found = await letters.list_letters(tx, call.person, search)
    return {"messages": await view_letters(tx, call, found, search.folder)}


def read_search(params: Params) -> Search:
    """Read what is wanted. Raises ApiError."""
    since, until = params.day("DateFrom"), params.day("DateTo")
    changed_after = params.moment("TimeUpdated")
    limit = params.integer("Limit", 0)
    if limit > letters.MAX_LISTED:
        # COMPAT(megaplan): obeyed as long as one answer can hold it.
        raise ApiError(400, f"Limit must not be larger than {letters.MAX_LISTED}")
    return Search(
        folder=cast("Folder", params.choice("Folder", *FOLDERS)),
        favorites_only=params.flag("FavoritesOnly"),
        since=since[0] if since else 0,
        until=until[1] if until else NO_UPPER_ID,
        changed_after=changed_after,
        limit=limit,
        offset=params.integer("Offset", 0),
        is_newest_first=params.choice("Order", "asc", "desc") == "desc",
    )
