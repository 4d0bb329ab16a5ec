"""``user.current``: who calls.

Source: spec ``bitrix24-transport.md`` §10; docs ``user.current``.
"""

from __future__ import annotations

from skvorets.dialects.bitrix24.registry import Call, NoParams, Tx, method
from skvorets.dialects.bitrix24.views import View, frame_of
from skvorets.dialects.bitrix24.views_users import user_view
from skvorets.storage import people


@method("user.current", scope="user", mode="read")
async def user_current(tx: Tx, call: Call, params: NoParams) -> View:
    """Describe the caller, who is online by calling."""
    person = call.caller.person
    departments = await people.departments_of(tx, [person.id])
    return {**user_view(person, departments.get(person.id, ()), frame_of(tx, call)), "IS_ONLINE": "Y"}
