"""``/api/departments``: the tree of the company.

GET /api/departments   all departments in their order, with heads and people; for employees only
"""

from __future__ import annotations

import msgspec

from skvorets.core.departments import load_company, require_employee
from skvorets.dialects.native.registry import Call, Nothing, route
from skvorets.storage import department_lists
from skvorets.storage.database import Tx


class DepartmentView(msgspec.Struct, frozen=True, rename="camel"):
    """A department."""

    id: int
    parent_id: int  # 0 = at the top
    name: str
    head_id: int  # 0 = none
    member_ids: list[int]  # active people, by family name


class DepartmentList(msgspec.Struct, frozen=True):
    """The answer."""

    departments: list[DepartmentView]


@route("GET", "/api/departments", mode="read")
async def list_departments(tx: Tx, call: Call[Nothing]) -> DepartmentList:
    """List the departments: two statements. People from outside learn nothing of them."""
    require_employee(call.person)
    company = await load_company(tx)
    people = await department_lists.ids_of_departments(tx)
    return DepartmentList(
        [
            DepartmentView(one.id, one.parent_id, one.name, one.head_id, people.get(one.id, []))
            for one in company.values()
        ]
    )
