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
    # What is remembered of the caller does not say when he was last seen.
    person = await people.find(tx, call.caller.person.id) or call.caller.person
    departments = await people.departments_of(tx, [person.id])
    frame = frame_of(tx, call)
    # COMPAT(bitrix24): unlike all other dates this one is written without T and offset. [docs]
    seen = f"{frame.clock.local(person.last_seen):%Y-%m-%d %H:%M:%S}" if person.last_seen else ""
    own = {"IS_ONLINE": "Y", "LAST_ACTIVITY_DATE": seen}
    return user_view(person, departments.get(person.id, ()), frame) | own
