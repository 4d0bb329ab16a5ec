"""``im.search.user.list``: people and bots found by name, position, e-mail or department.

Source: spec ``bitrix24-im.md`` §11, §4.1; seed "im.search.user.list".
"""

from __future__ import annotations

from msgspec import Struct

from skvorets.core import name_search
from skvorets.dialects.bitrix24 import search
from skvorets.dialects.bitrix24.registry import Call, Page, Tx, method
from skvorets.dialects.bitrix24.views import frame_of
from skvorets.dialects.bitrix24.views_people import load_people


class Params(Struct, frozen=True):
    """Parameters as documented."""

    FIND: str  # words in any order, three characters at least
    BUSINESS: bool = False  # Y: only people, no bots
    AVATAR_HR: bool = False  # the large picture is always given
    OFFSET: int = 0
    LIMIT: int = search.USUAL_LIMIT  # at most 50


@method(
    "im.search.user.list",
    scope="im",
    params=Params,
    faults={"FIND": search.FIND_SHORT},
    errors=search.ERRORS,
    mode="scan",
)
async def im_search_user_list(tx: Tx, call: Call, params: Params) -> Page:
    """Give a page of user objects by id, ascending."""
    kinds = name_search.ONLY_HUMANS if params.BUSINESS else name_search.EVERYBODY
    found = await name_search.people_ids(tx, call.caller.person, params.FIND, kinds)
    users = await load_people(tx, search.window_of(params, found), frame_of(tx, call))
    return search.page_of(call, params, users, len(found))
