"""``im.department.get``: data of departments.

Source: spec ``bitrix24-im.md`` §10, §4.8; seed "im.department.get".
"""

from __future__ import annotations

from msgspec import Struct

from skvorets.core.departments import load_company, require_employee
from skvorets.dialects.bitrix24.errors import Fault
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.views import View, frame_of
from skvorets.dialects.bitrix24.views_departments import ONLY_EMPLOYEES, read_ids, view_departments
from skvorets.errors import NotAllowedError

INVALID_FORMAT = Fault("INVALID_FORMAT", "A wrong format for the ID field is passed")


class Params(Struct, frozen=True):
    """Parameters as documented."""

    ID: Structure | None = None  # required: list of ids
    USER_DATA: bool = False  # Y: with the data of the heads


@method(
    "im.department.get",
    scope="im",
    params=Params,
    faults={"ID": INVALID_FORMAT},
    errors={NotAllowedError: ONLY_EMPLOYEES},
    mode="read",
)
async def im_department_get(tx: Tx, call: Call, params: Params) -> list[View]:
    """Give the departments in the order in which they were asked for; unknown ones are left out."""
    require_employee(call.caller.person)
    wanted = read_ids(params.ID, INVALID_FORMAT)
    company = await load_company(tx)
    found = [company[one] for one in wanted if one in company]
    return await view_departments(tx, found, company, frame_of(tx, call) if params.USER_DATA else None)
