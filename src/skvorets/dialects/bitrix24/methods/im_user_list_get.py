"""``im.user.list.get``: data of several people.

Source: spec ``bitrix24-im.md`` §10; seed "im.user.list.get".
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from skvorets.core import access
from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.values import BadValue, to_int_list
from skvorets.dialects.bitrix24.views import frame_of
from skvorets.dialects.bitrix24.views_people import view_people

INVALID_FORMAT = Fault("INVALID_FORMAT", "A wrong format for the ID field is passed")
# People given at once; as for the documented list methods.
MAX_PEOPLE = 500


class Params(Struct, frozen=True):
    """Parameters as documented."""

    ID: Structure  # list of ids
    AVATAR_HR: bool = False  # the large picture is always given
    RESULT_TYPE: str = ""  # array: a list without the missing ones


@method("im.user.list.get", scope="im", params=Params, faults={"ID": INVALID_FORMAT}, mode="read")
async def im_user_list_get(tx: Tx, call: Call, params: Params) -> dict[int, Any] | list[Any]:
    """Give the user objects by id; null for people who do not exist or may not be seen."""
    try:
        wanted = to_int_list(params.ID.value)
    except BadValue:
        raise ApiError(INVALID_FORMAT) from None
    if not wanted:
        raise ApiError(INVALID_FORMAT)
    found = await access.people_to_see(tx, call.caller.person, wanted[:MAX_PEOPLE])
    views = await view_people(tx, found, frame_of(tx, call))
    if params.RESULT_TYPE.lower() == "array":
        return list(views.values())
    return {one: views.get(one) for one in wanted[:MAX_PEOPLE]}
