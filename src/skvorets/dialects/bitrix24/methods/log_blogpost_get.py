"""``log.blogpost.get``: the posts of the news feed that are for the caller, the newest first.

Source: docs ``log.blogpost.get``. Six queries at most, however many posts.
"""

from __future__ import annotations

import msgspec

from skvorets.core import posts
from skvorets.core.destinations import codes_of
from skvorets.dialects.bitrix24 import paging
from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.params import Anything
from skvorets.dialects.bitrix24.posts import moment_of
from skvorets.dialects.bitrix24.registry import Call, Page, Tx, method
from skvorets.dialects.bitrix24.values import to_list, to_text
from skvorets.dialects.bitrix24.views import View, frame_of
from skvorets.dialects.bitrix24.views_posts import load_files_of, post_view
from skvorets.storage.posts import Post, PostQuery

_MAX_LIMIT = 200
_DATE_WRONG = {
    name: Fault("ERROR_ARGUMENT", f"Wrong date format in {name}") for name in ("LOG_DATE_FROM", "LOG_DATE_TO")
}
_ID_WRONG = {name: Fault("ERROR_ARGUMENT", f"Wrong {name} value") for name in ("FIRST_ID", "LAST_ID")}
DATES_TURNED = Fault("ERROR_ARGUMENT", "LOG_DATE_FROM is later than LOG_DATE_TO")


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    POST_ID: int = 0  # only this one; LOG_RIGHTS is not looked at then
    LOG_RIGHTS: Anything | None = None  # only posts for these: UA, U7, DR3, SG5; a text or a list
    LOG_DATE_FROM: str = ""  # ISO 8601
    LOG_DATE_TO: str = ""
    FIRST_ID: str | None = None  # page by page forwards: larger ids, ascending; 0 or "" = from the beginning
    LAST_ID: str | None = None  # page by page backwards: smaller ids, descending; 0 or "" = from the end
    LIMIT: int = 0  # of such a page, 50; at most 200


@method("log.blogpost.get", scope="log", params=Params, mode="scan", faults=_DATE_WRONG | _ID_WRONG)
async def log_blogpost_get(tx: Tx, call: Call, params: Params) -> Page | list[View]:
    """List posts."""
    query = _query(call, params)
    query = msgspec.structs.replace(query, codes=await codes_of(tx, call.caller.person))
    found = await posts.list_posts(tx, query)
    views = await _views(tx, call, found)
    if params.FIRST_ID is not None or params.LAST_ID is not None:
        return views
    total = await posts.count_posts(tx, query) if paging.is_counted(call) else None
    return paging.page(call, views, total)


def _query(call: Call, params: Params) -> PostQuery:
    rights = params.LOG_RIGHTS.value if params.LOG_RIGHTS and not params.POST_ID else None
    created_from = moment_of(call, params.LOG_DATE_FROM, "LOG_DATE_FROM") or 0
    created_to = moment_of(call, params.LOG_DATE_TO, "LOG_DATE_TO") or 0
    if created_to and created_from > created_to:
        raise ApiError(DATES_TURNED)
    is_forwards = params.FIRST_ID is not None
    is_by_cursor = is_forwards or params.LAST_ID is not None
    limit = params.LIMIT if params.LIMIT > 0 else paging.PAGE_SIZE
    return PostQuery(
        codes=(),
        wanted=[to_text(one).strip().upper() for one in to_list(rights) if isinstance(one, str)],
        post_id=params.POST_ID,
        created_from=created_from,
        created_to=created_to,
        above_id=_id(params.FIRST_ID, "FIRST_ID"),
        below_id=0 if is_forwards else _id(params.LAST_ID, "LAST_ID"),
        ascends=is_forwards,
        limit=min(limit, _MAX_LIMIT) if is_by_cursor else paging.PAGE_SIZE,
        offset=0 if is_by_cursor else paging.offset_of(call),
    )


def _id(text: str | None, name: str) -> int:
    """Read a cursor; nothing is 0. Raises ApiError for what is no number or negative."""
    given = (text or "").strip()
    if not given:
        return 0
    if not (given.isascii() and given.isdecimal()) or len(given) > 18:  # noqa: PLR2004 — digits that fit into 64 bits
        raise ApiError(_ID_WRONG[name])
    return int(given)


async def _views(tx: Tx, call: Call, found: list[Post]) -> list[View]:
    files = await load_files_of(tx, found) if found else {}
    frame, language = frame_of(tx, call), call.surroundings.config.language
    return [post_view(one, files.get(one.id, []), frame, language) for one in found]
