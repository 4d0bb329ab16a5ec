"""``im.department.managers.get``: the heads of departments.

Source: spec ``bitrix24-im.md`` §10; seed "im.department.managers.get".
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from skvorets.core.departments import load_company, require_employee
from skvorets.dialects.bitrix24.errors import Fault
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.views import frame_of
from skvorets.dialects.bitrix24.views_departments import ONLY_EMPLOYEES, read_ids, view_by_department
from skvorets.errors import NotAllowedError
from skvorets.storage import department_lists

ID_EMPTY = Fault("ID_EMPTY", "Department ID can't be empty")


class Params(Struct, frozen=True):
    """Parameters as documented."""

    ID: Structure | None = None  # required: list of ids
    USER_DATA: bool = False  # Y: user objects instead of ids


@method(
    "im.department.managers.get",
    scope="im",
    params=Params,
    faults={"ID": ID_EMPTY},
    errors={NotAllowedError: ONLY_EMPLOYEES},
    mode="read",
)
async def im_department_managers_get(tx: Tx, call: Call, params: Params) -> dict[int, list[Any]] | list[Any]:
    """Give the head of each department, in a list; unknown departments are left out."""
    require_employee(call.caller.person)
    company = await load_company(tx)
    wanted = [one for one in read_ids(params.ID, ID_EMPTY) if one in company]
    found = await department_lists.heads_of(tx, wanted)
    # COMPAT(bitrix24): the seed's sample with USER_DATA=Y shows an object instead of the list of one. [docs]
    return await view_by_department(tx, wanted, found, frame_of(tx, call) if params.USER_DATA else None)
