"""``Employee/list``: the people of the company. Source: spec ``megaplan-messages.md`` §9."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from skvorets.dialects.megaplan.employees import employees_for, view_employees
from skvorets.dialects.megaplan.errors import ApiError
from skvorets.dialects.megaplan.registry import Call, method
from skvorets.storage import departments, people
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

WITHOUT_DEPARTMENT = -1
_ORDERS: Mapping[str, Callable[[dict[str, Any]], tuple[Any, ...]]] = {
    "name": lambda one: (one["Name"].casefold(), one["Id"]),
    "department": lambda one: (one["Department"]["Name"].casefold(), one["Name"].casefold(), one["Id"]),
    "position": lambda one: (one["Position"]["Name"].casefold(), one["Name"].casefold(), one["Id"]),
}


@method("BumsStaffApiV01/Employee/list")
async def employee_list(tx: Tx, call: Call) -> dict[str, object]:
    """List employees: ten queries at most, however many there are."""
    params = call.params
    order = params.choice("OrderBy", *_ORDERS)
    is_descending = params.choice("OrderDir", "asc", "desc") == "desc"
    part = params.text("Name").strip().casefold()
    department_id = params.integer("Department", 0, least=WITHOUT_DEPARTMENT)
    changed_after = params.moment("TimeUpdated")
    found = [one for one in await employees_for(tx, call.person) if part in one.name.casefold()]
    found = await _of_department(tx, found, department_id)
    if changed_after is not None:
        changed = await people.changed_at_of(tx, [one.id for one in found])
        found = [one for one in found if max(one.created_at, changed.get(one.id, 0)) > changed_after]
    shown = await view_employees(tx, call, found)
    return {"employees": sorted(shown, key=_ORDERS[order], reverse=is_descending)}


async def _of_department(tx: Tx, found: Sequence[Person], department_id: int) -> list[Person]:
    """Leave out who works elsewhere. Raises ApiError for an unknown department."""
    if not department_id:
        return list(found)
    if department_id > 0 and await departments.find(tx, department_id) is None:
        raise ApiError(404, "Department not found")
    works_in = await people.departments_of(tx, [one.id for one in found])
    if department_id == WITHOUT_DEPARTMENT:
        return [one for one in found if one.id not in works_in]
    return [one for one in found if department_id in works_in.get(one.id, [])]
