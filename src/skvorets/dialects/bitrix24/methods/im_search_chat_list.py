"""``im.search.chat.list``: chats found by title and by the names of their members.

Source: spec ``bitrix24-im.md`` §11, §4.3; seed "im.search.chat.list".
"""

from __future__ import annotations

from msgspec import Struct

from skvorets.core import name_search
from skvorets.dialects.bitrix24 import search
from skvorets.dialects.bitrix24.errors import ApiError
from skvorets.dialects.bitrix24.registry import Call, Page, Tx, method
from skvorets.dialects.bitrix24.views import frame_of
from skvorets.dialects.bitrix24.views_chats import chat_view, load_standings
from skvorets.storage import members


class Params(Struct, frozen=True):
    """Parameters as documented."""

    FIND: str | None = None  # words in any order, three characters at least; one of the two is required
    FIND_LINES: str | None = None  # the same for chats of open lines
    OFFSET: int = 0
    LIMIT: int = search.USUAL_LIMIT  # at most 50


@method(
    "im.search.chat.list",
    scope="im",
    params=Params,
    faults={"FIND": search.FIND_SHORT, "FIND_LINES": search.FIND_SHORT},
    errors=search.ERRORS,
    mode="scan",
)
async def im_search_chat_list(tx: Tx, call: Call, params: Params) -> Page:
    """Give a page of chat objects by id, the newest first."""
    viewer, frame = call.caller.person, frame_of(tx, call)
    if params.FIND is not None:
        found = await name_search.chat_ids(tx, viewer, params.FIND, name_search.CHATS)
    elif params.FIND_LINES is not None:
        found = await name_search.chat_ids(tx, viewer, params.FIND_LINES, name_search.LINES)
    else:
        raise ApiError(search.FIND_SHORT)
    wanted = search.window_of(params, found)
    seats = await members.seats_of(tx, viewer.id, wanted)
    standings = await load_standings(tx, list(seats.values()))
    chats = {one: chat_view(*seats[one], frame, standings[one]) for one in wanted}
    return search.page_of(call, params, chats, len(found))
