"""``im.user.business.list``: people with the rights of "business users"; also known as ``im.user.business.get``.

Source: spec ``bitrix24-im.md`` §10 (listed in the seed without a page). There are no plans here, so all employees are
such people. People from outside see those who share a chat with them.
"""

from __future__ import annotations

from skvorets.dialects.bitrix24.paging import is_counted
from skvorets.dialects.bitrix24.people_pages import PeoplePage, page_of_people, window_of
from skvorets.dialects.bitrix24.registry import Call, Page, Tx, method
from skvorets.storage import department_lists


@method("im.user.business.list", scope="im", params=PeoplePage, mode="read", also=("im.user.business.get",))
async def im_user_business_list(tx: Tx, call: Call, params: PeoplePage) -> Page:
    """Give a page of all active employees, by last name."""
    caller = call.caller.person
    seen_by = caller.id if caller.extranet else 0
    found = await department_lists.employees(tx, window_of(params), seen_by=seen_by)
    total = await department_lists.count_employees(tx, seen_by=seen_by) if is_counted(call) else None
    return await page_of_people(tx, call, params, found, total)
