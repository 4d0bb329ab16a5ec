"""``im.user.get``: data of a person.

Source: spec ``bitrix24-im.md`` §10; seed "im.user.get".
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from skvorets.core import access
from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.views import frame_of
from skvorets.dialects.bitrix24.views_people import view_people
from skvorets.errors import NotAllowedError, PersonNotFoundError

ID_EMPTY = Fault("ID_EMPTY", "User ID can't be empty")
USER_NOT_EXISTS = Fault("USER_NOT_EXISTS", "User is not exists")
FOREIGN_USER = Fault("ACCESS_DENIED", "You can request only users who consist of your extranet group")


class Params(Struct, frozen=True):
    """Parameters as documented."""

    ID: int | None = None  # the caller when absent
    AVATAR_HR: bool = False  # the large picture is always given


@method(
    "im.user.get",
    scope="im",
    params=Params,
    faults={"ID": ID_EMPTY},
    errors={PersonNotFoundError: USER_NOT_EXISTS, NotAllowedError: FOREIGN_USER},
    mode="read",
)
async def im_user_get(tx: Tx, call: Call, params: Params) -> dict[str, Any]:
    """Give the user object."""
    viewer = call.caller.person
    if params.ID is not None and params.ID <= 0:
        raise ApiError(ID_EMPTY)
    person = await access.person_to_see(tx, viewer, params.ID or viewer.id)
    return (await view_people(tx, [person], frame_of(tx, call)))[person.id]
