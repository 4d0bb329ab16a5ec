"""``im.department.colleagues.list``: with whom the caller works.

Source: spec ``bitrix24-im.md`` §10; seed "im.department.colleagues.list".
"""

from __future__ import annotations

from skvorets.core.departments import require_employee
from skvorets.dialects.bitrix24.paging import is_counted
from skvorets.dialects.bitrix24.people_pages import PeoplePage, page_of_people, window_of
from skvorets.dialects.bitrix24.registry import Call, Page, Tx, method
from skvorets.dialects.bitrix24.views_departments import ONLY_EMPLOYEES
from skvorets.errors import NotAllowedError
from skvorets.storage import department_lists


@method(
    "im.department.colleagues.list",
    scope="im",
    params=PeoplePage,
    errors={NotAllowedError: ONLY_EMPLOYEES},
    mode="read",
)
async def im_department_colleagues_list(tx: Tx, call: Call, params: PeoplePage) -> Page:
    """Give heads and people of his departments without himself, by last name; a head gets all other heads, too."""
    caller = call.caller.person
    require_employee(caller)
    found = await department_lists.colleagues(tx, caller.id, window_of(params))
    total = await department_lists.count_colleagues(tx, caller.id) if is_counted(call) else None
    return await page_of_people(tx, call, params, found, total)
