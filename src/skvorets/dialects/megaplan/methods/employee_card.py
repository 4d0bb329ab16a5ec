"""``Employee/card``: one of the company's people. Source: spec ``megaplan-messages.md`` §9."""

from __future__ import annotations

from skvorets.core import access
from skvorets.dialects.megaplan.employees import view_employees
from skvorets.dialects.megaplan.params import user_id
from skvorets.dialects.megaplan.registry import Call, method
from skvorets.errors import PersonNotFoundError
from skvorets.storage.database import Tx


@method("BumsStaffApiV01/Employee/card")
async def employee_card(tx: Tx, call: Call) -> dict[str, object]:
    """Show an employee, also a dismissed one; the id of the user does as well."""
    person = await access.person_to_see(tx, call.person, user_id(call.params.integer("Id")))
    if person.kind != "human":
        raise PersonNotFoundError
    return {"employee": (await view_employees(tx, call, [person]))[0]}
