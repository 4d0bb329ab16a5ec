"""``im.search.department.list``: departments found by the words of their full names.

Source: spec ``bitrix24-im.md`` §11, §4.8; seed "im.search.department.list".
"""

from __future__ import annotations

from msgspec import Struct

from skvorets.core import name_search
from skvorets.core.departments import load_company, require_employee
from skvorets.dialects.bitrix24 import search
from skvorets.dialects.bitrix24.registry import Call, Page, Tx, method
from skvorets.dialects.bitrix24.views import frame_of
from skvorets.dialects.bitrix24.views_departments import ONLY_EMPLOYEES, view_departments
from skvorets.errors import NotAllowedError


class Params(Struct, frozen=True):
    """Parameters as documented."""

    FIND: str  # words in any order, three characters at least
    USER_DATA: bool = False  # Y: with the data of the heads
    OFFSET: int = 0
    LIMIT: int = search.USUAL_LIMIT  # at most 50


@method(
    "im.search.department.list",
    scope="im",
    params=Params,
    faults={"FIND": search.FIND_SHORT},
    errors={**search.ERRORS, NotAllowedError: ONLY_EMPLOYEES},
    mode="read",
)
async def im_search_department_list(tx: Tx, call: Call, params: Params) -> Page:
    """Give a page of departments in the order in which they are shown; to employees alone, like the whole tree."""
    require_employee(call.caller.person)
    company = await load_company(tx)
    found = await name_search.departments_among(tx, company, params.FIND)
    frame = frame_of(tx, call) if params.USER_DATA else None
    views = await view_departments(tx, search.window_of(params, found), company, frame)
    return search.page_of(call, params, views, len(found))
