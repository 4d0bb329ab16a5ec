"""``task.item.list``: the tasks that the caller sees, filtered and sorted, at most fifty at once.

Source: seed 002 (the "Докладун" bot); docs ``task.item.list``. Parameters come by name or by place.
"""

from __future__ import annotations

import msgspec

from skvorets.core import tasks
from skvorets.core.tasks import Listing
from skvorets.dialects.bitrix24 import filters, paging
from skvorets.dialects.bitrix24.params import Anything
from skvorets.dialects.bitrix24.registry import Call, Page, Tx, method
from skvorets.dialects.bitrix24.tasks import ERRORS, fields_of, people_of, task_view
from skvorets.dialects.bitrix24.values import BadValue, to_int, to_list, to_text
from skvorets.dialects.bitrix24.views import frame_of
from skvorets.php_forms import Value
from skvorets.storage import people


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    ORDER: Anything | None = None  # map: field → asc or desc; by default the newest first
    FILTER: Anything | None = None  # map: prefix and field → value or list
    PARAMS: Anything | None = None  # NAV_PARAMS: nPageSize (at most 50), iNumPage (from 1)
    SELECT: Anything | None = None  # list of fields; empty or * = all


@method(
    "task.item.list",
    scope="task",
    params=Params,
    mode="scan",
    aliases={"0": "ORDER", "1": "FILTER", "2": "PARAMS", "3": "SELECT"},
    errors=ERRORS,
)
async def task_item_list(tx: Tx, call: Call, params: Params) -> Page:
    """List tasks."""
    fields = fields_of(call)
    limit, offset = _part(call, params.PARAMS)
    listing = Listing(
        conditions=filters.read_filter(params.FILTER, fields),
        order=filters.with_tie_break(filters.read_order(params.ORDER, fields), descends=True),
        limit=limit,
        offset=offset,
    )
    viewer = call.caller.person
    found = await tasks.list_tasks(tx, viewer, listing)
    total = await tasks.count_tasks(tx, viewer, listing) if paging.is_counted(call) else None
    named = await people.find_many(tx, people_of(found))
    frame, select = frame_of(tx, call), _select(params.SELECT)
    return Page([task_view(task, named, frame, select) for task in found], offset, len(found), total)


def _part(call: Call, given: Anything | None) -> tuple[int, int]:
    """Give size and offset of the page: NAV_PARAMS, otherwise ``start``."""
    nav: Value = given.value if given else None
    nav = nav.get("NAV_PARAMS") if isinstance(nav, dict) else None
    if not isinstance(nav, dict):
        return paging.PAGE_SIZE, paging.offset_of(call)
    try:
        size, number = to_int(nav.get("nPageSize")), to_int(nav.get("iNumPage"))
    except BadValue:
        size, number = 0, 1
    limit = min(size, paging.PAGE_SIZE) if size > 0 else paging.PAGE_SIZE
    return limit, limit * (min(max(number, 1), _MAX_PAGE) - 1)


# Far past any list; keeps the offset within 64 bits.
_MAX_PAGE = 1_000_000_000


def _select(given: Anything | None) -> list[str]:
    items = to_list(given.value) if given else []
    return [to_text(item) for item in items if isinstance(item, str) and item]
